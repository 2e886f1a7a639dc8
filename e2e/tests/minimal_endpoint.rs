//! An endpoint that somebody else wrote in an afternoon serves the same widget.

use std::sync::Arc;

use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, put};
use axum::{Json, Router};
use e2e::{Reader, Server, Site};
use serde_json::{Value, json};
use tokio::sync::Mutex;

type Comments = Arc<Mutex<Vec<Value>>>;

/// `GET` lists, `POST` adds; bodies are plain strings, and nothing optional is there.
fn endpoint(page: String) -> Router {
    let comments = Comments::default();
    Router::new()
        .route("/", get(async || Html(page)))
        .route("/comments", get(list).post(add))
        .with_state(comments)
}

/// The same endpoint, grown a little: it takes votes, and says so.
fn voting_endpoint(page: String) -> Router {
    let comment = json!({
        "id": "7/a", "author": { "name": "Ann" }, "created_at": "2026-05-01T09:30:00Z", "body": "Vote!",
    });
    let listing =
        json!({ "thread": { "total": 1, "features": ["vote", "telepathy"] }, "comments": [comment] });
    Router::new()
        .route("/", get(async || Html(page)))
        .route("/comments", get(async || Json(listing)))
        .route("/comments/{id}/vote", put(vote))
}

async fn vote(Path(id): Path<String>, Json(vote): Json<Value>) -> (StatusCode, Json<Value>) {
    if id != "7/a" || vote != json!({ "value": 1 }) {
        return (StatusCode::NOT_FOUND, Json(json!({})));
    }
    (StatusCode::OK, Json(json!({ "votes": { "up": 12, "down": 2 } })))
}

async fn list(State(comments): State<Comments>) -> Json<Value> {
    let comments = comments.lock().await.clone();
    Json(json!({ "thread": { "total": comments.len() }, "comments": comments }))
}

async fn add(State(comments): State<Comments>, Json(new): Json<Value>) -> (StatusCode, Json<Value>) {
    let mut comments = comments.lock().await;
    let comment = json!({
        "id": comments.len().to_string(),
        "author": { "name": new["author"]["name"] },
        "created_at": "2026-05-01T09:30:00Z",
        "body": new["text"],
    });
    comments.push(comment.clone());
    (StatusCode::CREATED, Json(json!({ "comment": comment })))
}

#[tokio::test(flavor = "multi_thread")]
async fn widget_reads_from_and_writes_to_a_minimal_endpoint() -> Result<()> {
    let server = Server::serve().await?;
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><script async src={}></script>\
         <dumka-comments endpoint=/comments page=any></dumka-comments>",
        server.url("/embed.js")
    );
    let site = Site::with_router(endpoint(page)).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees(".dumka-count", "Comments (0)").await?;
    let asked =
        "performance.getEntriesByType('resource').filter(it => it.name.includes('/comments?')).length";
    assert_eq!(reader.value(asked).await?, 1, "nothing is asked twice");

    reader.writes("Ann", "One line\nand <b>another</b>").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "and <b>another</b>").await?;
    reader.counts(".dumka-body br", 1).await?;
    reader.reload().await?;
    reader.sees(".dumka-count", "Comments (1)").await?;
    reader.sees(".dumka-author", "Ann").await?;
    reader.counts(".dumka-vote-up, .dumka-reply, .dumka-report", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn widget_offers_what_the_endpoint_can_do_and_nothing_else() -> Result<()> {
    let server = Server::serve().await?;
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><script async src={}></script>\
         <dumka-comments endpoint=/comments page=any></dumka-comments>",
        server.url("/embed.js")
    );
    let site = Site::with_router(voting_endpoint(page)).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.clicks(".dumka-vote-up").await?;
    reader.sees(".dumka-score", "10").await?;
    reader.counts(".dumka-vote-up[aria-pressed=true]", 1).await?;
    reader.counts(".dumka-reply, .dumka-report, .dumka-preview, .dumka-new-bar, .dumka-error", 0).await?;
    let asked = "performance.getEntriesByType('resource').some(it => /live/.test(it.name))";
    assert_eq!(reader.value(asked).await?, false);
    reader.reload().await?;
    reader.counts(".dumka-vote-up[aria-pressed=true]", 1).await
}
