//! A moderator's day: a comment is found, approved and read; two hundred others are refused and brought back.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::keyboard::presses;
use e2e::newsroom::{self, CURRENT};
use e2e::{Client, Reader, Server, story};

/// Longer than a decision may take to reach a reader.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Notes the time at which keys are pressed, or something appears, by the machine's one clock.
const NOTES_KEY: &str = "void addEventListener('keydown', () => { window.pressed = Date.now() }, true)";
const NOTES_NEWS: &str = "void new MutationObserver((_, all) => document.querySelector('.dumka-new') \
    && (window.seen = Date.now(), all.disconnect())).observe(document.body, { subtree: true, childList: true })";

fn english(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "news/44")
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_found_by_a_word_approved_by_a_key_and_read_at_once() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let (moderator, reader) = (Reader::new().await?, Reader::new().await?);
    english(&server).post("Ганна", "Стрижі будують гніздо під дахом.", "one").await?;
    english(&server).post("Ben", "Nothing about birds.", "two").await?;
    newsroom::joins(&moderator, &server, ("Olha", "moderator")).await?;
    moderator.sees(".queue[aria-current] .count", "").await?;
    reader.open(&server.url("/demo/en/")).await?;
    reader.counts("section.dumka", 1).await?;
    reader
        .value("void document.querySelector('section.dumka').dispatchEvent(new Event('pointerdown'))")
        .await?;
    story::is_live(&reader).await?;
    reader.value(NOTES_NEWS).await?;

    // Another form of the word than the text has.
    newsroom::searches(&moderator, "гнізда").await?;
    newsroom::has_cards(&moderator, 1).await?;
    moderator.sees(".card mark", "гніздо").await?;
    moderator.holds("new URLSearchParams(location.search).get('q') === 'гнізда'").await?;
    newsroom::is_at_rest(&moderator).await?;
    moderator.value(NOTES_KEY).await?;
    presses(&moderator, "a").await?;
    newsroom::has_cards(&moderator, 0).await?;
    moderator.sees(".undo-bar", "approved").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    let [pressed, seen] = [moderator.value("window.pressed").await?, reader.value("window.seen").await?];
    let took = seen.as_u64().unwrap_or_default().saturating_sub(pressed.as_u64().unwrap_or_default());
    ensure!(Duration::from_millis(took) <= AT_ONCE, "{took} ms from the key to the reader");
    reader.clicks(".dumka-new").await?;
    reader.sees(".dumka-body", "Стрижі будують гніздо").await?;

    presses(&moderator, "z").await?;
    newsroom::has_cards(&moderator, 1).await?;
    moderator.sees(".card .status", "pending").await?;
    reader.sees(".dumka-count", "(0)").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_comments_are_refused_at_once_and_brought_back() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let client = english(&server);
    for number in 0..200 {
        client
            .post("Casino", &format!("Win at the casino, number {number}!"), &format!("spam-{number}"))
            .await?;
    }
    client.post("Ben", "Not about winning.", "other").await?;
    let moderator = Reader::new().await?;
    newsroom::joins(&moderator, &server, ("Olha", "moderator")).await?;
    newsroom::searches(&moderator, "casino").await?;
    newsroom::has_cards(&moderator, 50).await?;
    newsroom::is_at_rest(&moderator).await?;
    presses(&moderator, "x").await?;
    moderator.sees(".selection", "1 comment selected").await?;
    moderator.clicks_text(".selection .button", "Select all 200").await?;
    moderator.sees(".selection", "200 comments selected").await?;
    moderator.clicks_text(".selection .button", "Reject").await?;
    moderator.clicks_text(".selection .reasons .button", "spam").await?;
    moderator.sees(".undo-bar", "200").await?;
    newsroom::has_cards(&moderator, 0).await?;
    moderator.sees(".heading", "0 comments").await?;
    newsroom::opens_queue(&moderator, &server, ("rejected", 50)).await?;
    moderator.sees(".heading", "200 comments").await?;

    newsroom::opens(&moderator, &server, "/log").await?;
    moderator.sees(".row", "spam").await?;
    moderator.counts(".row", 50).await?;
    newsroom::opens_queue(&moderator, &server, ("rejected?q=casino", 50)).await?;
    presses(&moderator, "x").await?;
    moderator.clicks_text(".selection .button", "Select all 200").await?;
    moderator.clicks_text(".selection .button", "Approve").await?;
    moderator.sees(".undo-bar", "200").await?;
    newsroom::has_cards(&moderator, 0).await?;
    presses(&moderator, "z").await?;
    newsroom::has_cards(&moderator, 50).await?;
    moderator.sees(".heading", "200 comments").await?;
    moderator.sees(".card .status", "rejected").await
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_wave_is_taken_back_by_one_key() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let client = english(&server);
    for number in 0..60 {
        client.post("Casino", &format!("Casino number {number}!"), &format!("spam-{number}")).await?;
    }
    let moderator = Reader::new().await?;
    newsroom::joins(&moderator, &server, ("Olha", "moderator")).await?;
    newsroom::searches(&moderator, "casino").await?;
    newsroom::has_cards(&moderator, 50).await?;
    newsroom::is_at_rest(&moderator).await?;
    presses(&moderator, "x").await?;
    moderator.clicks_text(".selection .button", "Select all 60").await?;
    moderator.sees(".selection", "60 comments selected").await?;
    // Twice: without a reason.
    presses(&moderator, "r").await?;
    moderator.counts(".selection .choice", 1).await?;
    presses(&moderator, "r").await?;
    newsroom::has_cards(&moderator, 0).await?;
    moderator.sees(".undo-bar", "60").await?;
    presses(&moderator, "z").await?;
    moderator.sees(".heading", "60 comments").await?;
    newsroom::has_cards(&moderator, 50).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_in_a_queue_is_done_by_keys() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let client = english(&server);
    for (name, text) in [("Ann", "First of all."), ("Ben", "Second to none."), ("Cid", "Third time lucky.")] {
        // Those that wait are not featured.
        server.moderate("approve", &client.post(name, text, name).await?)?;
    }
    let moderator = Reader::new().await?;
    newsroom::joins(&moderator, &server, ("Olha", "moderator")).await?;
    newsroom::opens_queue(&moderator, &server, ("all?page=news%2F44&sort=oldest", 3)).await?;
    presses(&moderator, "j").await?;
    newsroom::is_at(&moderator, "Second to none.").await?;
    presses(&moderator, "k").await?;
    newsroom::is_at(&moderator, "First of all.").await?;
    presses(&moderator, "o").await?;
    moderator.sees(&format!("{CURRENT} .context"), "Author").await?;
    presses(&moderator, "o").await?;
    moderator.counts(".context", 0).await?;
    presses(&moderator, "f").await?;
    moderator.sees(&format!("{CURRENT} .acts"), "Unfeature").await?;
    presses(&moderator, "f").await?;
    moderator
        .holds("!document.querySelector('.card.current .acts').textContent.includes('Unfeature')")
        .await?;
    presses(&moderator, "e").await?;
    moderator.holds("document.activeElement.id === 'reply-text'").await?;
    presses(&moderator, "We jar the lid, and r is a letter.").await?;
    presses(&moderator, "\u{E00C}").await?;
    moderator.counts(".reply", 0).await?;
    newsroom::is_at(&moderator, "First of all.").await?;
    presses(&moderator, "e").await?;
    moderator.holds("document.querySelector('#reply-text').value.startsWith('We jar')").await?;
    moderator.clicks(".reply [type=submit]").await?;
    moderator.sees(&format!("{CURRENT} .note"), "The reply was sent.").await?;
    presses(&moderator, "d").await?;
    newsroom::is_at(&moderator, "Second to none.").await?;
    newsroom::has_cards(&moderator, 2).await?;
    presses(&moderator, "u").await?;
    moderator.holds("location.pathname.endsWith('/queue/all')").await?;
    newsroom::has_cards(&moderator, 1).await?;
    presses(&moderator, "?").await?;
    moderator.counts(".dialog .keys div", 14).await?;
    presses(&moderator, "\u{E00C}").await?;
    moderator.counts(".dialog", 0).await
}
