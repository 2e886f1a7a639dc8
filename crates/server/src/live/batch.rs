//! Encodes changes of a thread as events, once for however many streams.

use std::sync::OnceLock;

use axum::body::Bytes;
use dumka_api::live::{COMMENT, DELETED, EDITED, THREAD, VOTES};
use dumka_api::{LiveComment, LiveDeleted, LiveThread, LiveVotes};
use serde::Serialize;

use crate::domain::thread::StoredThread;
use crate::domain::thread_head::ThreadHead;
use crate::json;
use crate::storage::{Change, ChangeKind, ChangePosition, ChangeSet, ThreadChanged, Visibility};

/// The changes of a thread between two points.
pub(super) struct Batch {
    /// The point after which it begins.
    pub(super) after: ChangePosition,
    /// The point up to which it holds every change.
    pub(super) through: ChangePosition,
    changes: Vec<EncodedChange>,
    thread: Option<EncodedThread>,
}

/// A change of the thread's settings, encoded when a stream has asked for it.
struct EncodedThread {
    changed: ThreadChanged,
    head: OnceLock<Bytes>,
}

/// A change, encoded as each kind of event that a stream has asked for so far.
struct EncodedChange {
    change: Change,
    total: u64,
    comment: OnceLock<Bytes>,
    edited: OnceLock<Bytes>,
    votes: OnceLock<Bytes>,
    deleted: OnceLock<Bytes>,
}

/// An event of a thread, but for the page's name and the id, in which streams differ.
pub(super) struct Event {
    /// Its name.
    pub(super) name: &'static str,
    /// Its data behind the name of the page.
    pub(super) rest: Bytes,
    /// The point after it.
    pub(super) reached: ChangePosition,
}

impl Batch {
    /// Prepares the changes after a point; each is encoded when a stream first asks for it.
    pub(super) fn new(after: ChangePosition, changes: ChangeSet) -> Self {
        let (total, through) = (changes.total, changes.through);
        let thread = changes.thread.map(|changed| EncodedThread { changed, head: OnceLock::new() });
        let changes = changes.changes.into_iter().map(|change| EncodedChange::new(change, total));
        Self { after, through, changes: changes.collect(), thread }
    }

    /// The first event after a point; `head` tells the head of the thread at present.
    pub(super) fn event_after(
        &self,
        point: ChangePosition,
        head: impl FnOnce(&StoredThread) -> ThreadHead,
    ) -> Option<Event> {
        let index = self.changes.partition_point(|encoded| encoded.change.position <= point);
        let next = self.changes.get(index);
        let before_next = |at: ChangePosition| next.is_none_or(|next| at < next.change.position);
        let thread = self.thread.as_ref().map(|thread| (thread, thread.changed.position));
        if let Some((thread, at)) = thread.filter(|(_, at)| point < *at && before_next(*at)) {
            return Some(Event { name: THREAD, rest: thread.encoded(head), reached: at });
        }
        let encoded = next?;
        let Change { position: at, ends_revision, .. } = encoded.change;
        let reached = if ends_revision { ChangePosition::after(at.revision) } else { at };
        let (name, rest) = encoded.event(encoded.change.kind_since(point.complete_revision()));
        Some(Event { name, rest, reached })
    }
}

impl EncodedThread {
    /// The data of the event behind the page.
    fn encoded(&self, head: impl FnOnce(&StoredThread) -> ThreadHead) -> Bytes {
        let encode = || {
            let ThreadHead { state, notice, slow_secs, .. } = head(&self.changed.thread);
            behind_page(&LiveThread { page: String::new(), state, notice, slow_secs })
        };
        self.head.get_or_init(encode).clone()
    }
}

impl EncodedChange {
    fn new(change: Change, total: u64) -> Self {
        let [comment, edited, votes, deleted] = Default::default();
        Self { change, total, comment, edited, votes, deleted }
    }

    /// The name of the event of a kind, and its data behind the page.
    fn event(&self, kind: ChangeKind) -> (&'static str, Bytes) {
        let (name, data) = match kind {
            ChangeKind::Published => (COMMENT, &self.comment),
            ChangeKind::Edited => (EDITED, &self.edited),
            ChangeKind::VotesChanged => (VOTES, &self.votes),
            ChangeKind::Removed => (DELETED, &self.deleted),
        };
        (name, data.get_or_init(|| self.encode(kind)).clone())
    }

    fn encode(&self, kind: ChangeKind) -> Bytes {
        let (comment, total) = (self.change.comment.clone().for_everybody(), Some(self.total));
        let (page, id) = (String::new(), comment.id.clone());
        match kind {
            ChangeKind::Published | ChangeKind::Edited => behind_page(&LiveComment { page, comment, total }),
            ChangeKind::VotesChanged => behind_page(&LiveVotes { page, id, votes: comment.votes }),
            ChangeKind::Removed => {
                let comment = (self.change.visibility == Visibility::Visible).then_some(comment);
                behind_page(&LiveDeleted { page, id, total, comment })
            }
        }
    }
}

/// Encodes an event's data without the page, with which it begins.
fn behind_page(data: &impl Serialize) -> Bytes {
    let data = json::to_string(data);
    let rest = data.strip_prefix(r#"{"page":"""#).expect("the page is the first field");
    // JSON has no line breaks of its own.
    format!("{rest}\n\n").into()
}
