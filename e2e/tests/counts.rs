//! Numbers on list pages: bare, in words, many of them, and added later.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, Trouble};
use serde_json::json;

/// The requests, but for the page itself.
const REQUESTS: &str =
    "performance.getEntriesByType('resource').map(it => it.name.split('/').pop().split('?')[0]).sort()";
const COUNTS: &str =
    "performance.getEntriesByType('resource').filter(it => it.name.includes('/counts?')).length";
const NUMBERS: &str = "[...document.querySelectorAll('[data-dumka-count]')].map(it => it.textContent)";

/// A server with so many comments under each of these pages.
async fn with_comments(pages: &[(&str, usize)]) -> Result<Server> {
    let server = Server::serve().await?;
    for (page, number) in pages {
        let client = Client::new(server.url("/api/v1/comments"), page);
        for number in 0..*number {
            client.post("Ann", "One more", &format!("{page}-{number}")).await?;
        }
    }
    Ok(server)
}

/// A list page with a number for each of these pages.
fn list(pages: impl Iterator<Item = String>) -> String {
    let mut body = "<script async src=/embed.js></script>".to_owned();
    for page in pages {
        body.extend(["<i data-dumka-count=", &page, "></i>"]);
    }
    body
}

async fn opened(server: &Server, body: &str) -> Result<(Site, Reader)> {
    let (site, reader) = (Site::with_body(body, server.url("")).await?, Reader::new().await?);
    reader.web().goto(site.url()).await?;
    Ok((site, reader))
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_come_by_one_request_bare_or_in_words_of_the_nearest_language() -> Result<()> {
    let server = with_comments(&[("one", 1), ("three", 3)]).await?;
    let body = "<script async src=/embed.js data-lang=uk></script>\
        <span data-dumka-count=three></span>\
        <span data-dumka-count=one data-dumka-count-words></span>\
        <div lang=ru><span data-dumka-count=three data-dumka-count-words></span></div>\
        <span lang=sr data-dumka-count=none data-dumka-count-words></span>";
    let (_site, reader) = opened(&server, body).await?;
    reader.holds(&format!("{NUMBERS}[3] !== ''")).await?;
    // Nobody speaks German yet, so the script's own language says it.
    let words = json!(["3", "1 comment", "3 комментария", "0 коментарів"]);
    assert_eq!(reader.value(NUMBERS).await?, words);
    let requests = json!(["counts", "counts.js", "embed.js", "en.json", "page.js", "ru.json", "uk.json"]);
    assert_eq!(reader.value(REQUESTS).await?, requests);
    reader.counts("dumka-comments", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn bare_numbers_need_no_words_and_those_added_later_come_on_demand() -> Result<()> {
    let server = with_comments(&[("one", 1), ("three", 3)]).await?;
    let body = "<script async src=/embed.js></script><p data-dumka-count=one></p>";
    let (_site, reader) = opened(&server, body).await?;
    reader.holds(&format!("{NUMBERS}.join() === '1'")).await?;
    assert_eq!(reader.value(REQUESTS).await?, json!(["counts", "counts.js", "embed.js", "page.js"]));

    let added = "(() => {
        const span = document.createElement('span')
        span.dataset.dumkaCount = 'three'
        document.body.append(span)
        document.dispatchEvent(new Event('dumka:count'))
        return true
    })()";
    reader.holds(added).await?;
    reader.holds(&format!("{NUMBERS}.join() === '1,3'")).await?;
    reader.counts("dumka-comments", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_many_numbers_asks_for_a_hundred_at_once() -> Result<()> {
    let server = with_comments(&[("249", 2)]).await?;
    // Each page twice, which no request names twice.
    let (_site, reader) = opened(&server, &list((0..500).map(|n| (n % 250).to_string()))).await?;
    reader.holds(&format!("{NUMBERS}.every(it => it !== '')")).await?;
    reader
        .holds(&format!("{NUMBERS}[249] === '2' && {NUMBERS}[499] === '2' && {NUMBERS}[0] === '0'"))
        .await?;
    assert_eq!(reader.value(COUNTS).await?, 3);

    // Long names need shorter lists: no address passes what servers in front of a site take.
    let long = "я".repeat(200);
    let (_site, reader) = opened(&server, &list((0..20).map(|n| format!("{n}{long}")))).await?;
    reader.holds(&format!("{NUMBERS}.every(it => it === '0')")).await?;
    reader.holds("performance.getEntriesByType('resource').every(it => it.name.length < 8000)").await?;
    assert_eq!(reader.value(COUNTS).await?, 4);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn number_that_fails_stays_as_it_was_and_one_without_words_is_bare() -> Result<()> {
    let server = with_comments(&[("three", 3)]).await?;
    let body =
        "<script async src=/embed.js></script><span data-dumka-count=three data-dumka-count-words>?</span>";
    let site = Site::with_body(body, server.url("")).await?;
    for (address, shown) in [("/counts?", "?"), ("en.json", "3")] {
        site.set_trouble(Some(Trouble { address, method: "GET", status: 503, answer: "" }));
        // Another browser each time, since it keeps the words for good.
        let reader = Reader::new().await?;
        reader.web().goto(site.url()).await?;
        reader.holds(&format!("{REQUESTS}.length === 5 && {NUMBERS}[0] === '{shown}'")).await?;
        site.set_trouble(None);
        reader.value("void document.dispatchEvent(new Event('dumka:count'))").await?;
        reader.sees("span", "3 comments").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn name_that_can_be_no_pages_takes_no_number_from_the_others() -> Result<()> {
    let server = with_comments(&[("three", 3)]).await?;
    for wrong in ["", " ", &"x".repeat(600), "\u{1}"] {
        let body = format!(
            "<script async src=/embed.js></script><i data-dumka-count=\"{wrong}\"></i><i data-dumka-count=three></i>"
        );
        let (_site, reader) = opened(&server, &body).await?;
        reader.holds(&format!("{NUMBERS}[1] === '3'")).await?;
        assert_eq!(reader.value(COUNTS).await?, 1);
    }
    Ok(())
}
