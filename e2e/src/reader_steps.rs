//! The steps of a reader of the demo, on any page.

use anyhow::Result;

use crate::keyboard::is_at;
use crate::shadow_dom::{FOCUSED, all, one};
use crate::{Reader, story};

const SHOWN: &str = ".dumka-comment";
const TOP_LEVEL: &str = ".dumka-comment[data-depth='0']";
const TEXT: &str = ".dumka-form [name=text]";

/// A page with comments, and what is waited for before anything is done there.
pub struct Article {
    url: String,
    arrival: Arrival,
}

/// The stage of the comments when the reader begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The page is there; the comments come when they come.
    Page,
    /// The program has drawn the thread and follows it.
    Program,
}

impl Article {
    /// The page at `url`.
    pub fn at(url: String, arrival: Arrival) -> Self {
        Self { url, arrival }
    }

    /// Opens the page.
    pub async fn opens(&self, reader: &Reader) -> Result<()> {
        reader.open(&self.url).await?;
        self.arrives(reader).await
    }

    /// Loads it again.
    pub async fn reloads(&self, reader: &Reader) -> Result<()> {
        reader.reload().await?;
        self.arrives(reader).await
    }

    async fn arrives(&self, reader: &Reader) -> Result<()> {
        match self.arrival {
            Arrival::Page => Ok(()),
            Arrival::Program => story::is_live(reader).await,
        }
    }
}

/// Reads, shows all, writes what is `typed`, comes back and finds what is `seen` of it again, as a second reader does.
pub async fn reads_writes_and_comes_back(
    article: &Article,
    [reader, second]: [&Reader; 2],
    [typed, seen]: [&str; 2],
) -> Result<()> {
    article.opens(reader).await?;
    let count = one(".dumka-count");
    reader.holds(&format!(r"/^Комментарии \(\d+\)$/.test({count}?.textContent)")).await?;
    let total = number(reader).await?;
    anyhow::ensure!(total > 20, "the demo has many comments, the heading says {total}");
    reader.counts(TOP_LEVEL, 20).await?;

    let before = reader.count(SHOWN).await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(SHOWN, total).await?;
    reader.counts(".dumka-all", 0).await?;
    reader.holds(&format!("{FOCUSED} === {}[{before}]", all(SHOWN))).await?;

    reader.clicks(".dumka-add").await?;
    reader.sees(".dumka-form", "Добавить комментарий").await?;
    reader.holds(&format!("{FOCUSED}.closest('.dumka-form') !== null")).await?;
    reader.types(TEXT, typed).await?;
    reader.types(".dumka-form [name=name]", "Ирина").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", seen).await?;
    reader.sees(".dumka-count", &format!("({})", total + 1)).await?;
    is_at(reader, SHOWN).await?;

    article.reloads(reader).await?;
    reader.sees(".dumka-count", &format!("({})", total + 1)).await?;
    sees_among_all(reader, seen).await?;

    article.opens(second).await?;
    sees_among_all(second, seen).await
}

/// Finds that nobody has written yet.
pub async fn finds_nothing_written(article: &Article, reader: &Reader) -> Result<()> {
    article.opens(reader).await?;
    reader.sees(".dumka-count", "Comments (0)").await?;
    reader.sees(".dumka-add", "add a comment").await?;
    reader.counts("dumka-comments[data-state=empty]", 1).await?;
    reader.counts(".dumka-all", 0).await
}

/// Sends a form with nothing in it, and types on into the field that is refused.
pub async fn corrects_what_was_refused(article: &Article, reader: &Reader) -> Result<()> {
    article.opens(reader).await?;
    reader.clicks(".dumka-add").await?;
    reader.clicks(".dumka-submit").await?;
    reader.counts(".dumka-form [aria-invalid]", 1).await?;
    // To where the focus is, as a hand does.
    reader.web().action_chain().send_keys("I can write, after all").perform().await?;
    reader.holds(&format!("{}.value === 'I can write, after all'", one(TEXT))).await?;
    reader.counts(".dumka-form [aria-invalid]", 0).await
}

async fn number(reader: &Reader) -> Result<usize> {
    let number = format!("+{}.textContent.match(/\\d+/)[0]", one(".dumka-count"));
    Ok(serde_json::from_value(reader.value(&number).await?)?)
}

async fn sees_among_all(reader: &Reader, text: &str) -> Result<()> {
    reader.clicks(".dumka-all").await?;
    reader.sees(".dumka-body", text).await
}
