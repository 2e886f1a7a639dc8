//! The thread that comes in the script's own answer, or stands in the article already.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

const REQUESTS: &str =
    "performance.getEntriesByType('resource').map(it => it.name.split('/').pop().split('?')[0]).sort()";
const STRICT: &str =
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

async fn with_two_comments() -> Result<Server> {
    let server = Server::serve().await?;
    client(&server).post("Ann", "The <b>first</b> one", "first").await?;
    client(&server).post("Ann", "The second one", "second").await?;
    Ok(server)
}

async fn posts(reader: &Reader, server: &Server, text: &str) -> Result<()> {
    reader.writes("Ann", text).await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", text).await?;
    reader.holds("document.querySelector('.dumka-comment:last-child') === document.activeElement").await?;
    assert_eq!(client(server).list().await?.len(), 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_brings_loader_thread_and_style() -> Result<()> {
    let server = with_two_comments().await?;
    let own = server.url("");
    let body = format!("<script async src='{own}/embed.js?site=127.0.0.1&page=story&lang=en'></script>");
    let policy = format!(
        "default-src 'none'; script-src {own} 'wasm-unsafe-eval'; connect-src {own}; style-src {own}; {STRICT}"
    );
    let site = Site::with_policy(&policy, &body, String::new()).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts("dumka-comments[page=story][data-state=ready] .dumka-comment", 2).await?;
    reader.sees(".dumka-body", "The <b>first</b> one").await?;
    assert_eq!(reader.value(REQUESTS).await?, json!(["embed.js"]));
    reader.holds("getComputedStyle(document.querySelector('.dumka-list')).listStyleType === 'none'").await?;
    posts(&reader, &server, "Under a strict policy, with trusted types").await
}

#[tokio::test(flavor = "multi_thread")]
async fn loader_and_program_need_no_more_than_a_strict_policy_gives() -> Result<()> {
    let server = with_two_comments().await?;
    let own = server.url("");
    let body = format!("<script async src={own}/embed.js data-page=story></script>");
    let policy = format!(
        "default-src 'none'; script-src {own} 'wasm-unsafe-eval'; connect-src {own}; style-src {own}; {STRICT}"
    );
    let site = Site::with_policy(&policy, &body, String::new()).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 2).await?;
    posts(&reader, &server, "Under a strict policy").await?;
    reader.holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('.wasm'))").await
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_that_stands_in_the_article_is_used_without_a_request_until_the_reader_acts() -> Result<()> {
    let server = with_two_comments().await?;
    let files = json!(["embed.js", "widget.css"]);
    for (tag, style, files) in [
        ("<script async src=/embed.js></script>", "link", &files),
        ("<script src=/embed.js></script>", "link", &files),
        ("<script src=/embed.js></script>", "inline", &json!(["embed.js"])),
    ] {
        let fragment =
            format!("/api/v1/comments?site=127.0.0.1&page=story&format=html&lang=en&style={style}");
        let fragment = reqwest::get(server.url(&fragment)).await?.text().await?;
        let body = format!("{tag}<dumka-comments page=story>{fragment}</dumka-comments>");
        let site = Site::with_body(&body, server.url("")).await?;
        let reader = Reader::new().await?;
        reader.open(site.url()).await?;
        reader.counts("dumka-comments[data-state=ready] .dumka-comment", 2).await?;
        assert_eq!(reader.value(REQUESTS).await?, *files);
        reader.clicks(".dumka-add").await?;
        reader.counts("dumka-comments[data-composer=open]", 1).await?;
        reader
            .holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('.wasm'))")
            .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn element_that_moves_keeps_what_is_typed_before_the_program_is_there() -> Result<()> {
    let server = with_two_comments().await?;
    let body = "<div id=other></div><script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    site.hold(Some(".wasm"));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Typed before the move").await?;
    reader
        .value("void document.querySelector('#other').append(document.querySelector('dumka-comments'))")
        .await?;
    site.hold(None);
    reader.clicks(".dumka-submit").await?;
    reader.sees("#other .dumka-body", "Typed before the move").await?;
    assert_eq!(client(&server).list().await?.len(), 3);
    Ok(())
}
