//! On sites that keep one page and change what is on it, the comments go along.

use anyhow::{Context, Result};
use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use e2e::{Client, Reader, Server, Site, packages, until};
use serde_json::json;

const REACT: &str = "react.jsx";
const VUE: &str = "vue.js";

/// What the site shows first; the loader is there before.
const SHOWN: &str = "{ page: 'one', lang: 'en', load: 'eager', order: ['article', 'comments'] }";

const LISTS: &str =
    "performance.getEntriesByType('resource').filter(it => it.name.includes('format=html')).length";

/// A server with a comment in the threads `one` and `two`.
async fn discussed() -> Result<Server> {
    let server = Server::serve().await?;
    for (page, text) in [("one", "On the first page"), ("two", "On the second page")] {
        Client::new(server.url("/api/v1/comments"), page).post("Ann", text, page).await?;
    }
    Ok(server)
}

/// A site made with a framework, in whose page the comments stand; `drawn` by the site's server.
async fn made_with(app: &str, drawn: &str, server: &Server) -> Result<Site> {
    let program = packages::bundle(app)?;
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href=data:,><div id=root>{drawn}</div>\
         <script src=/embed.js></script><script>window.shown = {SHOWN}</script><script src=/app.js></script>"
    );
    let script = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    let pages = Router::new()
        .route("/", get(async || Html(page)))
        .route("/app.js", get(async move || (script, program)));
    Site::with_pages(pages, server.url("")).await
}

/// Has the site show something else, as its router would.
async fn show(reader: &Reader, what: &str) -> Result<()> {
    reader.value(&format!("void dispatchEvent(new CustomEvent('show', {{ detail: {what} }}))")).await?;
    Ok(())
}

/// Waits until the program has the thread and follows it, alone.
async fn is_alive(server: &Server, streams: usize) -> Result<()> {
    until(&format!("{streams} streams are open"), async || {
        let metrics = reqwest::get(server.url("/metrics")).await?.text().await?;
        let open = metrics.lines().find_map(|line| line.strip_prefix("dumka_streams_open "));
        Ok((open.context("streams are counted")?.trim() == streams.to_string()).then_some(()))
    })
    .await
}

async fn text_is(reader: &Reader, text: &str) -> Result<()> {
    reader.holds(&format!("document.querySelector('[name=text]')?.value === {}", json!(text))).await
}

