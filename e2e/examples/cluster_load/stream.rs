//! Follows all threads as a browser does, and notes what comes and when.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Response;
use serde_json::Value;
use tokio::time::{sleep, timeout};

use crate::endpoint::Endpoint;
use crate::tally::Tally;

/// The time after which a silent stream is taken for dead: two and a half heartbeats, as in the widget.
const SILENCE: Duration = Duration::from_millis(37_500);
/// The pause before a stream is opened again, until the server has said another.
const RETRY: Duration = Duration::from_secs(3);
/// The time in which every event comes, once the trouble is over.
const PATIENCE: Duration = Duration::from_secs(40);
/// The pause between two looks at whether they have come.
const PAUSE: Duration = Duration::from_millis(100);

/// Streams, and what each has told.
pub(crate) struct Streams {
    seen: Vec<Arc<Mutex<Seen>>>,
}

/// The events of one stream so far.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    repeated: usize,
}

impl Streams {
    /// Opens streams through the balancer; returns when each has begun.
    pub(crate) async fn open(balancer: &Endpoint, tally: &Arc<Tally>, count: usize) -> Result<Self> {
        let mut streams = Self { seen: Vec::new() };
        for _ in 0..count {
            let seen = Arc::<Mutex<Seen>>::default();
            let mut stream = Stream {
                balancer: balancer.clone(),
                tally: Arc::clone(tally),
                seen: Arc::clone(&seen),
                last_id: None,
                retry: RETRY,
            };
            let response = balancer.follow(None).await?;
            // The position from which on nothing may be missing comes with the first event.
            let mut lines = Lines::of(response);
            while stream.last_id.is_none() {
                stream.accept(&lines.next().await.context("a stream does not begin")?);
            }
            tokio::spawn(stream.follow(lines));
            streams.seen.push(seen);
        }
        Ok(streams)
    }

    /// Waits for the events of all that is acknowledged, and returns how many do not come, in all streams.
    pub(crate) async fn missed(&self, tally: &Tally) -> usize {
        let wanted: Vec<_> = tally.acknowledged().into_values().map(|comment| comment.id).collect();
        let missing = || -> usize {
            let of_stream = |seen: &Arc<Mutex<Seen>>| {
                let seen = lock(seen);
                wanted.iter().filter(|id| !seen.ids.contains(*id)).count()
            };
            self.seen.iter().map(of_stream).sum()
        };
        let all_come = async {
            while missing() > 0 {
                sleep(PAUSE).await;
            }
        };
        let _ = timeout(PATIENCE, all_come).await;
        missing()
    }

    /// The number of events that came twice.
    pub(crate) fn repeated(&self) -> usize {
        self.seen.iter().map(|seen| lock(seen).repeated).sum()
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    // Every change is whole.
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Stream {
    balancer: Endpoint,
    tally: Arc<Tally>,
    seen: Arc<Mutex<Seen>>,
    last_id: Option<String>,
    retry: Duration,
}

impl Stream {
    /// Follows for ever, opening again what ends.
    async fn follow(mut self, first: Lines) {
        let mut lines = first;
        loop {
            while let Some(line) = lines.next().await {
                self.accept(&line);
            }
            lines = self.open_again().await;
        }
    }

    async fn open_again(&self) -> Lines {
        loop {
            sleep(self.retry).await;
            if let Ok(response) = self.balancer.follow(self.last_id.as_deref()).await {
                return Lines::of(response);
            }
        }
    }

    /// Takes a line. Data without an id in it, and the names of events, say nothing here.
    fn accept(&mut self, line: &str) {
        match line.split_once(": ") {
            Some(("id", id)) => self.last_id = Some(id.to_owned()),
            Some(("retry", millis)) => {
                self.retry = millis.parse().map_or(self.retry, Duration::from_millis);
            }
            Some(("data", data)) => {
                let data: Value = serde_json::from_str(data).unwrap_or_default();
                if let Some(id) = data["id"].as_str() {
                    self.tally.event(id);
                    let mut seen = lock(&self.seen);
                    seen.repeated += usize::from(!seen.ids.insert(id.to_owned()));
                }
            }
            _ => {}
        }
    }
}

/// The lines of a stream.
struct Lines {
    response: Response,
    read: Vec<u8>,
}

impl Lines {
    fn of(response: Response) -> Self {
        Self { response, read: Vec::new() }
    }

    /// The next line; none where the stream ends, breaks or is silent for too long.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.read.drain(..=end).collect();
                return Some(String::from_utf8_lossy(&line[..end]).into_owned());
            }
            let chunk = timeout(SILENCE, self.response.chunk()).await.ok()?.ok()??;
            self.read.extend_from_slice(&chunk);
        }
    }
}
