//! What a reader presses before the program is there, or while it takes over, is done at once, in order and once; the
//! program goes on from there.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::story_thread::{PROGRAM, TAG, discussed};
use e2e::{Client, Reader, Server, Site, until};

/// Milliseconds after which something is pressed: they are the matter of these stories.
const MOMENTS_MS: [u32; 4] = [0, 50, 200, 800];
/// A line on which everything takes this much longer.
const SLOW: Duration = Duration::from_millis(150);

/// Runs what the page's address says so many milliseconds after the thread is shown, or after the program has arrived.
const PRESSES: &str = "<script>{
    const { acts, after, begins } = Object.fromEntries(new URLSearchParams(location.search))
    const press = selector => document.querySelector(selector).click()
    const write = (selector, text) => {
        const field = document.querySelector(selector)
        field.value = text
        field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const run = () => setTimeout(() => new Function('press', 'write', acts)(press, write), after)
    const seen = new MutationObserver(() => {
        if (!document.querySelector('.dumka-comment')) return
        seen.disconnect()
        window.shown = document.querySelector('section.dumka')
        if (begins === 'thread') run()
    })
    seen.observe(document, { childList: true, subtree: true })
    const arrived = new PerformanceObserver(list => {
        if (begins !== 'program' || !list.getEntries().some(it => it.name.endsWith('.wasm'))) return
        arrived.disconnect()
        run()
    })
    arrived.observe({ type: 'resource' })
}</script>";

const SEND: &str = "press('.dumka-add'); write('.dumka-form [name=text]', 'Написано рано\\nи дважды нажато'); \
    write('.dumka-form [name=name]', 'Ann'); press('.dumka-submit'); press('.dumka-submit')";

struct Story {
    server: Server,
    site: Site,
    reader: Reader,
}

impl Story {
    /// A thread of this many texts, whose program does not come before it is let through.
    async fn of(texts: usize) -> Result<Self> {
        Self::with(discussed(texts).await?).await
    }

    async fn with(server: Server) -> Result<Self> {
        let site = Site::with_body(&[PRESSES, TAG].concat(), server.url("")).await?;
        site.hold(Some(PROGRAM));
        site.delay(Some(("", SLOW)));
        Ok(Self { server, site, reader: Reader::new().await? })
    }

    fn client(&self) -> Client {
        Client::new(self.server.url("/api/v1/comments"), "story")
    }

    async fn opens(&self, acts: &str, begins: &str, after: u32) -> Result<()> {
        self.reader.value("void localStorage.clear()").await.ok();
        let after = after.to_string();
        let asked = [("acts", acts), ("begins", begins), ("after", after.as_str())];
        let address = reqwest::Client::new().get(self.site.url()).query(&asked).build()?.url().to_string();
        self.reader.open(&address).await
    }

    async fn is_taken_over(&self) -> Result<()> {
        self.site.hold(None);
        self.reader.holds("document.querySelector('section.dumka') !== window.shown").await?;
        self.reader.counts("[aria-busy=true]", 0).await
    }

    /// The number of comments that say so.
    async fn said(&self, words: &str) -> Result<usize> {
        Ok(self.client().list().await?.iter().filter(|it| it["body"].to_string().contains(words)).count())
    }
}