async fn each_page_keeps_its_thread_and_words(app: &str) -> Result<()> {
    let server = discussed().await?;
    let site = made_with(app, "", &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    reader.sees(".dumka-body", "On the first page").await?;
    reader.writes("Ann", "Half a thought").await?;

    show(&reader, "{ page: 'two' }").await?;
    reader.sees(".dumka-body", "On the second page").await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.counts("section.dumka", 1).await?;
    text_is(&reader, "").await?;
    is_alive(&server, 1).await?;
    reader.clicks(".dumka-add").await?;
    reader.types(".dumka-form [name=text]", "Another one").await?;

    show(&reader, "{ page: 'one' }").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    text_is(&reader, "Half a thought").await?;
    show(&reader, "{ page: 'two' }").await?;
    reader.sees(".dumka-body", "On the second page").await?;
    text_is(&reader, "Another one").await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_of_a_react_site_keeps_its_thread_and_words() -> Result<()> {
    each_page_keeps_its_thread_and_words(REACT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_of_a_vue_site_keeps_its_thread_and_words() -> Result<()> {
    each_page_keeps_its_thread_and_words(VUE).await
}

async fn settings_change_on_the_spot(app: &str) -> Result<()> {
    let server = discussed().await?;
    let site = made_with(app, "", &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.value("void (window.kept = document.querySelector('section.dumka'))").await?;
    show(&reader, "{ theme: 'dark' }").await?;
    reader.holds("getComputedStyle(document.querySelector('dumka-comments')).colorScheme === 'dark'").await?;
    reader.holds("document.querySelector('section.dumka') === window.kept").await?;

    let lists = reader.value(LISTS).await?;
    show(&reader, "{ lang: 'uk', limit: 5, sort: 'newest' }").await?;
    reader.sees(".dumka-count", "Коментарі (1)").await?;
    text_is(&reader, "Half a thought").await?;
    is_alive(&server, 1).await?;
    reader.holds(&format!("{LISTS} === {lists} + 1")).await?;
    // The attribute has the name of a method, which stays.
    reader.holds("typeof document.querySelector('dumka-comments').load === 'function'").await?;
    reader.counts("dumka-comments[load=eager]", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_a_react_element_change_on_the_spot() -> Result<()> {
    settings_change_on_the_spot(REACT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_a_vue_element_change_on_the_spot() -> Result<()> {
    settings_change_on_the_spot(VUE).await
}

async fn a_moved_element_goes_on_and_a_removed_one_ends(app: &str) -> Result<()> {
    let server = discussed().await?;
    let site = made_with(app, "", &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.value("void (window.kept = document.querySelector('section.dumka'))").await?;
    let lists = reader.value(LISTS).await?;

    show(&reader, "{ order: ['comments', 'article'] }").await?;
    reader.counts("dumka-comments:first-child + article", 1).await?;
    show(&reader, "{ order: ['article', 'comments'] }").await?;
    reader.counts("article + dumka-comments", 1).await?;
    reader.holds("document.querySelector('section.dumka') === window.kept").await?;
    text_is(&reader, "Half a thought").await?;
    reader.counts("dumka-comments[data-composer=open]", 1).await?;
    reader.holds(&format!("{LISTS} === {lists}")).await?;
    is_alive(&server, 1).await?;

    show(&reader, "{ order: ['article'] }").await?;
    reader.counts("dumka-comments", 0).await?;
    is_alive(&server, 0).await?;
    show(&reader, "{ order: ['article', 'comments'] }").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    is_alive(&server, 1).await?;
    text_is(&reader, "Half a thought").await?;
    reader.counts("section.dumka", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_react_element_goes_on_and_a_removed_one_ends() -> Result<()> {
    a_moved_element_goes_on_and_a_removed_one_ends(REACT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_vue_element_goes_on_and_a_removed_one_ends() -> Result<()> {
    a_moved_element_goes_on_and_a_removed_one_ends(VUE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_react_finds_drawn_keeps_the_thread_that_is_in_it() -> Result<()> {
    let server = discussed().await?;
    let drawn = "<main><article>About <!-- -->one</article><dumka-comments page=one lang=en load=eager></dumka-comments></main>";
    let site = made_with(REACT, drawn, &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.value("void (window.kept = document.querySelector('section.dumka'), window.start())").await?;
    // React listens once it has taken the page over.
    reader.holds("(dispatchEvent(new CustomEvent('show', { detail: { theme: 'dark' } })), document.querySelector('[theme=dark]') !== null)").await?;
    reader.holds("document.querySelector('section.dumka') === window.kept").await?;
    text_is(&reader, "Half a thought").await?;
    reader.holds("window.failures.length === 0").await?;
    show(&reader, "{ order: ['article'] }").await?;
    is_alive(&server, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_former_page_answers_late_is_never_shown() -> Result<()> {
    let server = discussed().await?;
    let site = made_with(REACT, "", &server).await?;
    site.hold(Some("page=one"));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts("dumka-comments[data-state=loading]", 1).await?;
    reader.value("void new MutationObserver(() => (window.former ||= document.body.innerText.includes('On the first page'))).observe(document.body, { childList: true, subtree: true, characterData: true })").await?;
    show(&reader, "{ page: 'two' }").await?;
    reader.sees(".dumka-body", "On the second page").await?;
    site.hold(None);
    is_alive(&server, 1).await?;
    let late =
        "performance.getEntriesByType('resource').some(it => it.name.includes('page=one') && it.responseEnd)";
    reader.holds(late).await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.holds("!window.former").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_is_on_its_way_when_its_page_goes_is_taken_once() -> Result<()> {
    let server = discussed().await?;
    let site = made_with(VUE, "", &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    reader.writes("Ann", "Sent in haste").await?;
    site.hold(Some("/api/v1/comments"));
    reader.clicks(".dumka-form .dumka-submit").await?;
    reader.counts("dumka-comments[data-composer=sending]", 1).await?;
    show(&reader, "{ order: ['article'] }").await?;
    reader.counts("dumka-comments", 0).await?;
    site.hold(None);
    let client = Client::new(server.url("/api/v1/comments"), "one");
    until("it is taken", async || Ok((client.list().await?.len() == 2).then_some(()))).await?;

    // The outcome is not known here: the words are kept, and sent again they are the same comment.
    show(&reader, "{ order: ['article', 'comments'] }").await?;
    reader.sees(".dumka-body", "Sent in haste").await?;
    is_alive(&server, 1).await?;
    text_is(&reader, "Sent in haste").await?;
    reader.clicks(".dumka-add").await?;
    reader.clicks(".dumka-form .dumka-submit").await?;
    text_is(&reader, "").await?;
    reader.counts(".dumka-comment", 2).await?;
    assert_eq!(client.list().await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_that_vue_keeps_aside_comes_back_to_its_thread() -> Result<()> {
    let server = discussed().await?;
    let site = made_with(VUE, "", &server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_alive(&server, 1).await?;
    show(&reader, "{ order: ['kept'] }").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.value("void (window.aside = document.querySelector('dumka-comments'))").await?;
    for _ in 0..3 {
        show(&reader, "{ order: [] }").await?;
        reader.counts("dumka-comments", 0).await?;
        is_alive(&server, 0).await?;
        show(&reader, "{ order: ['kept'] }").await?;
        reader.holds("document.querySelector('dumka-comments') === window.aside").await?;
        reader.sees(".dumka-body", "On the first page").await?;
        is_alive(&server, 1).await?;
        reader.counts("section.dumka", 1).await?;
        text_is(&reader, "Half a thought").await?;
    }
    Ok(())
}
