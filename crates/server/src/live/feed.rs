//! One stream: what a client is told, one event after the other.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::sync::watch;

use super::batch::Batch;
use super::places::Place;
use super::topic::{Door, Next, Share};
use crate::serve::stopped;
use crate::storage::Point;

/// A comment of the protocol, which no client shows: what would not arrive tells that the line is dead.
const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");
/// After how many milliseconds a client that lost the line comes back, at least. After a restart they all do.
const RETRY_MILLIS: u32 = 2_000;
/// Over how many more they are spread, by chance.
const RETRY_SPREAD_MILLIS: u32 = 4_000;

/// A stream that follows a thread.
pub struct Feed {
    door: Door,
    /// What the client has seen.
    at: Point,
    /// Whether something may have changed that no share tells of.
    is_behind: bool,
    batch: Option<Arc<Batch>>,
    share: Option<Share>,
    pulse: Pulse,
    /// The first bytes, until they are sent.
    opening: Option<Bytes>,
    _place: Place,
}

/// What moves a stream where nothing happens.
pub(super) struct Pulse {
    /// How long to keep silent, at most.
    pub(super) heartbeat: Duration,
    /// Turns true when the server stops.
    pub(super) stopped: watch::Receiver<bool>,
    /// Spreads those who come back.
    pub(super) chance: u8,
}

impl Feed {
    /// A stream that tells what changes after a point.
    pub(super) fn new(door: Door, at: Point, place: Place, pulse: Pulse) -> Self {
        let retry = RETRY_MILLIS + RETRY_SPREAD_MILLIS * u32::from(pulse.chance) / 256;
        // An id without an event: a client that loses the line before the first one comes back to here.
        let opening = Some(format!("retry: {retry}\nid: {}\n\n", at.revision).into());
        Self { door, at, is_behind: false, batch: None, share: None, pulse, opening, _place: place }
    }

    /// The same where something has changed since.
    #[must_use]
    pub(super) fn behind(self) -> Self {
        Self { is_behind: true, ..self }
    }

    /// The stream as the body of an answer.
    pub fn into_body(self) -> Body {
        let frames = stream::unfold(self, |mut feed| async {
            let frame = feed.next().await?;
            Some((Ok::<_, std::convert::Infallible>(frame), feed))
        });
        Body::from_stream(frames)
    }

    /// The next bytes for the client; none where the stream ends. Nothing is lost when this is given up halfway.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(opening) = self.opening.take() {
            return Some(opening);
        }
        // News of what is hidden are none for the client: they do not break the silence.
        let mut silence = pin!(tokio::time::sleep(self.pulse.heartbeat));
        loop {
            if let Some(event) = self.event() {
                return Some(event);
            }
            if self.is_behind {
                self.catch_up().await?;
                continue;
            }
            let share = self.share.get_or_insert_with(|| self.door.enter(self.at));
            if share.after > self.at {
                self.is_behind = true;
                continue;
            }
            tokio::select! {
                next = share.next() => self.take(next)?,
                () = silence.as_mut() => return Some(HEARTBEAT),
                () = stopped(&mut self.pulse.stopped) => return None,
            }
        }
    }

    /// The next event of the batch at hand.
    fn event(&mut self) -> Option<Bytes> {
        let batch = self.batch.as_ref()?;
        if let Some((event, reached)) = batch.event_after(self.at) {
            self.at = reached;
            return Some(event);
        }
        self.at = self.at.max(batch.upto);
        self.batch = None;
        None
    }

    /// Reads what no share tells of.
    async fn catch_up(&mut self) -> Option<()> {
        // A client whose store failed comes back to the same place.
        let (batch, more) = self.door.read(self.at).await.ok()?;
        // The database is another one, in which the thread has not come so far: this history is over.
        if batch.upto < self.at {
            return None;
        }
        self.batch = Some(Arc::new(batch));
        self.is_behind = more;
        Some(())
    }

    fn take(&mut self, next: Next) -> Option<()> {
        match next {
            Next::Batch(batch) if batch.after > self.at => self.is_behind = true,
            Next::Batch(batch) => self.batch = Some(batch),
            Next::Missed => self.is_behind = true,
            Next::Closed => return None,
        }
        Some(())
    }
}
