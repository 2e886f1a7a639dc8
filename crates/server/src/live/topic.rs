//! What all who follow the same threads share: one task that reads their news, as long as there is anybody to hand them
//! to. However many threads are followed, a write costs a question for their revisions and a reading of those that
//! changed.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};
use tokio::time::sleep;

use super::batch::Batch;
use crate::domain::thread::ThreadKey;
use crate::storage::{ChangePosition, Store, StoreError};

/// Batches that a stream may be behind before it has to read by itself.
const BATCHES: usize = 8;
/// How long to leave the threads alone after reading them: a storm of comments makes batches, not readings.
const PACE: Duration = Duration::from_millis(250);
/// How long to leave a store alone that failed.
const RETRY: Duration = Duration::from_secs(2);

/// The threads that are followed.
#[derive(Default)]
pub(super) struct Topics {
    followed: Mutex<Followed>,
    /// Somebody came to a thread that nobody followed, or left one.
    stirred: Notify,
}

#[derive(Default)]
struct Followed {
    topics: HashMap<ThreadKey, Topic>,
    /// Those that were not looked at since somebody came to them.
    entered: Vec<ThreadKey>,
    is_watched: bool,
}

/// A thread that is followed.
struct Topic {
    batches: broadcast::Sender<Arc<Batch>>,
    /// Up to which point it was handed out.
    upto: ChangePosition,
}

/// The way to the news of threads.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) topics: Arc<Topics>,
    pub(super) store: Arc<dyn Store>,
}

/// A share in a thread's news.
pub(super) struct Share {
    batches: Option<broadcast::Receiver<Arc<Batch>>>,
    /// After which point it tells everything.
    pub(super) after: ChangePosition,
    topics: Arc<Topics>,
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
    /// Reads what changed in a thread after a point, and whether there is more.
    pub(super) async fn read(
        &self,
        thread: &ThreadKey,
        after: ChangePosition,
    ) -> Result<(Batch, bool), StoreError> {
        let news = self.store.changes_since(thread, after).await?;
        let more = news.more;
        Ok((Batch::new(after, news), more))
    }

    /// Takes a share in a thread from now on, for a stream that has read everything up to `point`.
    pub(super) fn enter(&self, thread: &ThreadKey, point: ChangePosition) -> Share {
        let mut followed = self.topics.lock();
        let Followed { topics, entered, is_watched } = &mut *followed;
        let topic = match topics.entry(thread.clone()) {
            Entry::Occupied(topic) => topic.into_mut(),
            Entry::Vacant(place) => {
                entered.push(thread.clone());
                self.topics.stirred.notify_one();
                place.insert(Topic { batches: broadcast::Sender::new(BATCHES), upto: point })
            }
        };
        if !*is_watched {
            *is_watched = true;
            tokio::spawn(Watcher { door: self.clone(), is_over: false }.run());
        }
        let batches = Some(topic.batches.subscribe());
        Share { batches, after: topic.upto, topics: Arc::clone(&self.topics) }
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
        self.topics.stirred.notify_one();
    }
}

impl Topics {
    fn lock(&self) -> MutexGuard<'_, Followed> {
        self.followed.lock().expect("nobody panics with the lock")
    }

    fn all(&self) -> Vec<ThreadKey> {
        let mut followed = self.lock();
        followed.entered.clear();
        followed.topics.keys().cloned().collect()
    }

    fn upto(&self, thread: &ThreadKey) -> Option<ChangePosition> {
        self.lock().topics.get(thread).map(|topic| topic.upto)
    }

    fn hand_out(&self, thread: &ThreadKey, batch: Batch) {
        if let Some(topic) = self.lock().topics.get_mut(thread) {
            topic.upto = batch.upto;
            // That nobody listens is found out later.
            let _ = topic.batches.send(Arc::new(batch));
        }
    }
}

/// Reads the news of all threads that are followed and hands them out.
struct Watcher {
    door: Door,
    /// Whether nobody followed anything any more, and the next one who comes starts another one.
    is_over: bool,
}

impl Watcher {
    async fn run(mut self) {
        while let Err(error) = self.watch().await {
            tracing::warn!(%error, "the threads that are followed could not be read");
            sleep(RETRY).await;
            if self.is_alone() {
                break;
            }
        }
    }

    /// Hands out what changes, until nobody follows anything any more.
    async fn watch(&mut self) -> Result<(), StoreError> {
        let store = Arc::clone(&self.door.store);
        let mut version = store.version().await?;
        let mut threads = self.door.topics.all();
        loop {
            self.hand_out(&threads).await?;
            threads = loop {
                sleep(PACE).await;
                if self.is_alone() {
                    return Ok(());
                }
                let entered = std::mem::take(&mut self.door.topics.lock().entered);
                if !entered.is_empty() {
                    break entered;
                }
                tokio::select! {
                    later = store.version_after(version) => {
                        version = later?;
                        break self.door.topics.all();
                    }
                    () = self.door.topics.stirred.notified() => {}
                }
            };
        }
    }

    /// Hands out what is there of these threads.
    async fn hand_out(&self, threads: &[ThreadKey]) -> Result<(), StoreError> {
        let revisions = self.door.store.revisions(threads).await?;
        for (thread, revision) in threads.iter().zip(revisions) {
            let now = ChangePosition::after(revision.unwrap_or_default());
            let has_changed = self.door.topics.upto(thread).is_some_and(|upto| upto != now);
            if has_changed && !self.hand_out_thread(thread).await? {
                self.door.topics.lock().topics.remove(thread);
            }
        }
        Ok(())
    }

    /// Hands out what is there of a thread; `false` where it has not come so far, as in another database that took the
    /// place of the former.
    async fn hand_out_thread(&self, thread: &ThreadKey) -> Result<bool, StoreError> {
        while let Some(upto) = self.door.topics.upto(thread) {
            let (batch, more) = self.door.read(thread, upto).await?;
            if batch.upto < upto {
                return Ok(false);
            }
            if batch.upto > upto {
                self.door.topics.hand_out(thread, batch);
            }
            if !more {
                break;
            }
        }
        Ok(true)
    }

    /// Forgets the threads that nobody follows, and tells whether none is left.
    fn is_alone(&mut self) -> bool {
        let mut followed = self.door.topics.lock();
        followed.topics.retain(|_, topic| topic.batches.receiver_count() > 0);
        self.is_over = followed.topics.is_empty();
        if self.is_over {
            followed.entered.clear();
            followed.is_watched = false;
        }
        self.is_over
    }
}

impl Drop for Watcher {
    /// However it ended: whoever still has a share learns of it, and the next one who comes starts another one.
    fn drop(&mut self) {
        if !self.is_over {
            *self.door.topics.lock() = Followed::default();
        }
    }
}
