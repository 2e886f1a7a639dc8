//! Streams server-sent events of the threads that a client follows.
//!
//! The frames of changes are encoded once and shared by all streams; axum's own events would be encoded for each.

use std::collections::VecDeque;
use std::convert::Infallible;
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
use super::follower::{Follower, Received};
use super::slots::Slot;
use crate::clock::Clock;
use crate::json;
use crate::serve::stopped;

/// Milliseconds after which a client that lost the connection comes back, at least. After a restart they all do.
const RETRY_MILLIS: u32 = 2_000;
/// Milliseconds over which they are spread at random.
const RETRY_SPREAD_MILLIS: u32 = 4_000;

/// A stream of events for one client.
pub struct EventStream {
    followers: Vec<Follower>,
    heartbeat: Heartbeat,
    end: End,
    next_beat: Instant,
    /// Bytes that wait to be sent.
    frames: VecDeque<Bytes>,
}

/// The end of a stream.
pub(super) enum End {
    /// It ends when the client leaves, or the server stops. Until then it has a slot.
    WithClient {
        /// The slot.
        _slot: Slot,
    },
    /// It ends when everything was sent that is there already.
    CaughtUp,
    /// It has sent its last event.
    Over,
}

/// The settings of a stream's signs of life, and the sign to end it.
pub(super) struct Heartbeat {
    /// Seconds between two signs of life, at most.
    pub(super) interval_secs: u32,
    /// Tells the time that a sign of life carries.
    pub(super) clock: Arc<dyn Clock>,
    /// Turns true when the server stops.
    pub(super) stopped: watch::Receiver<bool>,
    /// A random number, which spreads the clients that come back.
    pub(super) random: u8,
}

impl EventStream {
    /// A stream of what these followers have not seen.
    pub(super) fn new(followers: Vec<Follower>, end: End, heartbeat: Heartbeat) -> Self {
        let frames = VecDeque::default();
        let mut stream = Self { followers, heartbeat, end, next_beat: Instant::now(), frames };
        if let End::WithClient { .. } = stream.end {
            let retry = RETRY_MILLIS + RETRY_SPREAD_MILLIS * u32::from(stream.heartbeat.random) / 256;
            // A proxy that holds streams back is found out by the absence of the first sign of life.
            let opening = format!("retry: {retry}\n{}", stream.alive());
            stream.frames.push_back(opening.into());
        }
        stream
    }

    /// Returns the stream as the body of a response.
    pub fn into_body(self) -> Body {
        let frames = stream::unfold(self, |mut stream| async {
            let frame = stream.next().await?;
            Some((Ok::<_, Infallible>(frame), stream))
        });
        Body::from_stream(frames)
    }

    /// The next bytes for the client; none where the stream ends. Nothing is lost when the future is dropped halfway.
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
            if self.queue_event() || self.catch_up().await? {
                continue;
            }
            if let End::CaughtUp = self.end {
                self.end = End::Over;
                return Some(self.alive().into());
            }
            if self.subscribe() {
                self.wait().await?;
            }
        }
    }

    /// Queues the frames of the next event; `false` where there is none at hand.
    fn queue_event(&mut self) -> bool {
        let found = self.followers.iter_mut().enumerate();
        let Some((index, event)) = { found }.find_map(|(index, it)| Some((index, it.next_event()?))) else {
            return false;
        };
        let Event { name, rest, reached } = event;
        // Only the last event of a revision bears an id: whoever comes back with that has seen them all.
        let id = if reached.is_complete() { self.id_line() } else { String::new() };
        let data = &self.followers[index].data_head;
        self.frames.push_back(format!("event: {name}\n{id}data: {data}").into());
        self.frames.push_back(rest);
        true
    }

    /// Reads for one follower that needs it, if there is one.
    async fn catch_up(&mut self) -> Option<bool> {
        for follower in &mut self.followers {
            if follower.catch_up().await? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Subscribes every follower; `false` where one of them has something to read before.
    fn subscribe(&mut self) -> bool {
        let mut are_ready = true;
        for follower in &mut self.followers {
            are_ready &= follower.subscribe();
        }
        are_ready
    }

    /// Waits until something happens; none where the stream ends.
    async fn wait(&mut self) -> Option<()> {
        let subscriptions = self.followers.iter_mut().map(|follower| Box::pin(follower.receive()));
        let beat = pin!(sleep_until(self.next_beat));
        let (received, index): (Received, usize) = tokio::select! {
            (received, index, _) = select_all(subscriptions) => (received, index),
            () = beat => return Some(()),
            () = stopped(&mut self.heartbeat.stopped) => return None,
        };
        self.followers[index].accept(received)
    }

    /// The line of an event with its id: the client's position in each thread.
    fn id_line(&self) -> String {
        let positions: Vec<_> = self.followers.iter().map(|it| it.position().to_string()).collect();
        format!("id: {}\n", positions.join(","))
    }

    /// A sign of life, after which the next one is due an interval later.
    fn alive(&mut self) -> String {
        let Heartbeat { interval_secs, clock, .. } = &self.heartbeat;
        self.next_beat = Instant::now() + Duration::from_secs((*interval_secs).into());
        let data = LiveAlive { server_time: clock.now().into(), heartbeat_secs: *interval_secs };
        format!("event: {ALIVE}\n{}data: {}\n\n", self.id_line(), json::to_string(&data))
    }
}
