//! A page without an origin, in a sandbox: it reads, and says once why nothing can be sent.

use anyhow::Result;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use e2e::{Client, Reader, Server, Site, story};

const REFUSED: &str = "your text has been kept. The server refused the request.";

/// A page with a frame in a sandbox that has the thread, and keeps what is said on its console.
async fn framed(server: &Server, allowed: &str) -> Result<Site> {
    let page = format!(
        "<!doctype html><title>.</title><iframe sandbox='{allowed}' src=/inner style='width:100%;height:90vh'></iframe>"
    );
    let inner = "<!doctype html><title>.</title><script>self.said = []; console.warn = text => said.push(text)</script>\
        <script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";
    let pages = Router::new()
        .route("/", get(async move || Html(page)))
        .route("/inner", get(async move || Html(inner)));
    Site::with_pages(pages, server.url("")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sandboxed_page_is_read_and_says_why_it_cannot_be_written_in() -> Result<()> {
    for allowed in ["allow-scripts", "allow-scripts allow-forms"] {
        for program in [None, Some(".wasm")] {
            let server = Server::serve().await?;
            let client = Client::new(server.url("/api/v1/comments"), "story");
            client.post("Ann", "Read in a box", "first").await?;
            let site = framed(&server, allowed).await?;
            site.hold(program);
            let reader = Reader::new().await?;
            reader.web().goto(site.url()).await?;
            reader.web().enter_frame(0).await?;
            reader.sees(".dumka-body", "Read in a box").await?;
            reader.writes("Ann", "Never sent").await?;
            if program.is_none() {
                story::is_hydrated(&reader, 1).await?;
            }
            reader.clicks(".dumka-composer .dumka-submit").await?;
            reader.sees(".dumka-composer .dumka-error", REFUSED).await?;
            reader.holds("document.querySelector('[name=text]').value === 'Never sent'").await?;
            let said = "self.said.filter(it => it.includes('this page has no origin')).length === 1";
            reader.holds(said).await?;
            assert_eq!(client.list().await?.len(), 1);
            site.hold(None);
        }
    }
    Ok(())
}
