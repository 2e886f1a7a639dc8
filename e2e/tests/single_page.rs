//! On sites that keep one page and change what is on it, the comments go along.

use anyhow::Result;
use e2e::single_page::{REACT, VUE, is_alive, opened, show, text_is};

const LISTS: &str =
    "performance.getEntriesByType('resource').filter(it => it.name.includes('format=tree')).length";

async fn each_page_keeps_its_thread_and_words(app: &str) -> Result<()> {
    let (server, _site, reader) = opened(app, "").await?;
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
    let (server, _site, reader) = opened(app, "").await?;
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
    let (server, _site, reader) = opened(app, "").await?;
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
    let drawn = "<main><article>About <!-- -->one</article><dumka-comments page=one lang=en load=eager></dumka-comments></main>";
    let (server, _site, reader) = opened(REACT, drawn).await?;
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
async fn another_site_is_another_thread_and_another_token_begins_anew() -> Result<()> {
    let (server, _site, reader) = opened(REACT, "").await?;
    reader.writes("Ann", "Half a thought").await?;
    let lists = reader.value(LISTS).await?;
    show(&reader, "{ token: 'a.b.c' }").await?;
    reader.holds(&format!("{LISTS} === {lists} + 1")).await?;
    text_is(&reader, "Half a thought").await?;
    is_alive(&server, 1).await?;

    show(&reader, "{ site: 'localhost' }").await?;
    reader.counts("dumka-comments[data-state=empty]", 1).await?;
    reader.counts(".dumka-comment", 0).await?;
    is_alive(&server, 1).await?;
    text_is(&reader, "").await?;
    show(&reader, "{ site: '127.0.0.1' }").await?;
    reader.sees(".dumka-body", "On the first page").await?;
    text_is(&reader, "Half a thought").await?;
    is_alive(&server, 1).await
}
