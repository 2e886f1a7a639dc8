//! Channels of threads: one task reads what changes in all threads that are followed, and publishes it to all who follow
//! them.
//!
//! A write costs a query for the revisions of all followed threads, however many they are, and one for each that changed.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};
use tokio::time::sleep;

use super::batch::Batch;
use crate::domain::thread::ThreadKey;
use crate::storage::{ChangePosition, Store, StoreError};

/// Batches that a stream may be behind before it has to read for itself.
const QUEUE_CAPACITY: usize = 8;
/// Pause after reading the threads, so that a storm of comments makes few and large batches.
const MIN_INTERVAL: Duration = Duration::from_millis(250);
/// Pause after the store failed.
const RETRY_INTERVAL: Duration = Duration::from_secs(2);
/// Failures in a row after which all streams end: another server may still reach the database, and its clients look for it.
const MAX_FAILURES: u32 = 3;

/// The channels of all threads that are followed.
#[derive(Default)]
pub(super) struct Channels {
    open: Mutex<OpenChannels>,
    /// Notified when somebody subscribed to a thread that nobody followed, or left one.
    pub(super) changed: Notify,
}

#[derive(Default)]
struct OpenChannels {
    by_thread: HashMap<ThreadKey, Channel>,
    /// Threads that were not read since the first subscription to them.
    unread: Vec<ThreadKey>,
    has_publisher: bool,
}

/// The channel of a thread.
struct Channel {
    batches: broadcast::Sender<Arc<Batch>>,
    /// The point up to which changes were published.
    through: ChangePosition,
}

impl Channels {
    /// Subscribes to a thread from now on, for a stream that has read everything up to `point`; also returns the point
    /// after which every change is received. The thread's channel is opened where there is none, and read from `store`.
    pub(super) fn subscribe(
        self: &Arc<Self>,
        store: &Arc<dyn Store>,
        thread: &ThreadKey,
        point: ChangePosition,
    ) -> (broadcast::Receiver<Arc<Batch>>, ChangePosition) {
        let mut open = self.lock();
        let OpenChannels { by_thread, unread, has_publisher } = &mut *open;
        let needs_publisher = !std::mem::replace(has_publisher, true);
        let channel = match by_thread.entry(thread.clone()) {
            Entry::Occupied(channel) => channel.into_mut(),
            Entry::Vacant(vacant) => {
                unread.push(thread.clone());
                self.changed.notify_one();
                vacant.insert(Channel { batches: broadcast::Sender::new(QUEUE_CAPACITY), through: point })
            }
        };
        let subscribed = (channel.batches.subscribe(), channel.through);
        // A runtime that shuts down drops the task at once, and what that closes needs the lock.
        drop(open);
        if needs_publisher {
            Publisher::start(Arc::clone(self), Arc::clone(store));
        }
        subscribed
    }

    /// Every thread that is followed. All of them count as read.
    fn take_all(&self) -> Vec<ThreadKey> {
        let mut open = self.lock();
        open.unread.clear();
        open.by_thread.keys().cloned().collect()
    }

    /// The threads that were not read since the first subscription to them. From now on they count as read.
    fn take_unread(&self) -> Vec<ThreadKey> {
        std::mem::take(&mut self.lock().unread)
    }

    /// The point up to which changes of a thread were published, where it is followed.
    fn through(&self, thread: &ThreadKey) -> Option<ChangePosition> {
        self.lock().by_thread.get(thread).map(|channel| channel.through)
    }

    /// Sends changes to all who subscribed to a thread.
    fn publish(&self, thread: &ThreadKey, batch: Batch) {
        if let Some(channel) = self.lock().by_thread.get_mut(thread) {
            channel.through = batch.through;
            // A channel without subscribers is removed later.
            let _ = channel.batches.send(Arc::new(batch));
        }
    }

    /// Removes the channels without subscribers. Where none is left, it lets the next subscriber start another
    /// publisher and returns `true`.
    fn remove_if_unused(&self) -> bool {
        let mut open = self.lock();
        open.by_thread.retain(|_, channel| channel.batches.receiver_count() > 0);
        let is_empty = open.by_thread.is_empty();
        if is_empty {
            *open = OpenChannels::default();
        }
        is_empty
    }

