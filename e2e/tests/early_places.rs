//! Comments sent before the program is there arrive in every kind of thread, and the program goes on from there.

use anyhow::Result;
use e2e::early_story::EarlyStory as Story;
use e2e::shadow_dom::one;
use e2e::story::is_hydrated;
use e2e::story_thread::{TAG, discussed};
use e2e::{Client, Server};

const SEND: &str = "press('.dumka-add'); write('.dumka-form [name=text]', 'Sent early'); \
    write('.dumka-form [name=name]', 'Ann'); press('.dumka-submit')";

/// Opens the page, sends a comment at once, and waits until it is shown.
async fn sends(story: &Story) -> Result<String> {
    story.opens(SEND, "thread", 0).await?;
    story.reader.finds("Sent early").await
}

#[tokio::test(flavor = "multi_thread")]
async fn held_comment_is_shown_to_its_author_with_what_is_the_matter() -> Result<()> {
    let mut story = Story::on(Server::serve().await?, TAG).await?;
    let origin = story.site.url().trim_end_matches('/');
    let sites = format!("[{{id=\"127.0.0.1\", origins=[\"{origin}\"], moderation=\"before\"}}]");
    story.server.set("DUMKA_SITES", &sites);
    story.server.kill()?;
    story.server.restart().await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    reader.writes("Ann", "Held from the beginning").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    let own = reader.finds("Held from the beginning").await?;
    reader.sees(&format!("{own} .dumka-pending"), "waiting for a moderator").await?;
    story.site.hold(None);
    is_hydrated(reader, 1).await?;
    reader.counts(&format!("{own} .dumka-pending"), 1).await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.counts(&format!("{own} .dumka-edit"), 1).await?;
    assert_eq!(story.said("Held").await?, 0, "nobody else sees it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn first_comment_of_a_thread_takes_the_place_of_the_invitation() -> Result<()> {
    let story = Story::on(Server::serve().await?, TAG).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    reader.counts(".dumka-empty", 1).await?;
    reader.writes("Ann", "The very first").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    reader.finds("The very first").await?;
    reader.counts(".dumka-empty", 0).await?;
    reader.counts("dumka-comments[data-state=ready][data-composer=closed]", 1).await?;
    reader.sees(".dumka-count", "1").await?;
    story.site.hold(None);
    is_hydrated(reader, 1).await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.counts(".dumka-empty", 0).await?;
    assert_eq!(story.said("The very first").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_sent_in_a_shadow_root() -> Result<()> {
    let body = TAG.replace("page=story", "page=story isolate");
    let story = Story::on(discussed(3).await?, &body).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    let composer = one(".dumka-composer");
    reader.holds(&format!("!!{composer}")).await?;
    reader.writes("Ann", "Out of a shadow").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    let own = reader.finds("Out of a shadow").await?;
    reader.counts(&format!("{own} .dumka-edit"), 1).await?;
    story.site.hold(None);
    is_hydrated(reader, 1).await?;
    reader.counts(".dumka-comment", 6).await?;
    reader.counts(&format!("{own} .dumka-edit"), 1).await?;
    assert_eq!(story.said("Out of a shadow").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_its_number_stays_in_the_form_and_is_sent_later() -> Result<()> {
    let mut server = Server::with(&[("DUMKA_LIMITS__POSTS_PER_MINUTE", "1")]).await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    client.post("Ann", "The only one of this minute", "only").await?;
    server.set("DUMKA_LIMITS__POSTS_PER_MINUTE", "60");
    let mut story = Story::on(server, TAG).await?;
    story.opens("", "thread", 0).await?;
    let reader = &story.reader;
    reader.writes("Ann", "One too many").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    reader.sees(".dumka-composer .dumka-error", "Too many attempts").await?;
    reader.holds("document.querySelector('[name=text]').value === 'One too many'").await?;
    story.server.kill()?;
    story.server.restart().await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    reader.finds("One too many").await?;
    assert_eq!(story.said("One too many").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_whose_browser_keeps_nothing_sends_and_goes_on() -> Result<()> {
    let denied = "<script>Object.defineProperty(self, 'localStorage', { get() { throw new DOMException('denied') } })</script>";
    let story = Story::on(discussed(3).await?, &format!("{denied}{TAG}")).await?;
    let reader = &story.reader;
    let own = sends(&story).await?;
    reader.counts(&format!("{own} .dumka-edit"), 1).await?;
    reader.clicks(&format!("{own} .dumka-edit")).await?;
    reader.types(&format!("{own} [name=text]"), ", and mended").await?;
    story.is_taken_over().await?;
    reader
        .holds(&format!("document.querySelector('{own} [name=text]').value === 'Sent early, and mended'"))
        .await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.sees(&format!("{own} > .dumka-body"), "Sent early, and mended").await?;
    assert_eq!(story.said("Sent early, and mended").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_in_a_folded_branch_is_seen_by_who_wrote_it() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    let first = reader.finds("First").await?;
    reader.clicks(&format!("{first} .dumka-fold")).await?;
    reader.counts(".dumka-comment[hidden]", 2).await?;
    reader.replies(&first, "Ann", "Into the fold").await?;
    let own = reader.finds("Into the fold").await?;
    reader.counts(&format!("{own}:not([hidden])"), 1).await?;
    story.is_taken_over().await?;
    reader.counts(&format!("{own}:not([hidden])"), 1).await?;
    assert_eq!(story.said("Into the fold").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn deep_replies_stand_where_they_belong() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    let mut last = reader.finds("An answer to the answer").await?;
    for (depth, text) in [(3, "One deeper"), (4, "Two deeper"), (5, "Three deeper")] {
        reader.replies(&last, "Ann", text).await?;
        let own = reader.finds(text).await?;
        reader.counts(&format!("{last} + {own}[data-depth='{depth}']"), 1).await?;
        last = own;
    }
    story.is_taken_over().await?;
    for (depth, text) in [(3, "One deeper"), (4, "Two deeper"), (5, "Three deeper")] {
        let own = reader.finds(text).await?;
        reader.counts(&format!("{own}[data-depth='{depth}']"), 1).await?;
        assert_eq!(story.said(text).await?, 1);
    }
    Ok(())
}
