//! Forms without scripts on pages as they are: in an old encoding, and without a referrer.

use anyhow::Result;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use e2e::{Client, Reader, Server, Site};

/// A page whose bytes are in windows-1251, with the thread in it as the server drew it; no script will run there.
async fn page(server: &Server, head: &str, fragment: &str) -> Result<Site> {
    let html = format!(
        "<!doctype html><html lang=uk><title>.</title>{head}<p id=end><dumka-comments>{fragment}</dumka-comments>"
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&html);
    let bytes = bytes.into_owned();
    let page = get(async move || ([(CONTENT_TYPE, "text/html; charset=windows-1251")], bytes));
    Site::with_pages(Router::new().route("/", page), server.url("")).await
}

async fn fragment(server: &Server) -> Result<String> {
    let list = server.url("/api/v1/comments?site=127.0.0.1&page=story&format=html&lang=uk");
    Ok(reqwest::get(list).await?.text().await?)
}

async fn texts(server: &Server) -> Result<String> {
    Ok(serde_json::to_string(&Client::new(server.url("/api/v1/comments"), "story").list().await?)?)
}

const WORDS: &str = "Їжак — це «добре» і ♥ 日本";

#[tokio::test(flavor = "multi_thread")]
async fn form_on_a_page_in_an_old_encoding_sends_every_letter() -> Result<()> {
    let server = Server::public().await?;
    let drawn = fragment(&server).await?;
    // As pages hold it that were made before the form said how to send it.
    let before = drawn.replace(" accept-charset=\"utf-8\"", "");
    assert_ne!(before, drawn);
    for (fragment, name) in [(drawn, "Оля"), (before, "Ґанна")] {
        let site = page(&server, "", &fragment).await?;
        let reader = Reader::new().await?;
        reader.web().goto(site.url()).await?;
        reader.writes(name, WORDS).await?;
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-body", WORDS).await?;
        let all = texts(&server).await?;
        assert!(all.contains(name) && all.contains(WORDS), "{all}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn form_on_a_page_without_referrer_ends_on_the_threads_page_with_its_words() -> Result<()> {
    let server = Server::public().await?;
    let site = page(&server, "<meta name=referrer content=no-referrer>", &fragment(&server).await?).await?;
    let reader = Reader::new().await?;
    reader.web().goto(site.url()).await?;
    reader.writes("Оля", WORDS).await?;
    reader.clicks(".dumka-submit").await?;
    reader.holds("location.pathname === '/thread'").await?;
    if texts(&server).await? == "[]" {
        reader.sees(".dumka-error", "текст збережено").await?;
        reader.holds(&format!("document.querySelector('[name=text]').value === '{WORDS}'")).await?;
        reader.clicks(".dumka-submit").await?;
    }
    reader.sees(".dumka-body", WORDS).await?;
    assert!(texts(&server).await?.contains("Оля"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn form_whose_thread_cannot_be_shown_ends_on_a_page_with_its_words() -> Result<()> {
    let server = Server::public().await?;
    let broken = fragment(&server).await?.replace("site=127.0.0.1", "site=");
    let site = page(&server, "", &broken).await?;
    let reader = Reader::new().await?;
    reader.web().goto(site.url()).await?;
    reader.writes("Оля", WORDS).await?;
    reader.clicks(".dumka-submit").await?;
    reader.holds(&format!("document.querySelector('textarea')?.value === '{WORDS}'")).await?;
    reader.sees("h1", "не надіслано").await?;
    reader
        .holds(
            "document.querySelector('[name=name]').value === 'Оля' && document.documentElement.lang === 'uk'",
        )
        .await
}