/// Tells a story for every moment of the thread without its program, and then of the program that takes over.
async fn at_every_moment(
    texts: usize,
    acts: &str,
    is_done: impl AsyncFn(&Story) -> Result<()>,
) -> Result<()> {
    for (begins, after) in
        ["thread", "program"].into_iter().flat_map(|begins| MOMENTS_MS.map(|ms| (begins, ms)))
    {
        let story = Story::of(texts).await?;
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

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_sent_at_every_moment_and_is_its_authors() -> Result<()> {
    at_every_moment(3, SEND, async |story| {
        let reader = &story.reader;
        let own = reader.finds("Написано рано").await?;
        reader.counts(".dumka-comment", 6).await?;
        reader.counts(&format!("{own} .dumka-edit"), 1).await?;
        reader.holds("document.querySelector('.dumka-form [name=text]').value === ''").await?;
        reader.holds("document.querySelector('.dumka-form [name=name]').value === 'Ann'").await?;
        reader.sees(".dumka-count", "6").await?;
        assert_eq!(story.said("Написано рано").await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_acts_at_once_are_done_in_their_order_at_every_moment() -> Result<()> {
    let acts = "press('.dumka-vote-up'); press('.dumka-fold'); press('.dumka-newest'); \
        press('.dumka-comment[data-depth=\"0\"] .dumka-reply')";
    at_every_moment(5, acts, async |story| {
        let reader = &story.reader;
        reader.counts(".dumka-newest[aria-current=true]", 1).await?;
        let first = reader.finds("First").await?;
        reader.counts(&format!("{first} .dumka-vote-up[aria-pressed=true]"), 1).await?;
        reader.counts("[aria-pressed=true]", 1).await?;
        reader.sees(&format!("{first} .dumka-score"), "1").await?;
        reader.counts(".dumka-comment .dumka-form [name=text]", 1).await?;
        until("one vote is kept", async || {
            let votes = story.client().list().await?.into_iter().filter_map(|it| it["votes"]["up"].as_u64());
            Ok((votes.sum::<u64>() == 1).then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_are_shown_at_every_moment_and_stay_shown() -> Result<()> {
    at_every_moment(30, "press('.dumka-all')", async |story| {
        story.reader.counts(".dumka-comment", 32).await?;
        story.reader.counts(".dumka-all", 0).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn branch_is_folded_at_every_moment_and_stays_folded() -> Result<()> {
    at_every_moment(3, "press('.dumka-fold')", async |story| {
        story.reader.counts(".dumka-comment[hidden]", 2).await?;
        story.reader.sees(".dumka-fold[aria-expanded=false]", "show 2 replies").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_reply_goes_over_with_its_form_and_is_sent() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    let comment = reader.finds("Comment number 1,").await?;
    let text = format!("{comment} [name=text]");
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.types(&text, "Half an answer").await?;
    reader.types(&format!("{comment} [name=name]"), "Ben").await?;
    reader
        .value(&format!(
            "void (it => {{ it.focus(); it.setSelectionRange(4, 4) }})(document.querySelector('{text}'))"
        ))
        .await?;
    story.is_taken_over().await?;
    reader
        .holds(&format!(
            "document.activeElement?.matches('{text}') && document.activeElement.selectionStart === 4"
        ))
        .await?;
    reader.holds(&format!("document.querySelector('{text}').value === 'Half an answer'")).await?;
    reader.counts(".dumka-comment .dumka-form", 1).await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    let reply = reader.finds("Half an answer").await?;
    reader.counts(&format!("{comment} + {reply}[data-depth='1']"), 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_beyond_what_is_shown_stays_where_it_was_sent_to() -> Result<()> {
    let story = Story::of(30).await?;
    let reader = &story.reader;
    story.opens(SEND, "thread", 0).await?;
    let own = reader.finds("Написано рано").await?;
    reader.counts(&format!("{own}:last-child"), 1).await?;
    reader.counts(".dumka-all", 1).await?;
    story.is_taken_over().await?;
    reader.counts(&format!("{own}:last-child .dumka-edit"), 1).await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", 33).await?;
    reader.clicks(&format!("{own} .dumka-edit")).await?;
    reader.types(&format!("{own} [name=text]"), " Исправлено").await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.sees(&format!("{own} .dumka-body"), "Исправлено").await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_comment_is_edited_and_deleted_without_the_program() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens(SEND, "thread", 0).await?;
    let own = reader.finds("Написано рано").await?;
    reader.clicks(&format!("{own} .dumka-edit")).await?;
    reader
        .holds(&format!(
            "document.querySelector('{own} [name=text]').value === 'Написано рано\\nи дважды нажато'"
        ))
        .await?;
    reader.types(&format!("{own} [name=text]"), "!").await?;
    reader.clicks(&format!("{own} button.dumka-preview")).await?;
    reader.sees(&format!("{own} .dumka-preview-body"), "нажато!").await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.sees(&format!("{own} > .dumka-body"), "нажато!").await?;
    reader.counts(&format!("{own} .dumka-form"), 0).await?;
    reader.clicks(&format!("{own} .dumka-delete")).await?;
    reader.clicks(&format!("{own} .dumka-form .dumka-submit")).await?;
    reader.counts(&own, 0).await?;
    reader.sees(".dumka-count", "5").await?;
    story.is_taken_over().await?;
    reader.counts(".dumka-comment", 5).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_whose_answer_was_lost_is_sent_again_and_there_once() -> Result<()> {
    for is_taken_over in [false, true] {
        let story = Story::of(3).await?;
        let reader = &story.reader;
        story.opens("", "thread", 0).await?;
        reader
            .holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('forms.js'))")
            .await?;
        reader.writes("Ann", "Lost on the way back").await?;
        story.site.lose_answers(Some("POST"));
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-form .dumka-error", "your text has been kept").await?;
        reader.holds("document.querySelector('[name=text]').value === 'Lost on the way back'").await?;
        story.site.lose_answers(None);
        if is_taken_over {
            reader.types("[name=text]", "!\u{E003}").await?;
            story.is_taken_over().await?;
            reader.holds("document.querySelector('[name=text]').value === 'Lost on the way back'").await?;
        }
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-body", "Lost on the way back").await?;
        assert_eq!(story.said("Lost on the way back").await?, 1);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_comment_says_why_and_goes_over_with_its_words() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    reader.writes("", "Nobody's words").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-field .dumka-error", "Enter a name").await?;
    reader.counts("dumka-comments[data-composer=rejected]", 1).await?;
    reader.types("[name=name]", "Ann").await?;
    story.is_taken_over().await?;
    reader.counts("dumka-comments[data-composer=open]", 1).await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Nobody's words").await?;
    assert_eq!(story.said("Nobody's words").await?, 1);
    Ok(())
}
