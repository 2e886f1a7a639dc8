//! An element that scripts create, move, copy and remove stays one thread.

use anyhow::Result;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use e2e::single_page::discussed;
use e2e::{Reader, Server, Site};

/// A page without an element of its own, whose loader is there.
async fn opened(body: &str) -> Result<(Server, Site, Reader)> {
    let server = discussed().await?;
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.web().goto(site.url()).await?;
    Ok((server, site, reader))
}

const EMPTY: &str = "<span data-dumka-count></span><main></main><script src=/embed.js></script>";

#[tokio::test(flavor = "multi_thread")]
async fn an_element_is_moved_with_all_that_is_in_it() -> Result<()> {
    let (_server, _site, reader) = opened(EMPTY).await?;
    reader.value("void (document.querySelector('main').innerHTML = '<p></p><div></div><dumka-comments page=one load=eager></dumka-comments>')").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    reader.writes("Ann", "Half a thought").await?;
    // What the program alone can do says that it is there.
    reader.clicks(".dumka-comment .dumka-reply").await?;
    reader.counts(".dumka-comment .dumka-form", 1).await?;
    reader.value("void (window.kept = document.querySelector('section.dumka'))").await?;
    reader.value("document.querySelector('div').append(document.querySelector('dumka-comments'))").await?;
    reader.counts("div > dumka-comments", 1).await?;
    reader
        .value(
            "void (it => it.moveBefore ? it.moveBefore(document.querySelector('dumka-comments'), null) \
            : it.append(document.querySelector('dumka-comments')))(document.querySelector('main'))",
        )
        .await?;
    reader.counts("main > dumka-comments", 1).await?;
    reader.clicks(".dumka-comment .dumka-cancel").await?;
    reader.counts(".dumka-comment .dumka-form", 0).await?;
    reader.holds("document.querySelector('section.dumka') === window.kept").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Half a thought'").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_alive_and_a_copy_for_another_page_has_that_pages_thread() -> Result<()> {
    let (_server, _site, reader) = opened(EMPTY).await?;
    reader.value("document.querySelector('main').append(Object.assign(document.createElement('dumka-comments'), { load: 'eager' }))").await?;
    reader.value("document.querySelector('dumka-comments').setAttribute('page', 'one')").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    reader
        .value(
            "void (it => { const [same, other] = [it.cloneNode(true), it.cloneNode(true)]; \
            other.setAttribute('page', 'two'); it.replaceWith(same); same.after(other) })(document.querySelector('dumka-comments'))",
        )
        .await?;
    reader.sees("[page=two] .dumka-body", "On the second page").await?;
    reader.sees("[page=one] .dumka-body", "On the first page").await?;
    for page in ["[page=one]", "[page=two]"] {
        reader.clicks(&format!("{page} .dumka-reply")).await?;
        reader.counts(&format!("{page} .dumka-comment .dumka-form"), 1).await?;
        reader.counts(&format!("{page} .dumka-comment"), 1).await?;
        reader.counts(&format!("{page} section.dumka"), 1).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_run_again_beside_its_element_makes_no_second_one() -> Result<()> {
    let (_server, _site, reader) =
        opened("<main><script src=/embed.js data-page=one></script></main>").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    // As sites do that bring back a page they have kept: what stood there is copied, and scripts are made anew.
    reader
        .value(
            "void (main => { const again = main.cloneNode(true), tag = document.createElement('script'); \
            for (const { name, value } of again.firstChild.attributes) tag.setAttribute(name, value); \
            tag.onload = () => (window.ran = true); again.firstChild.replaceWith(tag); main.replaceWith(again) })(document.querySelector('main'))",
        )
        .await?;
    reader.holds("window.ran").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    reader.counts("dumka-comments", 1).await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.holds("document.adoptedStyleSheets.length <= 2").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_in_the_head_leaves_it_to_the_site_to_add_elements() -> Result<()> {
    let server = discussed().await?;
    let page = "<!doctype html><html lang=en><head><link rel=icon href=data:,><script src=/embed.js></script></head><main></main>";
    let pages = Router::new().route("/late", get(async move || Html(page)));
    let site = Site::with_pages(pages, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.web().goto(format!("{}late#comment-1", site.url())).await?;
    reader.holds("document.readyState === 'complete'").await?;
    reader.counts("dumka-comments", 0).await?;
    reader
        .value(
            "void (document.querySelector('main').innerHTML = '<dumka-comments page=one></dumka-comments>')",
        )
        .await?;
    reader.sees("main .dumka-body", "On the first page").await?;
    reader.counts("dumka-comments", 1).await
}
