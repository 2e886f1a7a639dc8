//! The failures of the store, one type for each caller that has to tell them apart.

use dumka_domain::comment::UnixMillis;

/// The refusal of a new comment.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The comment to answer is not in this thread, or not published.
    #[error("the comment to answer is not in this thread")]
    ParentNotFound,
    /// The thread is closed.
    #[error("the thread is closed")]
    ThreadClosed,
    /// The thread is slow, and its author's last comment too recent.
    #[error("the author's last comment in the slow thread is too recent")]
    ThreadSlow {
        /// The time from which on the author may write again.
        until: UnixMillis,
    },
    /// The same key came before with another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The refusal of an edit.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// It is not there, or not one that can be edited.
    #[error("the comment is not there")]
    NotThere,
    /// Its text has changed since the edit began.
    #[error("the text has changed since the edit began")]
    Conflict,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The refusal of a vote.
#[derive(Debug, thiserror::Error)]
pub enum VoteError {
    /// The comment is not there, or not published.
    #[error("the comment is not there")]
    NotThere,
    /// So many readers of one address have voted on it that this one cannot.
    #[error("too many readers of one address have voted on the comment")]
    TooManyReaders {
        /// The time at which their votes are forgotten.
        until: UnixMillis,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The refusal of a report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// No published comment has this id.
    #[error("the comment is not there")]
    NotPublished,
    /// The same reader has reported it before.
    #[error("the same reader has reported the comment before")]
    AlreadyReported,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The refusal of a set of decisions, of which none was made.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Their query finds another number of comments than expected.
    #[error("the query finds {found} comments")]
    QueryChanged {
        /// The number that it finds; 10,001 stands for more than 10,000.
        found: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A failure of the database.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// It is locked, gone, read-only or does not answer.
    #[error("the database cannot be used: {0}")]
    Unavailable(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// Another server wrote between, each time that it was tried.
    #[error("others wrote to the database at the same time: {0}")]
    Conflict(String),
    /// It holds something that this version does not write.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
}

/// The failure of a list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The cursor is not of this thread.
    #[error("the cursor is not of this thread")]
    CursorUnknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
