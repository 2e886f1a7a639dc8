//! One stream: what a client is told, one event after the other.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use dumka_api::LiveAlive;
use dumka_api::live::ALIVE;
use futures_util::future::select_all;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::batch::Event;
use super::follower::Follower;
use super::places::Place;
use super::topic::Next;
use crate::clock::Clock;
use crate::serve::stopped;

/// After how many milliseconds a client that lost the line comes back, at least. After a restart they all do.
const RETRY_MILLIS: u32 = 2_000;
/// Over how many more they are spread, by chance.
const RETRY_SPREAD_MILLIS: u32 = 4_000;

/// A stream that follows threads.
pub struct Feed {
    followers: Vec<Follower>,
    pulse: Pulse,
    end: End,
    next_beat: Instant,
    /// Bytes on their way.
    frames: VecDeque<Bytes>,
}

/// How a stream ends.
pub(super) enum End {
    /// When the client leaves, or the server stops. Until then it has a place.
    WithClient {
        /// The place.
        _place: Place,
    },
    /// When everything is told that is there already.
    WhenTold,
    /// It has said the last word.
    Over,
}

/// What moves a stream where nothing happens.
pub(super) struct Pulse {
    /// How long until the next sign of life, at most.
    pub(super) heartbeat_secs: u32,
    /// What the time is.
    pub(super) clock: Arc<dyn Clock>,
    /// Turns true when the server stops.
    pub(super) stopped: watch::Receiver<bool>,
    /// Spreads those who come back.
    pub(super) chance: u8,
}

impl Feed {
    /// A stream that tells what these followers have not seen.
    pub(super) fn new(followers: Vec<Follower>, end: End, pulse: Pulse) -> Self {
        let mut feed = Self { followers, pulse, end, next_beat: Instant::now(), frames: VecDeque::default() };
        if let End::WithClient { .. } = feed.end {
            let retry = RETRY_MILLIS + RETRY_SPREAD_MILLIS * u32::from(feed.pulse.chance) / 256;
            // A proxy that holds streams back is found out by the absence of the first sign of life.
            let opening = format!("retry: {retry}\n{}", feed.alive());
            feed.frames.push_back(opening.into());
        }
        feed
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
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Some(frame);
            }
            match self.end {
                End::Over => return None,
                End::WithClient { .. } if self.next_beat <= Instant::now() => {
                    return Some(self.alive().into());
                }
                _ => {}
            }
            if self.tell() || self.catch_up().await? {
                continue;
            }
            if let End::WhenTold = self.end {
                self.end = End::Over;
                return Some(self.alive().into());
            }
            // Each of them, though one is behind already.
            let behind =
                self.followers.iter_mut().filter_map(|follower| (!follower.has_entered()).then_some(()));
            if behind.count() == 0 {
                self.wait().await?;
            }
        }
    }

    /// Puts the next event on its way; `false` where there is none at hand.
    fn tell(&mut self) -> bool {
        let found = self.followers.iter_mut().enumerate();
        let Some((index, event)) = { found }.find_map(|(index, it)| Some((index, it.event()?))) else {
            return false;
        };
        let Event { name, rest, reached } = event;
        // Only the last event of a revision bears an id: whoever comes back with that has seen them all.
        let id = if reached.is_complete() { self.id() } else { String::new() };
        let data = &self.followers[index].data_head;
        self.frames.push_back(format!("event: {name}\n{id}data: {data}").into());
        self.frames.push_back(rest);
        true
    }

    /// Reads for one follower who is behind, if there is one.
    async fn catch_up(&mut self) -> Option<bool> {
        for follower in &mut self.followers {
            if follower.catch_up().await? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Waits until something happens; none where the stream ends.
    async fn wait(&mut self) -> Option<()> {
        let shares = self.followers.iter_mut().map(|follower| Box::pin(follower.next()));
        let beat = pin!(sleep_until(self.next_beat));
        let (next, index): (Next, usize) = tokio::select! {
            (next, index, _) = select_all(shares) => (next, index),
            () = beat => return Some(()),
            () = stopped(&mut self.pulse.stopped) => return None,
        };
        self.followers[index].take(next)
    }

    /// The line of an event that tells how far the client has come.
    fn id(&self) -> String {
        let positions: Vec<_> = self.followers.iter().map(|it| it.position().to_string()).collect();
        format!("id: {}\n", positions.join(","))
    }

    /// A sign of life; the next one comes in time.
    fn alive(&mut self) -> String {
        let Pulse { heartbeat_secs, clock, .. } = &self.pulse;
        self.next_beat = Instant::now() + Duration::from_secs((*heartbeat_secs).into());
        let data = LiveAlive { server_time: clock.now().into(), heartbeat_secs: *heartbeat_secs };
        let data = serde_json::to_string(&data).expect("wire types have string keys only");
        format!("event: {ALIVE}\n{}data: {data}\n\n", self.id())
    }
}
