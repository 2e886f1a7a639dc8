//! How far a stream has come in one of its threads.

use std::sync::Arc;

use super::batch::{Batch, Event};
use super::topic::{Door, Next, Share};
use crate::domain::thread::ThreadKey;
use crate::storage::ChangePosition;

/// A place in a thread's history, which moves on as the client takes what is there.
pub(super) struct Follower {
    door: Door,
    thread: ThreadKey,
    /// The beginning of every event's data: the page, as the client has named it.
    pub(super) data_head: String,
    /// What the client has seen.
    at: ChangePosition,
    /// Whether something may have changed that no share tells of.
    is_behind: bool,
    batch: Option<Arc<Batch>>,
    share: Option<Share>,
}

impl Follower {
    /// Follows a thread that is called `page` from a point on, behind which more may have happened.
    pub(super) fn new(
        door: Door,
        (page, thread): (&str, ThreadKey),
        at: ChangePosition,
        is_behind: bool,
    ) -> Self {
        let page = serde_json::to_string(page).expect("text can be written");
        let data_head = format!("{{\"page\":{page}");
        Self { door, thread, data_head, at, is_behind, batch: None, share: None }
    }

    /// The last revision all of whose changes were told.
    pub(super) fn position(&self) -> u64 {
        self.at.complete_revision()
    }

    /// The next event of the batch at hand.
    pub(super) fn event(&mut self) -> Option<Event> {
        let batch = self.batch.as_ref()?;
        if let Some(event) = batch.event_after(self.at) {
            self.at = event.reached;
            return Some(event);
        }
        self.at = self.at.max(batch.upto);
        self.batch = None;
        None
    }

    /// Reads what no share tells of; nothing is left to do where `false` is answered. None where this history is over.
    pub(super) async fn catch_up(&mut self) -> Option<bool> {
        if !self.is_behind {
            return Some(false);
        }
        // A client whose store failed comes back to the same place.
        let (batch, more) = self.door.read(&self.thread, self.at).await.ok()?;
        // The database is another one, in which the thread has not come so far.
        if batch.upto < self.at {
            return None;
        }
        self.batch = Some(Arc::new(batch));
        self.is_behind = more;
        Some(true)
    }

    /// Has a share in what is yet to come; whether nothing is missing up to there.
    pub(super) fn has_entered(&mut self) -> bool {
        let share = self.share.get_or_insert_with(|| self.door.enter(&self.thread, self.at));
        self.is_behind |= share.after > self.at;
        !self.is_behind
    }

    /// Waits for what comes next in the share.
    pub(super) async fn next(&mut self) -> Next {
        match &mut self.share {
            Some(share) => share.next().await,
            None => Next::Closed,
        }
    }

    /// Takes what came; none where there is no more.
    pub(super) fn take(&mut self, next: Next) -> Option<()> {
        match next {
            Next::Batch(batch) if batch.after > self.at => self.is_behind = true,
            Next::Batch(batch) => self.batch = Some(batch),
            Next::Missed => self.is_behind = true,
            Next::Closed => return None,
        }
        Some(())
    }
}
