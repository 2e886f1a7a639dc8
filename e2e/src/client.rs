//! Another program at the JSON endpoint.

use anyhow::{Result, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A comment that was posted.
pub struct Made {
    /// Its id.
    pub id: String,
    /// The token that edits and deletes it.
    pub token: String,
}

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
        Ok(self.send(Value::Null, [name, text], key).await?.id)
    }

    /// Posts a comment with an e-mail address beside the name.
    pub async fn post_with_address(
        &self,
        (name, address): (&str, &str),
        text: &str,
        key: &str,
    ) -> Result<String> {
        let author = json!({ "name": name, "email": address });
        Ok(self.send_as(author, (Value::Null, text), key).await?.id)
    }

    /// Answers the comment with the id `parent`.
    pub async fn reply(&self, parent: &str, name: &str, text: &str, key: &str) -> Result<String> {
        Ok(self.send(parent.into(), [name, text], key).await?.id)
    }

    /// Posts a comment that can be edited and deleted.
    pub async fn writes(&self, text: &str, key: &str) -> Result<Made> {
        self.send(Value::Null, ["Ann", text], key).await
    }

    /// Gives a comment another text.
    pub async fn edits(&self, made: &Made, text: &str) -> Result<()> {
        self.bears(Method::PATCH, &made.id, &made.token, json!({ "text": text })).await
    }

    /// Deletes a comment.
    pub async fn deletes(&self, made: &Made) -> Result<()> {
        self.bears(Method::DELETE, &made.id, &made.token, Value::Null).await
    }

    /// Votes on the comment with this id, as a reader of its own.
    pub async fn votes(&self, id: &str, value: i8) -> Result<()> {
        let path = format!("{id}/vote");
        self.bears(Method::PUT, &path, &format!("reader-of-{id}"), json!({ "value": value })).await
    }

    /// Reports the comment with this id, as a reader of its own.
    pub async fn reports(&self, id: &str, reason: &str, note: &str) -> Result<()> {
        let report = json!({ "reason": reason, "note": note });
        self.bears(Method::POST, &format!("{id}/report"), &format!("reader-of-{id}"), report).await
    }

    async fn bears(&self, method: Method, path: &str, token: &str, body: Value) -> Result<()> {
        let request = self.http.request(method, format!("{}/{path}", self.endpoint)).bearer_auth(token);
        request.json(&body).send().await?.error_for_status()?;
        Ok(())
    }

    async fn send(&self, parent: Value, [name, text]: [&str; 2], key: &str) -> Result<Made> {
        self.send_as(json!({ "name": name }), (parent, text), key).await
    }

    async fn send_as(&self, author: Value, (parent, text): (Value, &str), key: &str) -> Result<Made> {
        let comment = json!({
            "site": "127.0.0.1", "page": self.page, "parent": parent, "author": author, "text": text,
        });
        let request = self.http.post(&self.endpoint).header("Idempotency-Key", key).json(&comment);
        let answer = request.send().await?;
        let (status, answer) = (answer.status(), answer.json::<Value>().await?);
        ensure!(status == StatusCode::CREATED, "{status}: {answer}");
        let [id, token] = [&answer["comment"]["id"], &answer["edit_token"]];
        let [id, token] = [id, token].map(|word| word.as_str().unwrap_or_default().to_owned());
        Ok(Made { id, token })
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
