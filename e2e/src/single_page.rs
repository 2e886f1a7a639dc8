//! Sites made with a framework: they keep one page and change what is on it.

use anyhow::{Context, Result};
use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use serde_json::json;

use crate::{Client, Reader, Server, Site, packages, until};

/// The site in React.
pub const REACT: &str = "react.jsx";
/// The site in Vue.
pub const VUE: &str = "vue.js";

/// The component that the site shows first; the loader is there before.
const SHOWN: &str = "{ page: 'one', lang: 'en', load: 'eager', order: ['article', 'comments'] }";

/// A server with a comment in the threads `one` and `two`.
pub async fn discussed() -> Result<Server> {
    let server = Server::serve().await?;
    for (page, text) in [("one", "On the first page"), ("two", "On the second page")] {
        Client::new(server.url("/api/v1/comments"), page).post("Ann", text, page).await?;
    }
    Ok(server)
}

/// A site made with a framework, in whose page the comments stand; `drawn` by the site's server.
pub async fn made_with(app: &str, drawn: &str, server: &Server) -> Result<Site> {
    let program = packages::bundle(app)?;
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href=data:,><script src=/embed.js></script>\
         <div id=root>{drawn}</div><script>window.shown = {SHOWN}</script><script src=/app.js></script>"
    );
    let script = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    let pages = Router::new()
        .route("/", get(async || Html(page)))
        .route("/app.js", get(async move || (script, program)));
    Site::with_pages(pages, server.url("")).await
}

/// A reader of that site, whose thread is there and followed.
pub async fn opened(app: &str, drawn: &str) -> Result<(Server, Site, Reader)> {
    let server = discussed().await?;
    let site = made_with(app, drawn, &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    Ok((server, site, reader))
}

/// Has the site show something else, as its router would.
pub async fn show(reader: &Reader, what: &str) -> Result<()> {
    reader.value(&format!("void dispatchEvent(new CustomEvent('show', {{ detail: {what} }}))")).await?;
    Ok(())
}

/// Waits until the program has the thread and follows it, alone.
pub async fn is_alive(server: &Server, streams: usize) -> Result<()> {
    until(&format!("{streams} streams are open"), async || {
        let metrics = reqwest::get(server.url("/metrics")).await?.text().await?;
        let open = metrics.lines().find_map(|line| line.strip_prefix("dumka_streams_open "));
        Ok((open.context("streams are counted")?.trim() == streams.to_string()).then_some(()))
    })
    .await
}

/// Waits until this stands in the form.
pub async fn text_is(reader: &Reader, text: &str) -> Result<()> {
    reader.holds(&format!("document.querySelector('[name=text]')?.value === {}", json!(text))).await
}
