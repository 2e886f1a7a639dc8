//! An acknowledged comment survives the server's sudden death, once.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use e2e::{Client, Server, until};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

const POSTERS: usize = 32;
const COMMENTS: usize = 200;

/// Ids by the number of the comment, noted when the server has answered.
type Acknowledged = Arc<Mutex<HashMap<usize, String>>>;

#[tokio::test(flavor = "multi_thread")]
async fn killed_server_keeps_every_acknowledged_comment_exactly_once() -> Result<()> {
    let mut server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "crash");

    let acknowledged = Acknowledged::default();
    let posters = start_posters(&client, &acknowledged);
    until("some are acknowledged and some are not", async || {
        Ok((acknowledged.lock().await.len() >= COMMENTS / 4).then_some(()))
    })
    .await?;
    server.kill()?;
    posters.join_all().await;
    let before = acknowledged.lock().await.clone();
    assert!(before.len() < COMMENTS, "the server was killed too late to prove anything");

    server.restart().await?;
    let after = Acknowledged::default();
    start_posters(&client, &after).join_all().await;
    let after = after.lock().await.clone();
    assert_eq!(after.len(), COMMENTS);
    for (number, id) in &before {
        assert_eq!(after.get(number), Some(id), "the same key is answered with the same comment");
    }
    every_comment_is_there_once(&client, &after).await
}

/// Every poster takes the next number until there are none; a number's key is always the same.
fn start_posters(client: &Client, acknowledged: &Acknowledged) -> JoinSet<()> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut posters = JoinSet::new();
    for _ in 0..POSTERS {
        posters.spawn(post_numbers(client.clone(), Arc::clone(&next), Arc::clone(acknowledged)));
    }
    posters
}

async fn post_numbers(client: Client, next: Arc<AtomicUsize>, acknowledged: Acknowledged) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= COMMENTS {
            return;
        }
        // A dead server refuses or breaks off: then nothing was acknowledged.
        if let Ok(id) = client.post("Poster", &text(number), &format!("crash-story-comment-{number}")).await {
            acknowledged.lock().await.insert(number, id);
        }
    }
}

fn text(number: usize) -> String {
    format!("Comment number {number}.")
}

async fn every_comment_is_there_once(client: &Client, ids: &HashMap<usize, String>) -> Result<()> {
    let listed = client.list().await?;
    ensure!(listed.len() == COMMENTS, "{} comments are listed", listed.len());
    for (number, id) in ids {
        let found: Vec<_> = listed.iter().filter(|comment| comment["id"] == **id).collect();
        ensure!(found.len() == 1, "comment {number} is listed {} times", found.len());
        ensure!(found[0]["body"].to_string().contains(&text(*number)), "comment {number} changed");
    }
    Ok(())
}
