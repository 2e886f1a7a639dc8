//! Readers choose the order of the comments.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, story};

const FIRST: &str = "document.querySelector('.dumka-list .dumka-body')?.textContent";

fn tag(page: &str) -> String {
    format!("<script async src=/embed.js></script><dumka-comments page={page} load=eager></dumka-comments>")
}

async fn discussed(server: &Server, page: &str) -> Result<Vec<String>> {
    let client = Client::new(server.url("/api/v1/comments"), page);
    let mut ids = Vec::new();
    for text in ["First.", "Second.", "Third."] {
        ids.push(client.post("Ann", text, &format!("{page}-{text}")).await?);
    }
    Ok(ids)
}

async fn open(reader: &Reader, url: &str) -> Result<()> {
    reader.open(url).await?;
    story::is_hydrated(reader, 1).await
}

async fn is_first(reader: &Reader, text: &str) -> Result<()> {
    reader.holds(&format!("{FIRST} === '{text}'")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn choice_is_kept_for_the_next_time_and_for_the_other_pages_of_the_site() -> Result<()> {
    let server = Server::serve().await?;
    discussed(&server, "story").await?;
    discussed(&server, "other").await?;
    let site = Site::with_body(&tag("story"), server.url("")).await?;
    let reader = Reader::new().await?;
    open(&reader, site.url()).await?;
    is_first(&reader, "First.").await?;
    reader.counts(".dumka-oldest[aria-current]", 1).await?;

    reader.clicks(".dumka-newest").await?;
    is_first(&reader, "Third.").await?;
    reader.counts(".dumka-sort [aria-current]", 1).await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    assert_eq!(reader.value("location.pathname + location.search").await?, "/");

    open(&reader, site.url()).await?;
    is_first(&reader, "Third.").await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    // What a page of the same site stands for here: another thread on the same origin.
    reader.value("void document.querySelector('dumka-comments').setAttribute('page', 'other')").await?;
    reader.counts(".dumka-comment", 3).await?;
    is_first(&reader, "Third.").await?;

    reader.clicks(".dumka-oldest").await?;
    is_first(&reader, "First.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn best_are_those_that_others_agreed_with() -> Result<()> {
    let server = Server::serve().await?;
    let ids = discussed(&server, "story").await?;
    let site = Site::with_body(&tag("story"), server.url("")).await?;
    let (voter, reader) = (Reader::new().await?, Reader::new().await?);
    open(&voter, site.url()).await?;
    voter.clicks(&format!("[id='comment-{}'] .dumka-vote-up", ids[1])).await?;
    open(&reader, site.url()).await?;
    reader.sees(&format!("[id='comment-{}'] .dumka-score", ids[1]), "1").await?;
    reader.clicks(".dumka-best").await?;
    is_first(&reader, "Second.").await?;
    reader.counts(".dumka-comment", 3).await?;
    open(&reader, site.url()).await?;
    is_first(&reader, "Second.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn new_ones_stand_first_where_the_newest_do() -> Result<()> {
    let server = Server::serve().await?;
    discussed(&server, "story").await?;
    let site = Site::with_body(&tag("story"), server.url("")).await?;
    let reader = Reader::new().await?;
    open(&reader, site.url()).await?;
    reader.clicks(".dumka-newest").await?;
    is_first(&reader, "Third.").await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    for text in ["Fourth.", "Fifth."] {
        client.post("Ben", text, text).await?;
    }
    reader.sees(".dumka-new", "2 new comments").await?;
    is_first(&reader, "Third.").await?;
    reader.clicks(".dumka-new").await?;
    is_first(&reader, "Fifth.").await?;
    reader.holds("document.activeElement === document.querySelector('.dumka-list .dumka-comment')").await?;

    reader.writes("Ann", "Sixth.").await?;
    reader.clicks(".dumka-composer .dumka-submit").await?;
    is_first(&reader, "Sixth.").await?;
    reader.counts(".dumka-comment", 6).await?;
    open(&reader, site.url()).await?;
    is_first(&reader, "Sixth.").await?;
    reader.counts(".dumka-comment", 6).await
}
