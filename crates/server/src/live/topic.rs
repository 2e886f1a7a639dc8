//! What all who follow one thread share: a task that reads its news, as long as there is anybody to hand them to.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};

use super::batch::Batch;
use crate::domain::thread::ThreadKey;
use crate::storage::{Point, Store, StoreError};

/// Batches that a stream may be behind before it has to read by itself.
const BATCHES: usize = 8;
/// How long to leave a thread alone after reading it: a storm of comments makes batches, not readings.
const PACE: Duration = Duration::from_millis(250);
/// How long to leave a store alone that failed.
const RETRY: Duration = Duration::from_secs(2);

/// The threads that are followed.
#[derive(Default)]
pub(super) struct Topics(Mutex<HashMap<ThreadKey, Topic>>);

/// A thread that is followed.
struct Topic {
    batches: broadcast::Sender<Arc<Batch>>,
    /// Up to which point it was handed out.
    upto: Point,
    left: Arc<Notify>,
}

/// The way to a thread's news.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) topics: Arc<Topics>,
    pub(super) store: Arc<dyn Store>,
    pub(super) thread: ThreadKey,
}

/// A share in a thread's news.
pub(super) struct Share {
    batches: Option<broadcast::Receiver<Arc<Batch>>>,
    /// After which point it tells everything.
    pub(super) after: Point,
    left: Arc<Notify>,
}

/// How a share goes on.
pub(super) enum Next {
    /// With what changed.
    Batch(Arc<Batch>),
    /// It was not asked for too long: something is missing.
    Missed,
    /// Not at all.
    Closed,
}

impl Door {
    /// Reads what changed after a point.
    pub(super) async fn read(&self, after: Point) -> Result<(Batch, bool), StoreError> {
        let news = self.store.news(&self.thread, after).await?;
        let more = news.more;
        Ok((Batch::new(after, news), more))
    }

    /// Takes a share from now on, for a stream that has read everything up to `point`.
    pub(super) fn enter(&self, point: Point) -> Share {
        let mut topics = self.topics.lock();
        let topic = match topics.entry(self.thread.clone()) {
            Entry::Occupied(topic) => topic.into_mut(),
            Entry::Vacant(place) => {
                let topic =
                    Topic { batches: broadcast::Sender::new(BATCHES), upto: point, left: Arc::default() };
                tokio::spawn(Task { door: self.clone(), left: topic.left.clone(), upto: point }.run());
                place.insert(topic)
            }
        };
        Share { batches: Some(topic.batches.subscribe()), after: topic.upto, left: topic.left.clone() }
    }
}

impl Share {
    /// Waits for what comes next.
    pub(super) async fn next(&mut self) -> Next {
        let Some(batches) = &mut self.batches else { return Next::Closed };
        match batches.recv().await {
            Ok(batch) => Next::Batch(batch),
            Err(broadcast::error::RecvError::Lagged(_)) => Next::Missed,
            Err(broadcast::error::RecvError::Closed) => Next::Closed,
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        // It must be gone when the task counts.
        self.batches = None;
        self.left.notify_one();
    }
}

impl Topics {
    fn lock(&self) -> MutexGuard<'_, HashMap<ThreadKey, Topic>> {
        self.0.lock().expect("nobody panics with the lock")
    }
}

/// Reads a thread's news and hands them out.
struct Task {
    door: Door,
    left: Arc<Notify>,
    upto: Point,
}

impl Task {
    async fn run(mut self) {
        while let Err(error) = self.follow().await {
            tracing::warn!(%error, "a thread that is followed could not be read");
            tokio::time::sleep(RETRY).await;
            if self.is_alone() {
                break;
            }
        }
    }

    /// Hands out what changes, until nobody follows the thread any more or its history is over.
    async fn follow(&mut self) -> Result<(), StoreError> {
        let store = Arc::clone(&self.door.store);
        let mut version = store.version().await?;
        while self.hand_out().await? {
            tokio::time::sleep(PACE).await;
            loop {
                if self.is_alone() {
                    return Ok(());
                }
                tokio::select! {
                    later = store.version_after(version) => {
                        version = later?;
                        break;
                    }
                    () = self.left.notified() => {}
                }
            }
        }
        Ok(())
    }

    /// Reads on and hands out what is there; `false` where the thread has not come so far, as in another database
    /// that took the place of the former.
    async fn hand_out(&mut self) -> Result<bool, StoreError> {
        loop {
            let (batch, more) = self.door.read(self.upto).await?;
            if batch.upto < self.upto {
                return Ok(false);
            }
            if batch.upto > self.upto {
                self.upto = batch.upto;
                self.send(batch);
            }
            if !more {
                return Ok(true);
            }
        }
    }

    fn send(&self, batch: Batch) {
        if let Some(topic) = self.door.topics.lock().get_mut(&self.door.thread) {
            topic.upto = batch.upto;
            // That nobody listens is found out later.
            let _ = topic.batches.send(Arc::new(batch));
        }
    }

    /// Whether nobody follows the thread; then it is not followed any more.
    fn is_alone(&self) -> bool {
        let mut topics = self.door.topics.lock();
        let is_alone = topics.get(&self.door.thread).is_none_or(|topic| topic.batches.receiver_count() == 0);
        if is_alone {
            topics.remove(&self.door.thread);
        }
        is_alone
    }
}

impl Drop for Task {
    /// However it ended: whoever still has a share learns of it, and the next one who comes starts another task.
    fn drop(&mut self) {
        let mut topics = self.door.topics.lock();
        if topics.get(&self.door.thread).is_some_and(|topic| Arc::ptr_eq(&topic.left, &self.left)) {
            topics.remove(&self.door.thread);
        }
    }
}
