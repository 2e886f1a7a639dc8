//! An acknowledged comment survives the server's sudden death, once.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use e2e::{Client, Server, until};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

const POSTERS: usize = 32;
/// Acknowledged before the server is killed.
const ENOUGH: usize = 200;

/// Ids by the number of the comment, noted when the server has answered.
type Acknowledged = Arc<Mutex<HashMap<usize, String>>>;

#[tokio::test(flavor = "multi_thread")]
async fn killed_server_keeps_every_acknowledged_comment_exactly_once() -> Result<()> {
    keeps_every_acknowledged_comment_exactly_once(Server::serve().await?).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn killed_server_on_postgres_keeps_every_acknowledged_comment_exactly_once() -> Result<()> {
    keeps_every_acknowledged_comment_exactly_once(Server::on_postgres().await?).await
}

async fn keeps_every_acknowledged_comment_exactly_once(mut server: Server) -> Result<()> {
    let client = Client::new(server.url("/api/v1/comments"), "crash");

    let (before, next) = (Acknowledged::default(), Arc::new(AtomicUsize::new(0)));
    let posters = start_posters(&client, &before, &next, usize::MAX);
    until("posts are running", async || Ok((before.lock().await.len() >= ENOUGH).then_some(()))).await?;
    // The posters only stop at the server's death, so it dies in the middle of their posts.
    server.kill()?;
    posters.join_all().await;
    let (before, tried) = (before.lock().await.clone(), next.load(Ordering::Relaxed));

    server.restart().await?;
    let after = Acknowledged::default();
    start_posters(&client, &after, &Arc::default(), tried).join_all().await;
    let after = after.lock().await.clone();
    assert_eq!(after.len(), tried, "what was tried is accepted when it is tried again");
    for (number, id) in &before {
        assert_eq!(after.get(number), Some(id), "the same key is answered with the same comment");
    }
    every_comment_is_there_once(&client, &after).await
}

/// Every poster takes the next number below `end` until it fails; a number's key is always the same.
fn start_posters(
    client: &Client,
    acknowledged: &Acknowledged,
    next: &Arc<AtomicUsize>,
    end: usize,
) -> JoinSet<()> {
    let mut posters = JoinSet::new();
    for _ in 0..POSTERS {
        posters.spawn(post_numbers(client.clone(), Arc::clone(acknowledged), Arc::clone(next), end));
    }
    posters
}

async fn post_numbers(client: Client, acknowledged: Acknowledged, next: Arc<AtomicUsize>, end: usize) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= end {
            return;
        }
        // A dead server refuses or breaks off: then nothing was acknowledged.
        let Ok(id) = client.post("Poster", &text(number), &format!("crash-story-comment-{number}")).await
        else {
            return;
        };
        acknowledged.lock().await.insert(number, id);
    }
}

fn text(number: usize) -> String {
    format!("Comment number {number}.")
}

async fn every_comment_is_there_once(client: &Client, ids: &HashMap<usize, String>) -> Result<()> {
    let mut bodies: HashMap<String, String> = HashMap::new();
    for comment in client.list().await? {
        let (id, body) = (comment["id"].as_str().unwrap_or_default().to_owned(), comment["body"].to_string());
        ensure!(bodies.insert(id, body).is_none(), "a comment is listed twice: {comment}");
    }
    ensure!(bodies.len() == ids.len(), "{} comments are listed, {} were tried", bodies.len(), ids.len());
    for (number, id) in ids {
        let body = bodies.get(id);
        ensure!(
            body.is_some_and(|body| body.contains(&text(*number))),
            "comment {number} is gone or changed"
        );
    }
    Ok(())
}
