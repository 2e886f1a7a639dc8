//! Streams the changes of threads to their readers, with one query of the database for all who follow a thread.
//!
//! The truth is in the database, where every comment has the revision of its last change. A stream is a position in
//! the history of each of its threads, which moves on as the client takes the events: it keeps no queue, misses
//! nothing, and sends nothing twice. What changes now is read once, by one task for all threads that are followed, and
//! published to all their streams; a stream that lags, because its client came back after a while or is slow, reads for
//! itself what it lacks.

mod batch;
mod channel;
mod follower;
mod newsroom;
mod slots;
mod stream;

use std::net::IpAddr;
use std::sync::Arc;

use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::watch;

use crate::commands::{Context, SitePolicy};
use crate::config::Limits;
use crate::domain::thread::ThreadKey;
use crate::storage::{ChangePosition, StoreError};

use channel::Channels;
use follower::{FollowedThread, Follower, ThreadSource};
pub use newsroom::{NewsroomLive, NewsroomNews};
use slots::Slots;
pub use slots::TooManyStreams;
pub use stream::EventStream;
use stream::{End, Heartbeat};

/// Opens streams of threads' changes.
pub struct Live {
    channels: Arc<Channels>,
    slots: Arc<Slots>,
    heartbeat_secs: u32,
    stopped: watch::Receiver<bool>,
}

/// A request to follow a thread.
#[derive(Debug, Clone)]
pub struct FollowRequest {
    /// The client's name for the page.
    pub page: String,
    /// The thread.
    pub thread: ThreadKey,
    /// The position from which on.
    pub start: Start,
    /// The policy of its site.
    pub policy: SitePolicy,
}

/// The position from which a thread is followed. The order puts first the one that everything comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// After a revision; from the beginning where the thread never had such a one.
    After(u64),
    /// From the present moment.
    Now,
}

/// The failure to open a stream.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// Too many streams are open.
    #[error(transparent)]
    TooMany(#[from] TooManyStreams),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Live {
    /// No thread is followed yet. `open` counts the streams; all of them end when `stopped` turns true.
    pub fn new(limits: &Limits, open: Gauge, stopped: watch::Receiver<bool>) -> Self {
        Self {
            channels: Arc::default(),
            slots: Arc::new(Slots::new(limits, open)),
            heartbeat_secs: limits.heartbeat_secs,
            stopped,
        }
    }

    /// `true` where any stream is let in at all.
    pub fn is_on(&self) -> bool {
        self.slots.exist()
    }

    /// Opens a stream of these threads for a client.
    pub async fn follow(
        &self,
        context: &Context,
        requests: Vec<FollowRequest>,
        address: IpAddr,
    ) -> Result<EventStream, FollowError> {
        let end = End::WithClient { _slot: self.slots.take(address)? };
        Ok(self.stream(context, requests, end).await?)
    }

    /// Opens a stream that ends after the changes in these threads until now.
    pub async fn catch_up(
        &self,
        context: &Context,
        requests: Vec<FollowRequest>,
    ) -> Result<EventStream, StoreError> {
        self.stream(context, requests, End::CaughtUp).await
    }

    async fn stream(
        &self,
        context: &Context,
        requests: Vec<FollowRequest>,
        end: End,
    ) -> Result<EventStream, StoreError> {
        let threads: Vec<_> = requests.iter().map(|request| request.thread.clone()).collect();
        let revisions = context.store.revisions(&threads).await?;
        let (store, channels) = (Arc::clone(&context.store), Arc::clone(&self.channels));
        let source = ThreadSource { store, channels, clock: Arc::clone(&context.clock) };
        let follower = |(request, revision): (FollowRequest, Option<u64>)| {
            request.into_follower(source.clone(), revision.unwrap_or_default())
        };
        let followers = requests.into_iter().zip(revisions).map(follower).collect();
        Ok(EventStream::new(followers, end, self.heartbeat(context)))
    }

    fn heartbeat(&self, context: &Context) -> Heartbeat {
        let mut random = [0];
        context.entropy.fill(&mut random);
        Heartbeat {
            interval_secs: self.heartbeat_secs,
            clock: Arc::clone(&context.clock),
            stopped: self.stopped.clone(),
            random: random[0],
        }
    }
}

impl FollowRequest {
    fn into_follower(self, source: ThreadSource, revision: u64) -> Follower {
        let Self { page, thread, start, policy } = self;
        let seen = match start {
            Start::Now => revision,
            // A backup was put in the place of the database. Nothing is lost from the beginning.
            Start::After(seen) if seen > revision => 0,
            Start::After(seen) => seen,
        };
        let follower =
            Follower::new(source, &page, FollowedThread { thread, policy }, ChangePosition::after(seen));
        if seen < revision { follower.catching_up() } else { follower }
    }
}
