//! The task that reads the changes of all threads that are followed, and publishes them to their channels.
//!
//! A write costs a query for the revisions of all followed threads, however many they are, and one for each that changed.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::batch::Batch;
use super::channel::Channels;
use crate::domain::thread::ThreadKey;
use crate::storage::{ChangePosition, Store, StoreError};

/// Pause after reading the threads, so that a storm of comments makes few and large batches.
const MIN_INTERVAL: Duration = Duration::from_millis(250);
/// Pause after the store failed.
const RETRY_INTERVAL: Duration = Duration::from_secs(2);

/// Publishes the changes of all threads that are followed.
pub(super) struct Publisher {
    channels: Arc<Channels>,
    store: Arc<dyn Store>,
    /// Nobody followed anything any more, and the next subscriber starts another publisher.
    has_ended: bool,
}

impl Publisher {
    /// Starts the task, which ends when nobody follows anything any more.
    pub(super) fn start(channels: Arc<Channels>, store: Arc<dyn Store>) {
        tokio::spawn(Self { channels, store, has_ended: false }.run());
    }

    async fn run(mut self) {
        while let Err(error) = self.publish_changes().await {
            tracing::warn!(%error, "the threads that are followed could not be read");
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
                self.channels.close(thread);
            }
        }
        Ok(())
    }

    /// Publishes what has changed in a thread; `false` where the thread is at an earlier point, as in another database
    /// that took the place of the former.
    async fn publish_thread(&self, thread: &ThreadKey) -> Result<bool, StoreError> {
        while let Some(through) = self.channels.through(thread) {
            let (batch, more) = Batch::read(&*self.store, thread, through).await?;
            if batch.through < through {
                return Ok(false);
            }
            if batch.through > through {
                self.channels.publish(thread, batch);
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
    /// Lets all subscribers know, however the task ended.
    fn drop(&mut self) {
        if !self.has_ended {
            self.channels.close_all();
        }
    }
}
