//! HTTP/1.1 over a socket, as a proxy speaks it: one connection for many requests.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::running::{Running, running, running_with};

/// Far above what anything takes: what it cuts short has hung.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is kept as long as the server says.
struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Connection {
    async fn to(server: &Running) -> Self {
        Self { stream: TcpStream::connect(server.address()).await.unwrap(), bytes: Vec::new() }
    }

    async fn sends(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// The next answer's head; its body is read and left out.
    async fn answer(&mut self) -> Option<String> {
        let head = loop {
            if let Some(end) = self.bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break String::from_utf8(self.bytes.drain(..end + 4).collect()).unwrap().to_lowercase();
            }
            self.more().await?;
        };
        let (_, length) = head.split_once("content-length: ").unwrap_or_else(|| panic!("{head}"));
        let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
        while self.bytes.len() < length {
            self.more().await?;
        }
        self.bytes.drain(..length);
        Some(head)
    }

    async fn more(&mut self) -> Option<()> {
        let mut chunk = [0; 4_096];
        let read = timeout(PATIENCE, self.stream.read(&mut chunk)).await.expect("the server says something");
        let read = read.ok().filter(|read| *read > 0)?;
        self.bytes.extend_from_slice(&chunk[..read]);
        Some(())
    }
}

async fn status(server: &Running, request: &str) -> String {
    let mut connection = Connection::to(server).await;
    connection.sends(request.as_bytes()).await;
    let head = connection.answer().await.unwrap();
    head.split(' ').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn request_names_one_host() {
    let server = running().await;
    for (head, expected) in [
        ("GET /healthz HTTP/1.1\r\nhost: a.example\r\n\r\n", "200"),
        ("GET http://a.example/healthz HTTP/1.1\r\nhost: a.example\r\n\r\n", "200"),
        ("GET /healthz HTTP/1.0\r\n\r\n", "200"),
        ("GET /healthz HTTP/1.0\r\nhost: a.example\r\n\r\n", "200"),
        ("GET /healthz HTTP/1.1\r\n\r\n", "400"),
        ("GET http://a.example/healthz HTTP/1.1\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nhost: a.example\r\nhost: a.example\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nhost: a.example\r\nHost: b.example\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nhost: \r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nhost: a b\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nhost: a.example/x\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nhost: user@a.example\r\n\r\n", "400"),
        ("GET /embed.js HTTP/1.1\r\n\r\n", "400"),
        ("GET /nothing HTTP/1.1\r\n\r\n", "400"),
        ("POST /api/v1/comments HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}", "400"),
    ] {
        assert_eq!(status(&server, head).await, expected, "{head}");
    }
}

/// A request that is refused before its body was looked at.
fn refused(kind: usize, body: &str) -> String {
    let length = body.len();
    let head = [
        "POST /nothing HTTP/1.1\r\nhost: x\r\n",
        "DELETE /api/v1/comments HTTP/1.1\r\nhost: x\r\n",
        "POST /embed.js HTTP/1.1\r\nhost: x\r\n",
        "POST /api/v1/comments HTTP/1.1\r\nhost: x\r\nidempotency-key: k\r\ncontent-type: text/plain\r\n",
        "POST /api/v1/comments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n",
        "POST /api/v1/comments/nothing/report HTTP/1.1\r\nhost: x\r\n",
        "POST /thread?site=x HTTP/1.1\r\nhost: x\r\n",
        "GET /healthz HTTP/1.1\r\nhost: x\r\n",
    ][kind];
    format!("{head}content-length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn next_request_of_a_connection_is_answered_whatever_became_of_the_one_before() {
    let server = running().await;
    let mut connection = Connection::to(&server).await;
    for kind in 0..8 {
        for length in [1, 2_000, 100_000] {
            // The body comes late, as a proxy sends it, and looks like a request.
            let request = refused(kind, &"GET /smuggled HTTP/1.1\r\n".repeat(length)[..length]);
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            connection.sends(format!("{head}\r\n\r\n").as_bytes()).await;
            tokio::task::yield_now().await;
            connection.sends(body.as_bytes()).await;
            let answer = connection.answer().await.unwrap();
            assert!(!answer.contains("connection: close"), "{kind} {length}: {answer}");
            connection.sends(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").await;
            let answer = connection.answer().await.unwrap();
            assert!(answer.starts_with("http/1.1 200 ok"), "{kind} {length}: {answer}");
        }
    }
}

#[tokio::test]
async fn body_that_is_too_long_or_does_not_come_ends_the_connection_and_says_so() {
    let server = running().await;
    for head in [
        "POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999999\r\n\r\n",
        "POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab",
        "POST /nothing HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
        "POST /nothing HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n",
        "POST /api/v1/comments HTTP/1.1\r\nhost: x\r\nidempotency-key: k\r\ncontent-type: application/json\r\n\
         content-length: 9999999\r\n\r\n",
    ] {
        let mut connection = Connection::to(&server).await;
        connection.sends(head.as_bytes()).await;
        let answer = connection.answer().await.unwrap();
        assert!(answer.starts_with("http/1.1 4") && answer.contains("connection: close"), "{head}: {answer}");
        assert_eq!(connection.answer().await, None, "{head}");
    }
}

#[tokio::test]
async fn chunked_body_of_a_refused_request_is_read_to_its_end() {
    let server = running().await;
    let mut connection = Connection::to(&server).await;
    connection
        .sends(
            b"POST /nothing HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        )
        .await;
    assert!(connection.answer().await.unwrap().starts_with("http/1.1 404"));
    connection.sends(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(connection.answer().await.unwrap().starts_with("http/1.1 200"));
}

#[tokio::test]
async fn request_beyond_its_rate_leaves_the_connection_as_it_is() {
    let server = running_with(|settings| settings.limits.posts_per_minute = 1).await;
    let mut connection = Connection::to(&server).await;
    let post = "POST /api/v1/comments HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}";
    let mut seen = Vec::new();
    for _ in 0..3 {
        connection.sends(post.as_bytes()).await;
        seen.push(connection.answer().await.unwrap()[9..12].to_owned());
    }
    assert_eq!(seen, ["400", "429", "429"]);
}
