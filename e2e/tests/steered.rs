//! Threads that moderators steer, and comments that they mark: in open windows, before the program, without JavaScript.

use anyhow::Result;
use e2e::story::{client, discussed, opens};
use e2e::{Reader, Server, Site};

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";
const LAZY: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=lazy></dumka-comments>";
const ABOVE_THE_FORM: &str = "(() => { const [line, form] = ['.dumka-announcement', '.dumka-composer, .dumka-notice']\
    .map(it => document.querySelector(it)); \
    return line !== null && (line.compareDocumentPosition(form) & 4) !== 0 })()";

#[tokio::test(flavor = "multi_thread")]
async fn announcement_and_closing_arrive_in_an_open_window_and_go_again() -> Result<()> {
    let (server, site) = discussed(TAG, 2).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    server.steer(&["announce", "The minister answers at six."])?;
    reader.sees(".dumka-announcement", "The minister answers at six.").await?;
    reader.holds(ABOVE_THE_FORM).await?;
    server.steer(&["close"])?;
    reader.sees(".dumka-notice", "The discussion is closed").await?;
    reader.counts(".dumka-add", 0).await?;
    reader.counts(".dumka-comment", 2).await?;
    server.steer(&["open"])?;
    reader.counts(".dumka-add", 1).await?;
    server.steer(&["announce", ""])?;
    reader.counts(".dumka-announcement", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn form_that_is_open_when_the_thread_closes_keeps_what_is_typed() -> Result<()> {
    let (server, site) = discussed(TAG, 1).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    reader.writes("Ann", "Half a thought").await?;
    server.steer(&["close"])?;
    server.steer(&["announce", "Closed for today."])?;
    reader.sees(".dumka-announcement", "Closed for today.").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Half a thought'").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-error", "has been closed").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Half a thought'").await
}

#[tokio::test(flavor = "multi_thread")]
async fn pace_of_a_slow_thread_is_said_and_a_comment_too_soon_keeps_its_text() -> Result<()> {
    let (server, site) = discussed(TAG, 1).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    server.steer(&["slow", "3600"])?;
    reader.sees(".dumka-slow", "one comment per person every 60 minutes.").await?;
    reader.writes("Ann", "The first one.").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-notice", "published").await?;
    reader.writes("", "One too soon.").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-error", "some time must pass between two comments").await?;
    reader.holds("document.querySelector('[name=text]').value === 'One too soon.'").await?;
    assert_eq!(client(&server).list().await?.len(), 2);
    server.steer(&["open"])?;
    reader.counts(".dumka-slow", 0).await?;
    reader.clicks(".dumka-submit").await?;
    reader.finds("One too soon.").await.map(drop)
}

/// A thread of five comments, of which the fourth is pinned and the second featured.
async fn marked(body: &str) -> Result<(Server, Site, Vec<String>)> {
    let (server, site) = discussed(body, 0).await?;
    let mut ids = Vec::new();
    for number in 1..=5 {
        let text = format!("Comment number {number}.");
        ids.push(client(&server).post("Ann", &text, &format!("key-{number}")).await?);
    }
    server.moderate("pin", &ids[3])?;
    server.moderate("feature", &ids[1])?;
    server.steer(&["announce", "Be kind."])?;
    Ok((server, site, ids))
}

async fn first_is(reader: &Reader, id: &str) -> Result<()> {
    reader.holds(&format!("document.querySelector('.dumka-comment').id === 'comment-{id}'")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pinned_comment_stands_first_and_featured_ones_are_looked_at_alone() -> Result<()> {
    let (server, site, ids) = marked(TAG).await?;
    let reader = Reader::new().await?;
    opens(&reader, &site).await?;
    first_is(&reader, &ids[3]).await?;
    reader.sees(&format!("[id='comment-{}'] .dumka-pinned-badge", ids[3]), "pinned").await?;
    reader.sees(&format!("[id='comment-{}'] .dumka-featured-badge", ids[1]), "featured").await?;
    reader.clicks(".dumka-newest").await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    first_is(&reader, &ids[3]).await?;
    reader.counts(".dumka-comment", 5).await?;
    reader.clicks(".dumka-featured").await?;
    reader.counts(".dumka-comment", 1).await?;
    first_is(&reader, &ids[1]).await?;
    // What was marked since arrives in its place.
    reader.clicks(".dumka-newest").await?;
    reader.counts(".dumka-comment", 5).await?;
    server.moderate("feature", &ids[0])?;
    reader.counts(".dumka-featured-badge", 2).await?;
    // The next thread may have none: the choice is not kept.
    reader.clicks(".dumka-featured").await?;
    reader.counts(".dumka-comment", 2).await?;
    opens(&reader, &site).await?;
    reader.counts(".dumka-newest[aria-current]", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn order_chosen_before_the_program_leaves_the_announcement_in_its_place() -> Result<()> {
    let (_server, site, ids) = marked(LAZY).await?;
    site.hold(Some(".wasm"));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 5).await?;
    first_is(&reader, &ids[3]).await?;
    reader.clicks(".dumka-featured").await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.counts(".dumka-announcement", 1).await?;
    reader.holds(ABOVE_THE_FORM).await?;
    site.hold(None);
    reader.holds("document.querySelector('section.dumka').__yew_subtree_id !== undefined").await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.counts(".dumka-featured[aria-current]", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_without_javascript_shows_the_same() -> Result<()> {
    let (server, _site, ids) = marked(TAG).await?;
    server.steer(&["slow", "90"])?;
    let page = server.url("/thread?site=127.0.0.1&page=story&lang=en");
    let shown = reqwest::get(page).await?.text().await?;
    let at = |words: &str| shown.find(words).ok_or_else(|| anyhow::anyhow!("{words} is not in {shown}"));
    assert!(at("Be kind.")? < at("every 90 seconds.")?);
    assert!(at("every 90 seconds.")? < at("dumka-composer")?);
    assert!(at(&format!("comment-{}", ids[3]))? < at(&format!("comment-{}", ids[0]))?);
    at("dumka-pinned-badge\">pinned<")?;
    at("dumka-featured-badge\">featured<")?;
    at("&amp;sort=featured").map(drop)
}
