//! Another program at the JSON endpoint.

use anyhow::{Result, ensure};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Posts to and lists one thread.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    endpoint: String,
    page: String,
}

impl Client {
    /// For the thread of `page` at `endpoint`.
    pub fn new(endpoint: String, page: &str) -> Self {
        Self { http: reqwest::Client::new(), endpoint, page: page.to_owned() }
    }

    /// Posts a comment and returns its id once the server has acknowledged it.
    pub async fn post(&self, name: &str, text: &str, key: &str) -> Result<String> {
        self.send(Value::Null, [name, text], key).await
    }

    /// Answers the comment with the id `parent`.
    pub async fn reply(&self, parent: &str, name: &str, text: &str, key: &str) -> Result<String> {
        self.send(parent.into(), [name, text], key).await
    }

    async fn send(&self, parent: Value, [name, text]: [&str; 2], key: &str) -> Result<String> {
        let comment = json!({
            "site": "127.0.0.1", "page": self.page, "parent": parent, "author": { "name": name }, "text": text,
        });
        let request = self.http.post(&self.endpoint).header("Idempotency-Key", key).json(&comment);
        let answer = request.send().await?;
        let (status, answer) = (answer.status(), answer.json::<Value>().await?);
        ensure!(status == StatusCode::CREATED, "{status}: {answer}");
        Ok(answer["comment"]["id"].as_str().unwrap_or_default().to_owned())
    }

    /// Every comment of the thread, page after page.
    pub async fn list(&self) -> Result<Vec<Value>> {
        let (mut comments, mut cursor) = (Vec::new(), String::new());
        loop {
            let query = [("site", "127.0.0.1"), ("page", &self.page), ("limit", "100"), ("cursor", &cursor)];
            let query = &query[..if cursor.is_empty() { 3 } else { 4 }];
            let request = self.http.get(&self.endpoint).query(query);
            let listing: Value = request.send().await?.error_for_status()?.json().await?;
            comments.extend(listing["comments"].as_array().cloned().unwrap_or_default());
            match listing["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => return Ok(comments),
            }
        }
    }
}
