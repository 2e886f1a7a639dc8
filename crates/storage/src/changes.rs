//! Changes since a version of the database or a position in the history of a thread.

use dumka_domain::comment::{Status, StoredComment};
use dumka_domain::thread::StoredThread;

use crate::comment::Visibility;

/// A version of the whole database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// The history: another one when another database has taken the place of the former.
    pub generation: u64,
    /// The number of writes noticed in this history; it only grows.
    pub writes: u64,
}

/// A position in a thread's history of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangePosition {
    /// The revision.
    pub revision: u64,
    /// The position in the thread of the last comment before it, of those that changed at the revision.
    pub(crate) comment: i64,
}

impl ChangePosition {
    /// Returns the position after every change of `revision`.
    pub const fn after(revision: u64) -> Self {
        Self { revision, comment: i64::MAX }
    }

    /// Tells whether every change of its revision is before it.
    pub const fn is_complete(self) -> bool {
        self.comment == i64::MAX
    }

    /// Returns the last revision all of whose changes are before it.
    pub const fn complete_revision(self) -> u64 {
        if self.is_complete() { self.revision } else { self.revision.saturating_sub(1) }
    }
}

/// The changes of a thread after a position, oldest first, as far as one read goes.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeSet {
    /// The number of published comments.
    pub total: u64,
    /// The position up to which it is complete.
    pub through: ChangePosition,
    /// The comments that changed, without those that no reader ever saw.
    pub changes: Vec<Change>,
    /// True where more changes follow after `through`.
    pub more: bool,
    /// The thread, where its settings are among what changed.
    pub thread: Option<ThreadChanged>,
}

/// A thread whose settings changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadChanged {
    /// The position of the change, whose revision it ends.
    pub position: ChangePosition,
    /// The thread in its present state.
    pub thread: StoredThread,
}

/// A comment that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The position of the change.
    pub position: ChangePosition,
    /// True for the last change of its revision.
    pub ends_revision: bool,
    /// The revision at which the comment was last published.
    pub published_revision: u64,
    /// The revision at which its text, or one of the moderators' marks, last changed.
    pub text_revision: u64,
    /// Its presence in the lists of the thread.
    pub visibility: Visibility,
    /// The comment in its present state.
    pub comment: StoredComment,
}

/// The kind of a change, for a reader who has seen everything up to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The comment was published.
    Published,
    /// Its text changed, or one of the moderators' marks.
    Edited,
    /// Its votes changed.
    VotesChanged,
    /// It is no longer published.
    Removed,
}

impl Change {
    /// Returns its kind for a reader who has seen everything up to `revision`.
    pub fn kind_since(&self, revision: u64) -> ChangeKind {
        match self.comment.status {
            Status::Pending | Status::Rejected | Status::Deleted => ChangeKind::Removed,
            Status::Published if self.published_revision > revision => ChangeKind::Published,
            Status::Published if self.text_revision > revision => ChangeKind::Edited,
            Status::Published => ChangeKind::VotesChanged,
        }
    }
}
