//! The threads that everybody shows: the same comments, in the same order.

use anyhow::{Context, Result, ensure};
use reqwest::RequestBuilder;
use serde_json::Value;

use crate::plan::USUAL_SIZE;
use crate::service::{BURNING, POSTS, Post, Service};

/// Dumka wants one with every post; others overlook it.
pub(crate) const KEY: &str = "Idempotency-Key";

/// Every so many-th comment replies to the one before it.
const REPLY_EVERY: usize = 5;

/// The number of comments, of `size`, that are shown where twenty top-level ones are asked for, replies included.
pub(crate) fn with_twenty_on_top(size: usize) -> usize {
    size.min(20 * REPLY_EVERY / (REPLY_EVERY - 1))
}

/// Posts every thread, and those for the load.
pub(crate) async fn fill(service: &Service, sizes: &[usize]) -> Result<()> {
    let post = service.post.context("it takes no comments")?;
    for &size in sizes {
        fill_thread(service, post, &format!("/{size}"), size).await?;
    }
    fill_thread(service, post, POSTS, 1).await?;
    fill_thread(service, post, BURNING, USUAL_SIZE).await
}

async fn fill_thread(service: &Service, post: Post, page: &str, size: usize) -> Result<()> {
    let http = reqwest::Client::new();
    let url = format!("http://{}{}", service.address, (post.path)(page));
    let mut previous = Value::Null;
    for number in 0..size {
        let parent = if number % REPLY_EVERY == REPLY_EVERY - 1 { &previous } else { &Value::Null };
        let body = (post.body)(page, parent, service.texts.written(number));
        let key = format!("{page}-{number}");
        previous = send(http.post(&url).header(KEY, key).json(&body), post).await?;
    }
    Ok(())
}

async fn send(request: RequestBuilder, post: Post) -> Result<Value> {
    let answer = request.send().await?;
    let (status, answer) = (answer.status(), answer.json::<Value>().await?);
    ensure!(status.is_success(), "{status}: {answer}");
    Ok((post.id)(&answer).clone())
}
