//! Sites whose links replace the page's content, and pages that the browser restores: the comments are those of the
//! page that is shown, and alive.

use anyhow::Result;
use e2e::single_page::{discussed, is_alive, text_is};
use e2e::swapping_site::SwappingSite;
use e2e::{Client, Reader, Server, Site};
use tokio::sync::watch;

const TURBO: &str = "@hotwired/turbo/dist/turbo.es2017-umd.js";
const PJAX: &str = "pjax/pjax.min.js";

/// The element as a site's server writes it.
const ELEMENT: &str = "<dumka-comments page={page}></dumka-comments>";

/// Waits until the thread of this page is there, once, and all that is in it is alive.
async fn has_thread(reader: &Reader, server: &Server, [page, text]: [&str; 2]) -> Result<()> {
    reader.sees("article", &format!("About {page}")).await?;
    reader.sees(&format!("[page={page}] .dumka-body"), text).await?;
    is_alive(server, 1).await?;
    reader.counts("dumka-comments", 1).await?;
    reader.counts("section.dumka", 1).await?;
    reader.counts(".dumka-comment", 1).await?;
    reader.clicks(".dumka-reply").await?;
    reader.counts(".dumka-comment .dumka-form", 1).await?;
    reader.clicks(".dumka-comment .dumka-cancel").await
}

const ONE: [&str; 2] = ["one", "On the first page"];
const TWO: [&str; 2] = ["two", "On the second page"];

/// Reads the first page, writes there, and reads the second.
async fn goes_forth(reader: &Reader, server: &Server) -> Result<()> {
    has_thread(reader, server, ONE).await?;
    reader.value("void (window.kept = true)").await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.clicks("nav [href$=two]").await?;
    has_thread(reader, server, TWO).await?;
    text_is(reader, "").await
}

/// Is back on the first page by a link, and goes on by the browser's own ways back and forth.
async fn comes_back(reader: &Reader, server: &Server) -> Result<()> {
    has_thread(reader, server, ONE).await?;
    text_is(reader, "Half a thought").await?;
    reader.web().back().await?;
    has_thread(reader, server, TWO).await?;
    text_is(reader, "").await?;
    reader.web().forward().await?;
    has_thread(reader, server, ONE).await?;
    text_is(reader, "Half a thought").await?;
    reader.holds("window.kept").await
}

/// Counts what Turbo shows of a page before its answer is there.
const COUNTS_PREVIEWS: &str = "void (window.previews = 0, document.addEventListener('turbo:render', \
    () => (window.previews += document.documentElement.hasAttribute('data-turbo-preview'))))";

