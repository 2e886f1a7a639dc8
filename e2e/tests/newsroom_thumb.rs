//! A moderator on a phone of 360 pixels, with one thumb: nothing is cut off, nothing is too small, and all can be done.

use anyhow::{Result, ensure};
use e2e::{Client, Reader, Server, newsroom};
use serde_json::json;

/// Elements that are wider than the page, unless they stand in something that scrolls sideways by itself.
const OUTSIDE: &str = "(() => { const scrolls = it => it && (['auto', 'scroll'].includes(getComputedStyle(it).overflowX) || scrolls(it.parentElement)); \
    return [document.documentElement.scrollWidth > innerWidth ? 'the page scrolls sideways: ' + document.documentElement.scrollWidth : null, \
    ...[...document.querySelectorAll('body *')].filter(it => it.checkVisibility() && !it.closest('.said, .unseen') && !scrolls(it.parentElement) \
    && (it.getBoundingClientRect().right > innerWidth + 1 || it.getBoundingClientRect().left < -1)) \
    .map(it => 'outside: ' + it.localName + '.' + it.className)].filter(Boolean) })()";

/// Targets below 44 by 44 pixels, but for links within a comment's text; a tick is as large as its label.
const SMALL: &str = "[...document.querySelectorAll('button, summary, a, input, textarea, select')] \
    .filter(it => it.checkVisibility() && !it.closest('.text, .unseen, .said') && !it.matches('.unseen, .skip')) \
    .map(it => it.closest('label.tick, label.mode') ?? it).map(it => [it, it.getBoundingClientRect()]) \
    .filter(([, box]) => box.width < 43.9 || box.height < 43.9) \
    .map(([it, box]) => it.localName + '.' + it.className + ' «' + it.textContent.slice(0, 20) + '» ' + Math.round(box.width) + '×' + Math.round(box.height))";

/// Fails where a thumb would miss something in this state.
async fn fits(reader: &Reader, state: &str) -> Result<()> {
    for measure in [OUTSIDE, SMALL] {
        let found = reader.value(measure).await?;
        ensure!(found == json!([]), "{state}: {found:#}");
    }
    Ok(())
}

async fn waiting(server: &Server) -> Result<()> {
    let client = Client::new(server.url("/api/v1/comments"), "news/44");
    let long = "Конституціоналізаційнийпротивник".repeat(3);
    let id = client.post("Ann", &format!("{long} `{long}` https://example.org/{long}"), "one").await?;
    server.moderate("approve", &id)?;
    client.post(&"Довге імʼя ".repeat(7), "Second to none.", "two").await?;
    Ok(())
}

/// The whole way: the next comment is looked at, answered, rejected with a reason, and that is taken back.
async fn moderates(reader: &Reader, server: &Server) -> Result<()> {
    newsroom::opens_queue(reader, server, ("all?page=news%2F44&sort=oldest", 2)).await?;
    fits(reader, "the queue").await?;
    reader.clicks(".card .acts [aria-expanded=false]").await?;
    reader.counts(".context .numbers", 1).await?;
    fits(reader, "surroundings").await?;
    reader.clicks(".card .acts [aria-expanded=true]").await?;
    reader.clicks_text(".card .acts .button", "Reply").await?;
    reader.types("#reply-text", "Дякуємо").await?;
    fits(reader, "an answer").await?;
    reader.clicks(".reply [type=submit]").await?;
    reader.sees(".card .note", "The reply was sent.").await?;
    reader.clicks(".card .acts .reject").await?;
    reader.clicks(".choice summary").await?;
    fits(reader, "the choice of a reason").await?;
    reader.clicks_text(".choice .reasons .button", "insult").await?;
    reader.sees(".undo-bar", "rejected").await?;
    fits(reader, "the bar of undo").await?;
    reader.clicks(".undo-bar .strong").await?;
    newsroom::has_cards(reader, 2).await?;
    reader.clicks(".card .tick").await?;
    reader.counts(".selection", 1).await?;
    fits(reader, "a selection").await?;
    reader.clicks_text(".selection .button", "Select all shown").await?;
    reader.clicks(".selection .delete").await?;
    newsroom::has_cards(reader, 0).await?;
    fits(reader, "an empty queue").await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_thumb_does_everything_on_a_narrow_phone() -> Result<()> {
    let server = Server::moderated_demo().await?;
    waiting(&server).await?;
    let reader = Reader::new().await?;
    reader.web().goto(server.invites("Olha", "owner")?).await?;
    reader.resize(360, 740).await?;
    reader.sees("h1", "Olha").await?;
    fits(&reader, "an invitation").await?;
    newsroom::makes_password(&reader, "Olha").await?;
    moderates(&reader, &server).await?;
    for screen in ["/threads", "/thread?site=127.0.0.1&page=news%2F44", "/log", "/staff", "/me"] {
        newsroom::opens(&reader, &server, screen).await?;
        reader.counts("main .quiet[role=status]", 0).await?;
        fits(&reader, screen).await?;
    }
    newsroom::opens(&reader, &server, "/thread?site=127.0.0.1&page=news%2F44").await?;
    reader.clicks_text(".mode", "slow").await?;
    reader.types("textarea", "Bells at noon.").await?;
    fits(&reader, "a thread that is steered").await?;
    reader.clicks("form [type=submit]").await?;
    reader.sees(".said", "Saved.").await?;
    // Every section and every queue is reached.
    for section in ["threads", "log", "staff", "me", "queue/pending"] {
        reader.clicks(&format!("a.section[href$='/{section}']")).await?;
        reader.holds(&format!("location.pathname.endsWith('/{section}')")).await?;
    }
    reader.clicks("a.queue[href$='/all']").await?;
    reader.holds("location.pathname.endsWith('/queue/all')").await?;
    reader.clicks(".top button.section").await?;
    reader.counts(".dialog", 1).await?;
    fits(&reader, "the keys").await?;
    reader.clicks(".dialog .button").await?;
    server.ends_sessions("Olha")?;
    reader.clicks("a.section[href$='/log']").await?;
    reader.counts(".dialog #password", 1).await?;
    fits(&reader, "the sign-in after a session").await
}
