//! Channels of threads: what was read of a thread once goes to all who subscribe to it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast};

use super::batch::Batch;
use crate::domain::thread::ThreadKey;
use crate::storage::ChangePosition;

/// Batches that a stream may be behind before it has to read for itself.
const QUEUE_CAPACITY: usize = 8;

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

/// A subscription to a thread's changes.
pub(super) struct Subscription {
    batches: Option<broadcast::Receiver<Arc<Batch>>>,
    /// The point after which it receives every change.
    pub(super) after: ChangePosition,
    channels: Arc<Channels>,
}

/// The next message of a subscription.
pub(super) enum Received {
    /// Changes of the thread.
    Batch(Arc<Batch>),
    /// The stream was too slow: something is missing.
    Lagged,
    /// The channel is closed.
    Closed,
}

impl Channels {
    /// Subscribes to a thread from now on, for a stream that has read everything up to `point`. The thread's channel is
    /// opened where there is none.
    pub(super) fn subscribe(self: &Arc<Self>, thread: &ThreadKey, point: ChangePosition) -> Subscription {
        let mut open = self.lock();
        let OpenChannels { by_thread, unread, .. } = &mut *open;
        let channel = match by_thread.entry(thread.clone()) {
            Entry::Occupied(channel) => channel.into_mut(),
            Entry::Vacant(vacant) => {
                unread.push(thread.clone());
                self.changed.notify_one();
                vacant.insert(Channel { batches: broadcast::Sender::new(QUEUE_CAPACITY), through: point })
            }
        };
        let batches = Some(channel.batches.subscribe());
        Subscription { batches, after: channel.through, channels: Arc::clone(self) }
    }

    /// Marks the channels as having a publisher; `false` where they have one already.
    pub(super) fn claim_publisher(&self) -> bool {
        !std::mem::replace(&mut self.lock().has_publisher, true)
    }

    /// Every thread that is followed. All of them count as read.
    pub(super) fn take_all(&self) -> Vec<ThreadKey> {
        let mut open = self.lock();
        open.unread.clear();
        open.by_thread.keys().cloned().collect()
    }

    /// The threads that were not read since the first subscription to them. From now on they count as read.
    pub(super) fn take_unread(&self) -> Vec<ThreadKey> {
        std::mem::take(&mut self.lock().unread)
    }

    /// The point up to which changes of a thread were published, where it is followed.
    pub(super) fn through(&self, thread: &ThreadKey) -> Option<ChangePosition> {
        self.lock().by_thread.get(thread).map(|channel| channel.through)
    }

    /// Sends changes to all who subscribed to a thread.
    pub(super) fn publish(&self, thread: &ThreadKey, batch: Batch) {
        if let Some(channel) = self.lock().by_thread.get_mut(thread) {
            channel.through = batch.through;
            // A channel without subscribers is removed later.
            let _ = channel.batches.send(Arc::new(batch));
        }
    }

    /// Closes the channel of a thread.
    pub(super) fn close(&self, thread: &ThreadKey) {
        self.lock().by_thread.remove(thread);
    }

    /// Closes all channels, and lets the next subscriber start another publisher.
    pub(super) fn close_all(&self) {
        *self.lock() = OpenChannels::default();
    }

    /// Removes the channels without subscribers. Where none is left, it lets the next subscriber start another
    /// publisher and returns `true`.
    pub(super) fn remove_if_unused(&self) -> bool {
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

impl Subscription {
    /// Waits for the next message.
    pub(super) async fn receive(&mut self) -> Received {
        let Some(batches) = &mut self.batches else { return Received::Closed };
        match batches.recv().await {
            Ok(batch) => Received::Batch(batch),
            Err(broadcast::error::RecvError::Lagged(_)) => Received::Lagged,
            Err(broadcast::error::RecvError::Closed) => Received::Closed,
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // It must be gone when subscribers are counted.
        self.batches = None;
        self.channels.changed.notify_one();
    }
}