async fn turbo_goes_forth_and_back(comments: &'static str) -> Result<()> {
    let server = discussed().await?;
    // An answer that is fetched as the pointer comes near is there at once, and nothing of the page is shown before it.
    let head = "<meta name=turbo-prefetch content=false><script src=/program.js></script>\
        <script src=/embed.js data-lang=en></script>";
    let (gate, is_open) = watch::channel(true);
    let site = SwappingSite { program: TURBO, head, comments }.serve_when(&server, is_open).await?;
    let reader = Reader::with_whole_browser().await?;
    reader.open(&format!("{}pages/one", site.url())).await?;
    reader.value(COUNTS_PREVIEWS).await?;
    goes_forth(&reader, &server).await?;
    gate.send_replace(false);
    reader.clicks("nav [href$=one]").await?;
    reader.holds("window.previews === 1").await?;
    gate.send_replace(true);
    comes_back(&reader, &server).await
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_in_pages_that_turbo_exchanges_have_their_threads() -> Result<()> {
    turbo_goes_forth_and_back(ELEMENT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_in_pages_that_turbo_exchanges_place_their_threads() -> Result<()> {
    turbo_goes_forth_and_back("<script src=/embed.js data-page={page}></script>").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_turbo_brings_back_hears_of_new_comments_by_itself() -> Result<()> {
    let server = discussed().await?;
    let head = "<script src=/program.js></script><script src=/embed.js></script>";
    let site = SwappingSite { program: TURBO, head, comments: ELEMENT }.serve(&server).await?;
    let reader = Reader::with_whole_browser().await?;
    reader.open(&format!("{}pages/one", site.url())).await?;
    is_alive(&server, 1).await?;
    reader.clicks("nav [href$=two]").await?;
    reader.sees(".dumka-body", TWO[1]).await?;
    let client = Client::new(server.url("/api/v1/comments"), "one");
    client.post("Bob", "Meanwhile", "meanwhile").await?;
    reader.web().back().await?;
    reader.sees(".dumka-body", "Meanwhile").await?;
    is_alive(&server, 1).await?;
    client.post("Bob", "And now", "now").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    reader.counts(".dumka-comment", 2).await
}

/// Writes half a thought on the first page, and has Turbo draw that page anew with as few changes as it can.
async fn is_refreshed_by_morphing(server: &Server, comments: &'static str) -> Result<(Site, Reader)> {
    let head = "<meta name=turbo-refresh-method content=morph><script src=/program.js></script><script src=/embed.js></script>";
    let site = SwappingSite { program: TURBO, head, comments }.serve(server).await?;
    let reader = Reader::new().await?;
    reader.open(&format!("{}pages/one", site.url())).await?;
    has_thread(&reader, server, ONE).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader
        .value(
            "void (window.kept = document.querySelector('section.dumka'), document.querySelector('article').append('!'), \
            document.addEventListener('turbo:render', ({ detail }) => (window.way = detail.renderMethod)), \
            Turbo.session.refresh(location.href))",
        )
        .await?;
    reader.holds("window.way === 'morph'").await?;
    reader.holds("document.querySelector('article').textContent === 'About one'").await?;
    Ok((site, reader))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_by_morphing_leaves_the_thread_that_turbo_is_told_to_keep() -> Result<()> {
    let server = discussed().await?;
    let comments = "<dumka-comments page={page} data-turbo-permanent></dumka-comments>";
    let (_site, reader) = is_refreshed_by_morphing(&server, comments).await?;
    reader.holds("document.querySelector('section.dumka') === window.kept").await?;
    text_is(&reader, "Half a thought").await?;
    has_thread(&reader, &server, ONE).await?;
    reader.clicks("nav [href$=two]").await?;
    has_thread(&reader, &server, TWO).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_by_morphing_that_empties_the_element_is_made_good() -> Result<()> {
    let server = discussed().await?;
    let (_site, reader) = is_refreshed_by_morphing(&server, ELEMENT).await?;
    has_thread(&reader, &server, ONE).await?;
    reader.holds("document.querySelector('section.dumka') !== window.kept").await?;
    text_is(&reader, "Half a thought").await
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_in_bodies_that_pjax_exchanges_have_their_threads() -> Result<()> {
    let server = discussed().await?;
    let start = "<script src=/program.js></script><script>addEventListener('DOMContentLoaded', () => new Pjax({ \
        selectors: ['title', 'body'], switches: { body: Pjax.switches.innerHTML } }))</script>";
    let comments = "<dumka-comments page={page}></dumka-comments><script src=/embed.js></script>";
    let site = SwappingSite { program: PJAX, head: start, comments }.serve(&server).await?;
    let reader = Reader::new().await?;
    reader.open(&format!("{}pages/one", site.url())).await?;
    goes_forth(&reader, &server).await?;
    reader.clicks("nav [href$=one]").await?;
    comes_back(&reader, &server).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_the_browser_brings_back_goes_on_where_it_was() -> Result<()> {
    let server = discussed().await?;
    let site = SwappingSite { program: TURBO, head: "<script src=/embed.js></script>", comments: ELEMENT }
        .serve(&server)
        .await?;
    let reader = Reader::with_whole_browser().await?;
    let [one, two] = ["one", "two"].map(|page| format!("{}pages/{page}", site.url()));
    reader.open(&one).await?;
    has_thread(&reader, &server, ONE).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader
        .value("void addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted))")
        .await?;
    reader.value(&format!("void (location.href = '{two}')")).await?;
    has_thread(&reader, &server, TWO).await?;
    let client = Client::new(server.url("/api/v1/comments"), "one");
    client.post("Bob", "Meanwhile", "meanwhile").await?;
    reader.web().back().await?;
    let new = if reader.keeps_followed_pages() {
        reader.holds("window.persisted").await?;
        reader.sees(".dumka-new", "1 new comment").await?;
        "2 new comments"
    } else {
        reader.sees(".dumka-body", "Meanwhile").await?;
        "1 new comment"
    };
    text_is(&reader, "Half a thought").await?;
    is_alive(&server, 1).await?;
    client.post("Bob", "And now", "now").await?;
    reader.sees(".dumka-new", new).await
}

/// Waits until the comment of this address is at the top of the view, alone in standing out.
async fn is_led_to(reader: &Reader, id: &str) -> Result<()> {
    let at_top =
        format!("Math.abs(document.querySelector('#comment-{id}')?.getBoundingClientRect().top ?? 1e9) <= 8");
    reader.holds(&at_top).await?;
    reader.counts("[aria-current=location]", 1).await?;
    reader.counts(&format!("#comment-{id}[aria-current=location]"), 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permalink_leads_to_its_comment_forth_and_back() -> Result<()> {
    let server = discussed().await?;
    let client = Client::new(server.url("/api/v1/comments"), "two");
    let mut ids = Vec::new();
    for number in 0..40 {
        ids.push(client.post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?);
    }
    let head = "<script src=/program.js></script><script src=/embed.js></script>";
    let comments = "<dumka-comments page={page}></dumka-comments><p style='height:200vh'>";
    let site = SwappingSite { program: TURBO, head, comments }.serve(&server).await?;
    let reader = Reader::with_whole_browser().await?;
    reader.open(&format!("{}pages/one", site.url())).await?;
    has_thread(&reader, &server, ONE).await?;
    reader.value(&format!("void Turbo.visit('/pages/two#comment-{}')", ids[30])).await?;
    is_led_to(&reader, &ids[30]).await?;
    is_alive(&server, 1).await?;
    // Links within a page are the browser's own.
    reader.value(&format!("void (location.hash = 'comment-{}')", ids[5])).await?;
    is_led_to(&reader, &ids[5]).await?;
    reader.web().back().await?;
    is_led_to(&reader, &ids[30]).await?;
    reader.web().back().await?;
    has_thread(&reader, &server, ONE).await?;
    reader.web().forward().await?;
    is_led_to(&reader, &ids[30]).await?;
    is_alive(&server, 1).await
}
