//! Follows one thread for one stream, from event to event.

use std::sync::Arc;

use tokio::sync::broadcast;

use super::batch::{Batch, Event};
use super::channel::Channels;
use crate::clock::Clock;
use crate::commands::SitePolicy;
use crate::domain::thread::ThreadKey;
use crate::domain::thread_head::ThreadHead;
use crate::json;
use crate::storage::{ChangePosition, Store};

/// The source of threads' changes.
#[derive(Clone)]
pub(super) struct ThreadSource {
    /// Holds those that there are.
    pub(super) store: Arc<dyn Store>,
    /// Bring those that are still to come.
    pub(super) channels: Arc<Channels>,
    /// Tells by which time a thread is judged.
    pub(super) clock: Arc<dyn Clock>,
}

/// A thread that is followed, and the policy of its site.
pub(super) struct FollowedThread {
    /// The thread.
    pub(super) thread: ThreadKey,
    /// The policy.
    pub(super) policy: SitePolicy,
}

/// A position in a thread's history, which moves on as the client takes the events.
pub(super) struct Follower {
    source: ThreadSource,
    followed: FollowedThread,
    /// The beginning of every event's data: the page, as the client has named it.
    pub(super) data_head: String,
    /// The point up to which the client has seen everything.
    at: ChangePosition,
    /// Something may have changed that the subscription does not tell.
    needs_catch_up: bool,
    batch: Option<Arc<Batch>>,
    subscription: Option<Subscription>,
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

impl Follower {
    /// Follows a thread whose page the client calls `page`, from a point on.
    pub(super) fn new(
        source: ThreadSource,
        page: &str,
        followed: FollowedThread,
        at: ChangePosition,
    ) -> Self {
        let data_head = format!("{{\"page\":{}", json::to_string(&page));
        Self { source, followed, data_head, at, needs_catch_up: false, batch: None, subscription: None }
    }

    /// Has it read the changes first that there are already.
    pub(super) fn catching_up(self) -> Self {
        Self { needs_catch_up: true, ..self }
    }

    /// The last revision all of whose changes the client has seen.
    pub(super) fn position(&self) -> u64 {
        self.at.complete_revision()
    }

    /// Takes the next event of the batch at hand.
    pub(super) fn next_event(&mut self) -> Option<Event> {
        let batch = self.batch.as_ref()?;
        let head = |thread: &_| ThreadHead::at(self.source.clock.now(), thread, &self.followed.policy);
        if let Some(event) = batch.event_after(self.at, head) {
            self.at = event.reached;
            return Some(event);
        }
        self.at = self.at.max(batch.through);
        self.batch = None;
        None
    }

    /// Reads the changes that the subscription does not tell; `false` where there is nothing to read, none where this
    /// history is over.
    pub(super) async fn catch_up(&mut self) -> Option<bool> {
        if !self.needs_catch_up {
            return Some(false);
        }
        // A client whose store failed comes back to the same point.
        let changes = self.source.store.changes_since(&self.followed.thread, self.at).await.ok()?;
        // The database is another one, in which the thread has not come so far.
        if changes.through < self.at {
            return None;
        }
        self.needs_catch_up = changes.more;
        self.batch = Some(Arc::new(Batch::new(self.at, changes)));
        Some(true)
    }

    /// Subscribes to what is still to come; `false` where something is to be read before.
    pub(super) fn subscribe(&mut self) -> bool {
        let subscription = self
            .subscription
            .get_or_insert_with(|| Subscription::new(&self.source, &self.followed.thread, self.at));
        self.needs_catch_up |= subscription.after > self.at;
        !self.needs_catch_up
    }

    /// Waits for the next message of the subscription.
    pub(super) async fn receive(&mut self) -> Received {
        match &mut self.subscription {
            Some(subscription) => subscription.receive().await,
            None => Received::Closed,
        }
    }

    /// Takes a message of the subscription; none where the channel is closed.
    pub(super) fn accept(&mut self, received: Received) -> Option<()> {
        match received {
            Received::Batch(batch) if batch.after > self.at => self.needs_catch_up = true,
            Received::Batch(batch) => self.batch = Some(batch),
            Received::Lagged => self.needs_catch_up = true,
            Received::Closed => return None,
        }
        Some(())
    }
}

/// A subscription to a thread's changes.
struct Subscription {
    batches: Option<broadcast::Receiver<Arc<Batch>>>,
    /// The point after which it receives every change.
    after: ChangePosition,
    channels: Arc<Channels>,
}

impl Subscription {
    fn new(source: &ThreadSource, thread: &ThreadKey, point: ChangePosition) -> Self {
        let (batches, after) = source.channels.subscribe(&source.store, thread, point);
        Self { batches: Some(batches), after, channels: Arc::clone(&source.channels) }
    }

    /// Waits for the next message.
    async fn receive(&mut self) -> Received {
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
