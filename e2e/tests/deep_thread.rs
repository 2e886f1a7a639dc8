//! Chains of replies, each to the one before, on a small screen.

use anyhow::Result;
use axum::extract::Query;
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};
use e2e::{Client, Reader, Server, Site};
use serde_json::{Value, json};

/// As many as a thread ever has.
const MANY: usize = 10_000;
/// Several answers of the server, of which the first is drawn by itself; it syncs after every reply.
const SOME: usize = 1_000;
/// Comments of one answer of the other endpoint.
const AT_ONCE: usize = 300;
const WIDTH_PX: u32 = 360;
/// Levels that are told apart: the top one and six of replies.
const DEPTHS: usize = 7;

const IDS: &str = "[...document.querySelectorAll('.dumka-comment')].map(it => it.id.replace('comment-', ''))";
/// At how many distances from the edge comments begin.
const PLACES: &str = "new Set([...document.querySelectorAll('.dumka-comment')].map(it => it.getBoundingClientRect().left)).size";

/// Words as long as no line, and now and then usual ones.
fn text(number: usize) -> String {
    if number.is_multiple_of(100) { "long".repeat(100) } else { format!("Answer {number}") }
}

/// Opens the page, shows all, and looks where the comments with these ids stand.
async fn stays_on_a_small_screen(site: &Site, ids: &[String]) -> Result<()> {
    let reader = Reader::new().await?;
    reader.resize(WIDTH_PX, 800).await?;
    reader.open(site.url()).await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", ids.len()).await?;
    reader.counts(".dumka-loading, .dumka-all, .dumka-error", 0).await?;

    assert!(reader.value(IDS).await? == json!(ids), "each once, in the order of the answers");
    assert_eq!(reader.value(PLACES).await?, DEPTHS, "nothing is indented further");
    reader.counts(".dumka-comment[data-depth='6']", ids.len() - DEPTHS + 1).await?;
    reader.holds(&format!("document.documentElement.scrollWidth <= {WIDTH_PX}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn chain_of_replies_is_drawn_taken_over_and_gone_on_with_on_a_small_screen() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "deep");
    let mut ids = vec![client.post("Ann", &text(0), "0").await?];
    for number in 1..SOME {
        ids.push(client.reply(&ids[number - 1], "Ann", &text(number), &number.to_string()).await?);
    }
    let body = "<script async src=/embed.js data-page=deep></script>";
    stays_on_a_small_screen(&Site::with_body(body, server.url("")).await?, &ids).await
}

/// A part of a chain that stands nowhere but here.
async fn list(Query(asked): Query<Vec<(String, String)>>) -> Json<Value> {
    let cursor = asked.iter().find(|(name, _)| name == "cursor");
    let first: usize = cursor.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    let comment = |number: usize| {
        json!({
            "id": number.to_string(), "parent": number.checked_sub(1).map(|parent| parent.to_string()),
            "author": { "name": "Ann" }, "created_at": "2026-05-01T09:30:00Z", "body": text(number),
        })
    };
    let end = (first + AT_ONCE).min(MANY);
    let comments: Vec<_> = (first..end).map(comment).collect();
    let next = (end < MANY).then(|| end.to_string());
    Json(json!({ "thread": { "total": MANY }, "comments": comments, "next": next }))
}

#[tokio::test(flavor = "multi_thread")]
async fn chain_of_ten_thousand_replies_stays_on_a_small_screen() -> Result<()> {
    let server = Server::serve().await?;
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><script async src={}></script>\
         <dumka-comments endpoint=/comments page=any></dumka-comments>",
        server.url("/embed.js")
    );
    let router = Router::new().route("/", get(async || Html(page))).route("/comments", get(list));
    let ids: Vec<_> = (0..MANY).map(|number| number.to_string()).collect();
    stays_on_a_small_screen(&Site::with_router(router).await?, &ids).await
}
