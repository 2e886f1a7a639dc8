//! Threads as they change: one reading of the database for all who follow a thread.
//!
//! The truth is in the database, where every comment tells at which revision it last changed. A stream is a place in
//! the history of each of its threads, which moves on as the client takes what is there: it keeps no queue, misses
//! nothing, and tells nothing twice. What changes now is read once, by one task for all threads that are followed, and
//! handed to all their streams; one that is behind, because it came back after a while or takes its time, reads what it
//! lacks by itself.

mod batch;
mod feed;
mod follower;
mod places;
mod topic;

use std::net::IpAddr;
use std::sync::Arc;

use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::watch;

use crate::commands::Context;
use crate::config::Limits;
use crate::domain::thread::ThreadKey;
use crate::storage::{ChangePosition, StoreError};

use feed::End;
pub use feed::Feed;
use follower::Follower;
use places::Places;
pub use places::TooManyStreams;
use topic::{Door, Topics};

/// Who follows which threads.
pub struct Live {
    topics: Arc<Topics>,
    places: Arc<Places>,
    heartbeat_secs: u32,
    stopped: watch::Receiver<bool>,
}

/// A wish to follow a thread.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What the client calls the page.
    pub page: String,
    /// The thread.
    pub thread: ThreadKey,
    /// From where on.
    pub start: Start,
}

/// From where on to follow a thread. The first that everything comes after is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// After a revision; from the beginning where the thread never had such a one.
    After(u64),
    /// From the present moment.
    Now,
}

/// Why threads are not followed.
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
    /// Nobody follows anything yet. `open` counts the streams; all of them end when `stopped` turns true.
    pub fn new(limits: &Limits, open: Gauge, stopped: watch::Receiver<bool>) -> Self {
        Self {
            topics: Arc::default(),
            places: Arc::new(Places::new(limits, open)),
            heartbeat_secs: limits.heartbeat_secs,
            stopped,
        }
    }

    /// Whether any stream is let in at all.
    pub fn is_on(&self) -> bool {
        self.places.are_there()
    }

    /// Opens a stream of these threads for a client.
    pub async fn follow(
        &self,
        context: &Context,
        wishes: Vec<Wish>,
        address: IpAddr,
    ) -> Result<Feed, FollowError> {
        let end = End::WithClient { _place: self.places.take(address)? };
        Ok(self.feed(context, wishes, end).await?)
    }

    /// Tells what has changed in these threads until now, and no more.
    pub async fn catch_up(&self, context: &Context, wishes: Vec<Wish>) -> Result<Feed, StoreError> {
        self.feed(context, wishes, End::WhenTold).await
    }

    async fn feed(&self, context: &Context, wishes: Vec<Wish>, end: End) -> Result<Feed, StoreError> {
        let threads: Vec<_> = wishes.iter().map(|wish| wish.thread.clone()).collect();
        let revisions = context.store.revisions(&threads).await?;
        let door = Door { topics: Arc::clone(&self.topics), store: Arc::clone(&context.store) };
        let follower = |(wish, revision): (Wish, Option<u64>)| {
            let Wish { page, thread, start } = wish;
            let revision = revision.unwrap_or_default();
            let seen = match start {
                Start::Now => revision,
                // A backup was put in the place of the database. Nothing is lost from the beginning.
                Start::After(seen) if seen > revision => 0,
                Start::After(seen) => seen,
            };
            Follower::new(door.clone(), (&page, thread), ChangePosition::after(seen), seen < revision)
        };
        let followers = wishes.into_iter().zip(revisions).map(follower).collect();
        Ok(Feed::new(followers, end, self.pulse(context)))
    }

    fn pulse(&self, context: &Context) -> feed::Pulse {
        let mut chance = [0];
        context.entropy.fill(&mut chance);
        feed::Pulse {
            heartbeat_secs: self.heartbeat_secs,
            clock: Arc::clone(&context.clock),
            stopped: self.stopped.clone(),
            chance: chance[0],
        }
    }
}
