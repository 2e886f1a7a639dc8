//! A client that follows a thread.

use std::time::Duration;

use dumka_api::paths;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;

use crate::running::Running;

/// Far above what anything takes: what it cuts short has hung.
const PATIENCE: Duration = Duration::from_secs(30);

/// An event as it came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    pub name: String,
    /// The position of the only page.
    pub id: Option<u64>,
    /// The positions of all pages, as they came.
    pub positions: Option<String>,
    pub data: Value,
}

/// An open stream.
pub struct Stream {
    response: Response,
    bytes: Vec<u8>,
    /// The last id that came, as a browser would send it when it comes back.
    pub last_id: Option<u64>,
    /// Signs of life so far.
    pub heartbeats: usize,
}

pub fn live(server: &Running, query: &str) -> RequestBuilder {
    asked(server, &format!("page=p{query}"))
}

/// A request for a stream of the site that tests write in.
pub fn asked(server: &Running, query: &str) -> RequestBuilder {
    server.get(&format!("{}?site=s&{query}", paths::LIVE))
}

impl Stream {
    /// The events of an answer, be it a stream or one that ends.
    pub async fn reading(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Self { response, bytes: Vec::new(), last_id: None, heartbeats: 0 }
    }

    pub async fn of(request: RequestBuilder) -> Self {
        let mut stream = Self::reading(request).await;
        // The opening tells where the stream begins.
        assert_eq!(stream.block().await.unwrap().name, "alive");
        stream
    }

    /// A stream of the thread that tests write in, with a query that begins with `&`.
    pub async fn open(server: &Running, query: &str) -> Self {
        Self::of(live(server, query)).await
    }

    /// The next event of a comment; none where the stream ends.
    pub async fn event(&mut self) -> Option<Event> {
        loop {
            let event = self.block().await?;
            if event.name != "alive" {
                return Some(event);
            }
        }
    }

    /// Reads on until so many signs of life have come.
    pub async fn until_heartbeats(&mut self, number: usize) {
        while self.heartbeats < number {
            self.block().await.unwrap();
        }
    }

    /// Reads up to the next empty line.
    pub async fn block(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.bytes.windows(2).position(|two| two == b"\n\n") {
                let block: Vec<u8> = self.bytes.drain(..end + 2).collect();
                return Some(self.read(std::str::from_utf8(&block).unwrap().trim_end()));
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await.expect("the stream goes on");
            self.bytes.extend_from_slice(&chunk.ok()??);
        }
    }

    fn read(&mut self, block: &str) -> Event {
        let mut event = Event::default();
        for line in block.lines() {
            match line.split_once(": ") {
                Some(("event", name)) => event.name = name.into(),
                Some(("data", data)) => event.data = serde_json::from_str(data).unwrap(),
                Some(("id", id)) => (event.id, event.positions) = (id.parse().ok(), Some(id.into())),
                Some(("retry", millis)) => assert!((2_000..6_000).contains(&millis.parse::<u32>().unwrap())),
                _ => panic!("{line}"),
            }
        }
        self.heartbeats += usize::from(event.name == "alive");
        self.last_id = event.id.or(self.last_id);
        event
    }
}
