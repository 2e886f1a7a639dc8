//! Streams that a proxy or a virus scanner buffers: noticed by their silence, and replaced
//! by polling.

use anyhow::Result;
use e2e::story::{client, is_hydrated, streams};
use e2e::{Reader, Server, Site};

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";

#[tokio::test(flavor = "multi_thread")]
async fn comments_come_also_where_streams_are_held_back_until_they_end() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold_streams(true);
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_hydrated(&reader, 1).await?;
    client(&server).post("Ben", "Through the proxy.", "first").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    client(&server).post("Ben", "And once more.", "second").await?;
    reader.sees(".dumka-new", "2 new comments").await?;

    // Who comes back is told at once, and a stream is tried again.
    reader.looks_away().await?;
    client(&server).post("Ben", "Meanwhile.", "third").await?;
    site.hold_streams(false);
    reader.looks_back().await?;
    reader.sees(".dumka-new", "3 new comments").await?;
    streams(&server, 1).await?;
    client(&server).post("Ben", "By the stream.", "fourth").await?;
    reader.sees(".dumka-new", "4 new comments").await
}

#[tokio::test(flavor = "multi_thread")]
async fn stream_that_falls_silent_is_given_up() -> Result<()> {
    let server = Server::with(&[("DUMKA_LIMITS__HEARTBEAT_SECS", "1")]).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    streams(&server, 1).await?;
    client(&server).post("Ben", "By the stream.", "first").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    streams(&server, 1).await?;

    site.hold_streams(true);
    streams(&server, 0).await?;
    client(&server).post("Ben", "By a question.", "second").await?;
    reader.sees(".dumka-new", "2 new comments").await
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_do_where_the_server_has_no_stream_left() -> Result<()> {
    let server = Server::with(&[("DUMKA_LIMITS__STREAMS", "1")]).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let [first, second] = [Reader::new().await?, Reader::new().await?];
    for reader in [&first, &second] {
        reader.open(site.url()).await?;
        is_hydrated(reader, 1).await?;
        streams(&server, 1).await?;
    }
    client(&server).post("Ben", "For both.", "first").await?;
    for reader in [&first, &second] {
        reader.sees(".dumka-new", "1 new comment").await?;
    }
    Ok(())
}
