//! The actions of readers in a thread.

use anyhow::Result;

use crate::hostile_page::{Program, Thread};
use crate::shadow_dom::one;

impl Thread<'_> {
    /// Does what readers do, and finds that each thing was done once: votes, writes, answers, folds, reports, puts in
    /// another order, edits.
    pub async fn is_used(&self) -> Result<()> {
        let reader = &self.hostile.reader;
        reader.clicks(&format!("{} .dumka-vote-up", self.first)).await?;
        self.settles(Self::is_voted_for).await?;
        reader.writes("Ann", "Written once.").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        self.settles(Self::is_written).await?;
        reader.clicks(&format!("{} .dumka-reply", self.last)).await?;
        self.arrives().await?;
        if self.case.program != Program::Blocked {
            self.is_voted_for().await?;
            self.is_written().await?;
        }

        reader.counts(&format!("{} .dumka-form", self.last), 1).await?;
        reader.fills(&format!("{} .dumka-form", self.last), "Ann", "Answered once.").await?;
        reader.clicks(&format!("{} .dumka-submit", self.last)).await?;
        let own = reader.finds("Answered once.").await?;
        self.holds("Answered once.", 1).await?;
        self.sorts_folds_and_reports().await?;
        if self.case.program != Program::Blocked {
            self.edits(&own, " And edited.").await?;
            reader.sees(&format!("{own} .dumka-body"), "Answered once. And edited.").await?;
            self.holds("Answered once. And edited.", 1).await?;
        }
        Ok(())
    }

    async fn sorts_folds_and_reports(&self) -> Result<()> {
        let (reader, first) = (&self.hostile.reader, &self.first);
        reader.clicks(".dumka-newest").await?;
        reader.counts(".dumka-newest[aria-current]", 1).await?;
        reader.holds(&format!("{}.textContent.includes('Written once.')", one(".dumka-body"))).await?;
        reader.counts(".dumka-comment", 5).await?;
        reader.clicks(&format!("{first} .dumka-fold")).await?;
        reader.counts(&format!("{}[hidden]", self.answer), 1).await?;
        reader.clicks(&format!("{first} .dumka-report")).await?;
        reader.types(&format!("{first} [name=reason]"), "advert").await?;
        reader.clicks(&format!("{first} .dumka-submit")).await?;
        reader.sees(".dumka-notice", "Thank you! The moderators will look at this comment.").await
    }

    /// Adds words to a comment of the reader's own.
    pub async fn edits(&self, own: &str, more: &str) -> Result<()> {
        let reader = &self.hostile.reader;
        reader.clicks(&format!("{own} .dumka-edit")).await?;
        reader.types(&format!("{own} [name=text]"), more).await?;
        reader.clicks(&format!("{own} .dumka-submit")).await?;
        reader.counts(&format!("{own} .dumka-form"), 0).await
    }

    /// Waits for what an act brings; not where it brings that only when the program has come.
    async fn settles(&self, is_there: impl AsyncFnOnce(&Self) -> Result<()>) -> Result<()> {
        if self.case.program == Program::Early { Ok(()) } else { is_there(self).await }
    }

    async fn is_voted_for(&self) -> Result<()> {
        self.hostile.reader.sees(&format!("{} .dumka-score", self.first), "1").await?;
        self.hostile.reader.counts("[aria-pressed=true]", 1).await?;
        self.has_votes(&self.first, 1).await
    }

    async fn is_written(&self) -> Result<()> {
        self.hostile.reader.sees(".dumka-body", "Written once.").await?;
        self.holds("Written once.", 1).await
    }
}
