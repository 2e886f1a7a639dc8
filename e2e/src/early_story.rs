//! Stories of presses before the program is there: a slow line, and a page that presses at a given moment.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::story_thread::{PROGRAM, TAG, discussed};
use crate::{Client, Reader, Server, Site};

/// Milliseconds after which something is pressed: they are the matter of these stories.
const MOMENTS_MS: [u32; 4] = [0, 50, 200, 800];
/// A line on which everything takes this much longer.
const SLOW: Duration = Duration::from_millis(150);

/// Runs what the page's address says so many milliseconds after the thread is shown, or after the program has arrived.
const PRESSES: &str = include_str!("early_presses.js");

/// A reader before a thread whose program does not come before it is let through.
pub struct EarlyStory {
    /// The comments' server.
    pub server: Server,
    /// The page's site.
    pub site: Site,
    /// The reader.
    pub reader: Reader,
}

impl EarlyStory {
    /// A thread of this many texts, on a slow line.
    pub async fn of(texts: usize) -> Result<Self> {
        Self::on(discussed(texts).await?, TAG).await
    }

    /// The thread that a server has, on a page with `body`, on a slow line.
    pub async fn on(server: Server, body: &str) -> Result<Self> {
        let site = Site::with_body(&format!("<script>{PRESSES}</script>{body}"), server.url("")).await?;
        site.hold(Some(PROGRAM));
        site.delay(Some(("", SLOW)));
        Ok(Self { server, site, reader: Reader::new().await? })
    }

    /// Another client of the thread.
    pub fn client(&self) -> Client {
        Client::new(self.server.url("/api/v1/comments"), "story")
    }

    /// Opens the page, which runs `acts` so many milliseconds after the thread is shown or the program has arrived.
    pub async fn opens(&self, acts: &str, begins: &str, after: u32) -> Result<()> {
        self.reader.value("void localStorage.clear()").await.ok();
        let after = after.to_string();
        let asked = [("acts", acts), ("begins", begins), ("after", after.as_str())];
        let address = reqwest::Client::new().get(self.site.url()).query(&asked).build()?.url().to_string();
        self.reader.open(&address).await
    }

    /// Lets the program through, and waits until it has taken over.
    pub async fn is_taken_over(&self) -> Result<()> {
        self.site.hold(None);
        self.reader.holds("document.querySelector('section.dumka') !== window.shown").await?;
        self.reader.counts("[aria-busy=true]", 0).await
    }

    /// The number of comments that say so.
    pub async fn said(&self, words: &str) -> Result<usize> {
        Ok(self.client().list().await?.iter().filter(|it| it["body"].to_string().contains(words)).count())
    }
}

/// Tells a story for every moment of the thread without its program, and then of the program that takes over.
pub async fn at_every_moment(
    texts: usize,
    acts: &str,
    is_done: impl AsyncFn(&EarlyStory) -> Result<()>,
) -> Result<()> {
    for (begins, after) in
        ["thread", "program"].into_iter().flat_map(|begins| MOMENTS_MS.map(|ms| (begins, ms)))
    {
        let story = EarlyStory::of(texts).await?;
        if begins == "program" {
            story.site.hold(None);
        }
        let told = async {
            story.opens(acts, begins, after).await?;
            is_done(&story).await?;
            story.is_taken_over().await?;
            is_done(&story).await
        };
        told.await.with_context(|| format!("{after} ms after the {begins}"))?;
    }
    Ok(())
}
