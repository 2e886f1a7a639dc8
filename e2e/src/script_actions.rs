//! The actions of readers in a thread, done by scripts: on some pages, drivers hang.

use anyhow::Result;
use serde_json::json;

use crate::Reader;
use crate::hostile_page::{Program, Thread};
use crate::shadow_dom::one;

impl Thread<'_> {
    /// Votes, writes, folds and puts in another order, all by scripts.
    pub async fn is_worked(&self) -> Result<()> {
        let (reader, first) = (&self.hostile.reader, &self.first);
        presses(reader, &format!("{first} .dumka-vote-up")).await?;
        if self.case.program == Program::Blocked {
            // Without the program, one thing is done after the other.
            reader.counts("[aria-pressed=true]", 1).await?;
        }
        presses(reader, ".dumka-add").await?;
        types(reader, ".dumka-composer [name=text]", "Written once.").await?;
        types(reader, ".dumka-composer [name=name]", "Ann").await?;
        presses(reader, ".dumka-composer .dumka-submit").await?;
        self.arrives().await?;
        reader.finds("Written once.").await?;
        self.holds("Written once.", 1).await?;
        self.has_votes(first, 1).await?;
        presses(reader, ".dumka-newest").await?;
        reader.counts(".dumka-newest[aria-current]", 1).await?;
        reader.holds(&format!("{}.textContent.includes('Written once.')", one(".dumka-body"))).await?;
        presses(reader, &format!("{first} .dumka-fold")).await?;
        reader.counts(&format!("{}[hidden]", self.answer), 1).await
    }
}

/// Clicks by a script: drivers ask documents and forms by names that are hidden here.
async fn presses(reader: &Reader, selector: &str) -> Result<()> {
    reader.holds(&format!("{} !== undefined", one(selector))).await?;
    reader.value(&format!("void {}.click()", one(selector))).await?;
    Ok(())
}

/// Types by a script.
async fn types(reader: &Reader, selector: &str, text: &str) -> Result<()> {
    let typed =
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })) }";
    reader.holds(&format!("{} !== undefined", one(selector))).await?;
    reader.value(&format!("void ({typed})({}, {})", one(selector), json!(text))).await?;
    Ok(())
}
