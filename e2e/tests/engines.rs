//! The actions that stories use do in every engine what they are called.

use anyhow::Result;
use e2e::{Reader, Server, Site};

async fn page() -> Result<(Server, Site)> {
    let server = Server::serve().await?;
    let body = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    Ok((server, site))
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_looks_through_windows_of_a_telephone_and_of_a_desk_and_has_the_focus() -> Result<()> {
    let (_server, site) = page().await?;
    let reader = Reader::new().await?;
    for (width, height) in [(320, 640), (1280, 800), (360, 740)] {
        reader.resize(width, height).await?;
        reader.open(site.url()).await?;
        reader.holds("document.hasFocus()").await?;
        reader.holds(&format!("innerWidth === {width} && matchMedia('(width: {width}px)').matches")).await?;
    }
    reader.looks_away().await?;
    reader.looks_back().await
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_prefers_light_pages_or_dark_ones() -> Result<()> {
    let (_server, site) = page().await?;
    for (reader, scheme) in [(Reader::new().await?, "light"), (Reader::in_the_dark().await?, "dark")] {
        reader.open(site.url()).await?;
        reader.holds(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches")).await?;
    }
    Ok(())
}
