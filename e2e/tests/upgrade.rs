//! A server of the version before and one of this version work side by side, through the upgrade of their tables.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use e2e::{Client, Server, until};
use tokio::task::JoinSet;

const POSTERS: usize = 8;
/// Posts of each stage.
const SOME: usize = 60;

/// Posts one comment after the other until it is told to stop; every one must be taken.
async fn post(client: Client, next: Arc<AtomicUsize>, stop: Arc<AtomicBool>) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let number = next.fetch_add(1, Ordering::Relaxed);
        ids.push(client.post("Poster", &format!("Comment {number}"), &format!("upgrade-{number}")).await?);
    }
    Ok(ids)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL and the version before, which cargo xtask test --upgrade builds"]
async fn servers_of_two_versions_work_side_by_side_while_the_tables_are_upgraded() -> Result<()> {
    let earlier = Server::of_the_version_before().await?;
    let (next, stop) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
    let client = |server: &Server| Client::new(server.url("/api/v1/comments"), "upgrade");
    let mut posters = JoinSet::new();
    let start = |posters: &mut JoinSet<_>, server: &Server| {
        for _ in 0..POSTERS {
            posters.spawn(post(client(server), Arc::clone(&next), Arc::clone(&stop)));
        }
    };
    let until_posted = async |more: usize| {
        let enough = next.load(Ordering::Relaxed) + more;
        until("posts are taken", async || Ok((next.load(Ordering::Relaxed) >= enough).then_some(()))).await
    };
    start(&mut posters, &earlier);
    until_posted(SOME).await?;
    // It upgrades the tables under the feet of the other.
    let now = earlier.beside().await?;
    start(&mut posters, &now);
    until_posted(SOME).await?;
    stop.store(true, Ordering::Relaxed);
    let mut ids = HashSet::new();
    while let Some(posted) = posters.join_next().await {
        for id in posted?? {
            ensure!(ids.insert(id), "a comment is made twice");
        }
    }
    for server in [&earlier, &now] {
        let listed: Vec<String> =
            client(server).list().await?.iter().map(|it| it["id"].to_string()).collect();
        let listed: HashSet<_> = listed.iter().map(|id| id.trim_matches('"').to_owned()).collect();
        ensure!(listed == ids, "{} comments are listed, {} were taken", listed.len(), ids.len());
    }
    Ok(())
}
