//! The newspaper: one short article, whose foot is seen at once, so that a widget's jumps are too.

use anyhow::Result;
use axum::Router;
use axum::extract::Path;
use axum::response::Html;
use axum::routing::get;
use e2e::Site;

/// Always with a scroll bar, as a page of usual length: one that appears would move the whole text.
const ARTICLE: &str = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=width=device-width>\
    <link rel=icon href=data:,><title>Bench</title>\
    <style>html{overflow-y:scroll}body{max-width:45em;margin:auto;font:1em/1.5 sans-serif}</style>\
    <h1>The river is back in its bed</h1>\
    <p>After eleven days the water has left the lower streets, and the ferry runs again from the old pier.</p>\
    <p>The town thanks everybody who carried sand, soup and other people's chairs.</p>";

const FOOT: &str = "<footer><p>The newspaper of a small town, printed since 1911.</p></footer>";

/// Serves the article at `/<size>` with what `tag` says for a thread of that size under it.
pub(crate) async fn open(tag: impl Fn(usize) -> String + Send + Sync + 'static) -> Result<Site> {
    let tag = std::sync::Arc::new(tag);
    let page = async move |Path(size): Path<usize>| Html(format!("{ARTICLE}{}{FOOT}", tag(size)));
    Site::with_router(Router::new().route("/{size}", get(page))).await
}
