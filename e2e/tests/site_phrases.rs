//! A site replaces phrases of the widget by its own.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site};

const WORDS: &str = r#"{uk={heading="Обговорення: {n}", published="Надруковано!", new={one="ще {n}"}}}"#;

/// The page with an attribute `words`, with what is said on its console kept.
fn page(words: &str) -> String {
    format!(
        "<script>window.said = []; console.warn = text => said.push(text)</script>\
         <script async src=/embed.js></script><dumka-comments page=story words='{words}'></dumka-comments>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_the_settings_are_said_by_the_server_and_then_by_the_program() -> Result<()> {
    let server = Server::reworded_demo(WORDS).await?;
    let reader = Reader::new().await?;
    reader.open(&server.url("/demo/uk/")).await?;
    reader.sees(".dumka-count", "Обговорення: ").await?;
    reader.sees(".dumka-add", "додати коментар").await?;
    reader.writes("Оля", "Своїми словами").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-notice", "Надруковано!").await?;
    reader.sees(".dumka-count", "Обговорення: ").await?;
    reader.counts("section.dumka[data-words]", 1).await?;
    // Another language is as it was, and so is the page of a thread without words of its own.
    reader.open(&server.url("/demo/")).await?;
    reader.sees(".dumka-count", "Комментарии (").await?;
    reader.counts("section.dumka:not([data-words])", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_the_page_are_said_as_text() -> Result<()> {
    let server = Server::serve().await?;
    Client::new(server.url("/api/v1/comments"), "story").post("Ann", "A comment", "first").await?;
    let words = r#"{"add": "<b>Say</b> it", "new": {"few": "x"}, "heading": "All", "headline": "x"}"#;
    let site = Site::with_body(&page(words), server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees(".dumka-add", "<b>Say</b> it").await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.sees(".dumka-count", "Comments (1)").await?;
    assert_eq!(reader.count("section.dumka b").await?, 0);
    let said = reader.value("said.join('\\n')").await?;
    let said = said.as_str().unwrap_or_default();
    for refused in [
        "\"headline\" is not accepted; accepted: action_failed, add,",
        "\"heading\" is not accepted; accepted: text with {n} in it once",
        "\"new.few\" is not accepted; accepted: one, other",
    ] {
        assert!(said.contains(refused), "{refused} is not in: {said}");
    }
    assert_eq!(said.lines().count(), 3, "{said}");
    // Other words are drawn at once.
    let other = "void document.querySelector('dumka-comments').setAttribute('words', '{\"add\": \"write\"}')";
    reader.value(other).await?;
    reader.sees(".dumka-add", "write").await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_are_no_json_are_reported_and_the_thread_is_shown() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(&page("{add: write}"), server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees(".dumka-add", "add a comment").await?;
    reader.holds("said.length === 1 && said[0].includes('accepted: JSON of an object')").await
}
