//! A thread with everything in it, and the page that shows it.

use anyhow::Result;

use crate::{Client, Server};

/// The end of the program's file name.
pub const PROGRAM: &str = ".wasm";
/// The tag and the element of the thread.
pub const TAG: &str = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";

/// Tells whether a file whose name ends so was requested.
pub fn asked_for(file: &str) -> String {
    format!("performance.getEntriesByType('resource').some(it => it.name.endsWith('{file}'))")
}

/// A server whose thread has comments, replies, and a text with everything in it.
pub async fn discussed(texts: usize) -> Result<Server> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let rich = "First *line*\nsecond **line**\n\n> quoted `code`\n\n1. one\n2. two\n\n\
        [words](https://example.org/x) https://example.org\n\n```\n<b>\n```";
    let first = client.post("Ann", rich, "first").await?;
    let reply = client.reply(&first, "Боб", "An answer", "reply").await?;
    client.reply(&reply, "Ann", "An answer to the answer", "reply-2").await?;
    for number in 1..texts {
        client
            .post("Ann", &format!("Comment number {number}, of some length."), &format!("key-{number}"))
            .await?;
    }
    Ok(server)
}
