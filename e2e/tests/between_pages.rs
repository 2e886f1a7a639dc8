//! A single-page site goes on to another page while something is under way: nothing is lost, nothing disturbs the next.

use anyhow::Result;
use e2e::single_page::{REACT, VUE, discussed, is_alive, made_with, opened, show, text_is};
use e2e::{Client, Reader, until};

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
    let (server, site, reader) = opened(VUE, "").await?;
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
    let (server, _site, reader) = opened(VUE, "").await?;
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
