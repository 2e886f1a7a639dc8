//! Threads as they change: one reading of the database for all who follow a thread.
//!
//! The truth is in the database, where every comment tells at which revision it last changed. A stream is a place in
//! that history, which moves on as the client takes what is there: it keeps no queue, misses nothing, and tells
//! nothing twice. What changes now is read once by the thread's own task and handed to all its streams; one that is
//! behind, because it came back after a while or takes its time, reads what it lacks by itself.

mod batch;
mod feed;
mod places;
mod topic;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::watch;

use crate::commands::Context;
use crate::config::Limits;
use crate::domain::thread::ThreadKey;
use crate::storage::{Point, StoreError};

pub use feed::Feed;
use places::Places;
pub use places::TooManyStreams;
use topic::{Door, Topics};

/// Who follows which thread.
pub struct Live {
    topics: Arc<Topics>,
    places: Arc<Places>,
    heartbeat: Duration,
    stopped: watch::Receiver<bool>,
}

/// A wish to follow a thread.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The thread.
    pub thread: ThreadKey,
    /// From where on.
    pub start: Start,
    /// Whose wish it is.
    pub address: IpAddr,
}

/// From where on to follow a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// From the present moment.
    Now,
    /// After a revision; from the beginning where the thread never had such a one.
    After(u64),
}

/// Why a thread is not followed.
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
            heartbeat: Duration::from_secs(limits.heartbeat_secs.into()),
            stopped,
        }
    }

    /// Whether any stream is let in at all.
    pub fn is_on(&self) -> bool {
        self.places.are_there()
    }

    /// Opens a stream.
    pub async fn follow(&self, context: &Context, wish: Wish) -> Result<Feed, FollowError> {
        let place = self.places.take(wish.address)?;
        let revision = context.store.revision(&wish.thread).await?.unwrap_or_default();
        let start = match wish.start {
            Start::Now => revision,
            // A backup was put in the place of the database. Nothing is lost from the beginning.
            Start::After(seen) if seen > revision => 0,
            Start::After(seen) => seen,
        };
        let (topics, store) = (Arc::clone(&self.topics), Arc::clone(&context.store));
        let door = Door { topics, store, thread: wish.thread };
        let feed = Feed::new(door, Point::after(start), place, self.pulse(context));
        Ok(if start < revision { feed.behind() } else { feed })
    }

    fn pulse(&self, context: &Context) -> feed::Pulse {
        let mut chance = [0];
        context.entropy.fill(&mut chance);
        feed::Pulse { heartbeat: self.heartbeat, stopped: self.stopped.clone(), chance: chance[0] }
    }
}
