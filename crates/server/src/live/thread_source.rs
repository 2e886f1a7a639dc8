//! Reads the changes of threads and subscribes to those that are still to come.

use std::sync::Arc;

use super::batch::Batch;
use super::channel::{Channels, Subscription};
use super::publisher::Publisher;
use crate::domain::thread::ThreadKey;
use crate::storage::{ChangePosition, Store, StoreError};

/// The source of threads' changes.
#[derive(Clone)]
pub(super) struct ThreadSource {
    channels: Arc<Channels>,
    store: Arc<dyn Store>,
}

impl ThreadSource {
    /// The source that reads from `store` and subscribes to `channels`.
    pub(super) fn new(channels: Arc<Channels>, store: Arc<dyn Store>) -> Self {
        Self { channels, store }
    }

    /// Reads the changes of a thread after a point; also returns whether there are more.
    pub(super) async fn read(
        &self,
        thread: &ThreadKey,
        after: ChangePosition,
    ) -> Result<(Batch, bool), StoreError> {
        Batch::read(&*self.store, thread, after).await
    }

    /// Subscribes to a thread from now on, for a stream that has read everything up to `point`.
    pub(super) fn subscribe(&self, thread: &ThreadKey, point: ChangePosition) -> Subscription {
        let subscription = self.channels.subscribe(thread, point);
        if self.channels.claim_publisher() {
            Publisher::start(Arc::clone(&self.channels), Arc::clone(&self.store));
        }
        subscription
    }
}
