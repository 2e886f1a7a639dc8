//! The beginning of stories of one thread.

use anyhow::Result;

use crate::shadow_dom::{all, one};
use crate::{Client, Reader, Server, Site, until};

/// Somebody who writes into the thread `story`.
pub fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

/// A server with so many comments in the thread `story`, and a site with the comments in a page of this body.
pub async fn discussed(body: &str, comments: usize) -> Result<(Server, Site)> {
    let server = Server::serve().await?;
    for number in 1..=comments {
        client(&server).post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?;
    }
    let site = Site::with_body(body, server.url("")).await?;
    Ok((server, site))
}

/// Opens the site's page and waits until its thread is live.
pub async fn opens(reader: &Reader, site: &Site) -> Result<()> {
    reader.open(site.url()).await?;
    is_live(reader).await
}

/// Waits until the program has drawn exactly `number` threads of the page. The prerendered thread reads the same, which
/// is why no element tells them apart; Yew marks the section that it draws into.
pub async fn is_hydrated(reader: &Reader, number: usize) -> Result<()> {
    let sections = all("section.dumka");
    let is_drawn = "it.__yew_subtree_id !== undefined && it.querySelector('.dumka-new-bar') !== null";
    reader.holds(&format!("{sections}.filter(it => {is_drawn}).length === {number}")).await
}

/// Waits until the program is there, follows the thread, and keeps the focus.
pub async fn is_live(reader: &Reader) -> Result<()> {
    // There may be another thread on the page.
    reader.holds(&format!("{}?.__yew_subtree_id !== undefined", one("section.dumka"))).await?;
    for file in ["live.js", "focus.js"] {
        reader
            .holds(&format!(
                "performance.getEntriesByType('resource').some(it => it.name.endsWith('{file}'))"
            ))
            .await?;
    }
    Ok(())
}

/// Waits until so many streams are open.
pub async fn streams(server: &Server, number: usize) -> Result<()> {
    until(&format!("{number} streams are open"), async || {
        Ok((open_streams(server).await? == number).then_some(()))
    })
    .await
}

/// The number of open streams.
pub async fn open_streams(server: &Server) -> Result<usize> {
    let metrics = reqwest::get(server.url("/metrics")).await?.text().await?;
    let open = metrics.lines().find_map(|line| line.strip_prefix("dumka_streams_open "));
    Ok(open.unwrap_or_default().parse()?)
}
