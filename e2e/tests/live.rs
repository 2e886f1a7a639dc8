//! The live stream: a hidden page has none, and a stream that ends is opened again.

use anyhow::Result;
use e2e::story::{self, streams};
use e2e::{Client, Reader, Server, Site};

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_is_not_seen_is_told_nothing_and_catches_up() -> Result<()> {
    let server = Server::serve().await?;
    let voted = client(&server).post("Ann", "First.", "first").await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    story::is_hydrated(&reader, 1).await?;
    streams(&server, 1).await?;
    client(&server).post("Ben", "Second.", "second").await?;
    reader.sees(".dumka-new", "1 new comment").await?;

    reader.looks_away().await?;
    streams(&server, 0).await?;
    client(&server).post("Ben", "Third.", "third").await?;
    client(&server).reply(&voted, "Ben", "Fourth.", "fourth").await?;

    reader.looks_back().await?;
    reader.sees(".dumka-new", "3 new comments").await?;
    reader.clicks(".dumka-new").await?;
    reader.counts(".dumka-comment", 4).await?;
    reader.sees(".dumka-count", "(4)").await?;
    streams(&server, 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_the_reader_comes_back_to_knows_what_was_written_meanwhile() -> Result<()> {
    let server = Server::serve().await?;
    client(&server).post("Ann", "First.", "first").await?;
    let (site, other) =
        (Site::with_body(TAG, server.url("")).await?, Site::with_body("", String::new()).await?);
    let reader = Reader::with_whole_browser().await?;
    reader.open(site.url()).await?;
    story::is_hydrated(&reader, 1).await?;
    streams(&server, 1).await?;
    reader.web().goto(other.url()).await?;
    streams(&server, 0).await?;
    let text = "Written while the reader was away.";
    client(&server).post("Ben", text, "second").await?;

    // The browser may have kept the page as it was, or load it anew.
    reader.web().back().await?;
    reader.sees(".dumka-count", "(2)").await?;
    if reader.count(".dumka-comment").await? == 1 {
        reader.clicks(".dumka-new").await?;
    }
    reader.sees(".dumka-body", text).await?;
    streams(&server, 1).await?;
    client(&server).post("Ben", "Third.", "third").await?;
    reader.sees(".dumka-new", "1 new comment").await
}

#[tokio::test(flavor = "multi_thread")]
async fn stream_that_the_server_ends_is_opened_again() -> Result<()> {
    let mut server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    story::is_hydrated(&reader, 1).await?;
    streams(&server, 1).await?;
    server.stop().await?;
    server.restart().await?;
    streams(&server, 1).await?;
    client(&server).post("Ben", "After the restart.", "after").await?;
    reader.sees(".dumka-new", "1 new comment").await
}

#[tokio::test(flavor = "multi_thread")]
async fn widget_that_leaves_the_page_leaves_the_stream() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    story::is_hydrated(&reader, 1).await?;
    streams(&server, 1).await?;
    reader.value("void document.querySelector('dumka-comments').remove()").await?;
    streams(&server, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_far_from_the_view_is_not_followed_and_catches_up() -> Result<()> {
    let server = Server::serve().await?;
    client(&server).post("Ann", "First.", "first").await?;
    let site =
        Site::with_body(&format!("<div id=above style=height:9000px></div>{TAG}"), server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    story::is_hydrated(&reader, 1).await?;
    streams(&server, 1).await?;

    reader.value("void scrollTo(0, 0)").await?;
    streams(&server, 0).await?;
    client(&server).post("Ben", "Second.", "second").await?;
    client(&server).post("Ben", "Third.", "third").await?;
    reader.counts(".dumka-new", 0).await?;

    reader.value("void document.querySelector('dumka-comments').scrollIntoView()").await?;
    reader.sees(".dumka-new", "2 new comments").await?;
    streams(&server, 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_is_followed_on_where_another_subscription_of_its_element_ends() -> Result<()> {
    // A script of the page: Firefox lets no driver import modules.
    const ENDS: &str = "<script>endsAnother = () => import(performance.getEntriesByType('resource').find(it => it.name.endsWith('live.js')).name)
        .then(({ subscribe }) => {
          const host = document.querySelector('dumka-comments')
          const endpoint = new URL('/api/v1/comments', location).href
          const end = subscribe({ endpoint, site: location.hostname, page: 'story', after: 0, host }, { on_live_event() {} })
          new IntersectionObserver((_, seen) => (seen.disconnect(), setTimeout(() => (end(), self.ended = true)))).observe(host)
        })</script>";
    let server = Server::serve().await?;
    let body = format!("{ENDS}<div id=above style=height:9000px></div>{TAG}");
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    story::is_live(&reader).await?;
    streams(&server, 1).await?;
    reader.value("void endsAnother()").await?;
    reader.holds("self.ended === true").await?;

    reader.value("void scrollTo(0, 0)").await?;
    streams(&server, 0).await?;
    client(&server).post("Ben", "Written meanwhile.", "meanwhile").await?;
    reader.value("void document.querySelector('dumka-comments').scrollIntoView()").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    streams(&server, 1).await
}