    fn lock(&self) -> MutexGuard<'_, OpenChannels> {
        // Every change of the map is whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Publishes the changes of all threads that are followed.
struct Publisher {
    channels: Arc<Channels>,
    store: Arc<dyn Store>,
    /// Failures of the store in a row.
    failures: u32,
    /// Nobody followed anything any more, and the next subscriber starts another publisher.
    has_ended: bool,
}

impl Publisher {
    /// Starts the task, which ends when nobody follows anything any more.
    fn start(channels: Arc<Channels>, store: Arc<dyn Store>) {
        tokio::spawn(Self { channels, store, failures: 0, has_ended: false }.run());
    }

    async fn run(mut self) {
        while let Err(error) = self.publish_changes().await {
            tracing::warn!(%error, "the threads that are followed could not be read");
            self.failures += 1;
            if self.failures == MAX_FAILURES {
                break;
            }
            sleep(RETRY_INTERVAL).await;
            if self.end_if_unused() {
                break;
            }
        }
    }

    /// Publishes what changes, until nobody follows anything any more.
    async fn publish_changes(&mut self) -> Result<(), StoreError> {
        let mut version = self.store.version().await?;
        let mut threads = self.channels.take_all();
        loop {
            self.publish(&threads).await?;
            self.failures = 0;
            threads = loop {
                sleep(MIN_INTERVAL).await;
                if self.end_if_unused() {
                    return Ok(());
                }
                let unread = self.channels.take_unread();
                if !unread.is_empty() {
                    break unread;
                }
                tokio::select! {
                    later = self.store.version_after(version) => {
                        version = later?;
                        break self.channels.take_all();
                    }
                    () = self.channels.changed.notified() => {}
                }
            };
        }
    }

    /// Publishes what has changed in these threads.
    async fn publish(&self, threads: &[ThreadKey]) -> Result<(), StoreError> {
        let revisions = self.store.revisions(threads).await?;
        for (thread, revision) in threads.iter().zip(revisions) {
            let now = ChangePosition::after(revision.unwrap_or_default());
            let has_changed = self.channels.through(thread).is_some_and(|through| through != now);
            if has_changed && !self.publish_thread(thread).await? {
                self.channels.lock().by_thread.remove(thread);
            }
        }
        Ok(())
    }

    /// Publishes what has changed in a thread; `false` where the thread is at an earlier point, as in another database
    /// that took the place of the former.
    async fn publish_thread(&self, thread: &ThreadKey) -> Result<bool, StoreError> {
        while let Some(through) = self.channels.through(thread) {
            let changes = self.store.changes_since(thread, through).await?;
            let more = changes.more;
            if changes.through < through {
                return Ok(false);
            }
            if changes.through > through {
                self.channels.publish(thread, Batch::new(through, changes));
            }
            if !more {
                break;
            }
        }
        Ok(true)
    }

    /// Ends the publisher where no channel has subscribers any more, and returns whether it did.
    fn end_if_unused(&mut self) -> bool {
        self.has_ended = self.channels.remove_if_unused();
        self.has_ended
    }
}

impl Drop for Publisher {
    /// Closes all channels, so that all subscribers know, however the task ended, and the next one starts another publisher.
    fn drop(&mut self) {
        if !self.has_ended {
            *self.channels.lock() = OpenChannels::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Runtime;
    use tokio::sync::broadcast::error::TryRecvError;

    use super::*;
    use crate::storage;

    #[test]
    fn subscription_is_closed_where_the_runtime_has_shut_down() {
        let directory = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", directory.path().join("dumka.db").display());
        let (runtime, stopped) = (Runtime::new().unwrap(), Runtime::new().unwrap());
        let store = runtime.block_on(storage::open(&database)).unwrap();
        let handle = stopped.handle().clone();
        drop(stopped);
        let _entered = handle.enter();
        let thread = ThreadKey { site: "news.example".into(), page: "news/42".into() };
        let channels = Arc::<Channels>::default();
        let (mut batches, _) = channels.subscribe(&store, &thread, ChangePosition::after(0));
        assert!(matches!(batches.try_recv(), Err(TryRecvError::Closed)));
    }
}
