//! A reader's visit to a page of somebody else's, stage by stage, whether the widget is in the page's DOM or not.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{Reader, story};

/// The root that the widget is drawn into.
const ROOT: &str = "(it => it?.shadowRoot ?? it)(document.querySelector('dumka-comments'))";

/// Finds what would keep a reader from using the widget, as a function.
const USABLE: &str = include_str!("usable.js");

/// The reader's actions before the widget is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Read the list, voted, and has a comment of their own in it that waits for a moderator.
    Reading,
    /// Opened the form, and another one to answer somebody.
    Writing,
    /// Sent the form with nothing in it, and a report without a reason; one branch is folded up.
    Rejected,
    /// Looked at what a text will look like, and is about to delete a comment.
    Previewing,
}

impl Stage {
    /// All of them, one after another.
    pub const ALL: [Self; 4] = [Self::Reading, Self::Writing, Self::Rejected, Self::Previewing];
}

/// A visit to one page.
pub struct Visit<'a> {
    reader: &'a Reader,
}

impl<'a> Visit<'a> {
    /// Opens the page at `url` and waits until the program has drawn the thread.
    pub async fn to(reader: &'a Reader, url: &str) -> Result<Self> {
        reader.open(url).await?;
        let visit = Self { reader };
        story::is_hydrated(reader, 1).await?;
        // Who has used the keyboard is shown where the focus is.
        reader.web().action_chain().send_keys(Key::Tab).perform().await?;
        Ok(visit)
    }

    /// Does what belongs to a stage; the stages before it are behind the reader.
    pub async fn goes_on(&self, stage: Stage) -> Result<()> {
        match stage {
            Stage::Reading => {
                self.presses(".dumka-vote-up[aria-pressed=false]").await?;
                self.has(".dumka-vote-up[aria-pressed=true]").await?;
                self.writes_what_is_held().await
            }
            Stage::Writing => {
                self.presses(".dumka-add").await?;
                self.presses(".dumka-reply").await?;
                self.has(".dumka-comment .dumka-form").await
            }
            Stage::Rejected => {
                self.types(".dumka-composer [name=text]", " ").await?;
                self.presses(".dumka-composer .dumka-submit").await?;
                self.has(".dumka-composer .dumka-error").await?;
                self.presses(".dumka-fold").await?;
                self.presses(".dumka-report").await?;
                self.presses(".dumka-comment .dumka-submit").await?;
                self.has(".dumka-comment .dumka-error").await
            }
            Stage::Previewing => {
                let text = "Перше речення.\n\n> Чужі слова.\n\nОстаннє, з `кодом`.";
                self.types(".dumka-composer [name=text]", text).await?;
                self.presses(".dumka-composer .dumka-preview").await?;
                self.has(".dumka-composer .dumka-preview-body").await?;
                self.presses(".dumka-delete").await?;
                self.has(".dumka-comment .dumka-form").await
            }
        }
    }

    /// Writes a comment where a moderator looks first, and closes the form.
    async fn writes_what_is_held(&self) -> Result<()> {
        self.presses(".dumka-add").await?;
        self.types(".dumka-form [name=text]", "Моя думка, яка ще чекає.").await?;
        self.types(".dumka-form [name=name]", "Гостя").await?;
        self.presses(".dumka-composer .dumka-submit").await?;
        self.has(".dumka-pending").await
    }

    /// Gives the reader's system a light or a dark scheme.
    pub async fn wears(&self, scheme: &str) -> Result<()> {
        self.reader.wears(scheme).await?;
        // What fades from one to the other has arrived.
        self.reader.value("document.getAnimations().forEach(animation => animation.finish())").await?;
        Ok(())
    }

    /// Lists what would keep a reader from using the widget as it is now.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let complaints = self.reader.value(&format!("({USABLE})()")).await?;
        let complaints = complaints.as_array().context("the script answers with a list")?;
        Ok(complaints.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect())
    }

    /// Waits until there is such an element in the widget.
    async fn has(&self, selector: &str) -> Result<()> {
        self.reader.holds(&format!("!!{ROOT}?.querySelector({})", json!(selector))).await
    }

    /// Presses the first such element, whatever the page has made of it.
    async fn presses(&self, selector: &str) -> Result<()> {
        self.does(selector, "it.click()").await
    }

    async fn types(&self, selector: &str, text: &str) -> Result<()> {
        let typing = format!(
            "it.value = {}, it.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}))",
            json!(text)
        );
        self.does(selector, &typing).await
    }

    async fn does(&self, selector: &str, what: &str) -> Result<()> {
        let done = format!("(it => it && ({what}, true))({ROOT}.querySelector({}))", json!(selector));
        self.reader.holds(&done).await
    }
}
