//! Where comments are kept, behind one trait named by use.

use async_trait::async_trait;
use dumka_api::{Body, Sort};

use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use crate::domain::thread::{StoredThread, ThreadKey};

/// Everything the server asks of a database. Reads see every write that was answered before them.
#[async_trait]
pub trait Store: Send + Sync {
    /// Lists published comments of a thread: `limit` top-level ones after the cursor and all their replies.
    async fn list(&self, query: &ListQuery) -> Result<Page, StoreError>;
    /// Keeps a new comment. `Ok` means it is synced to disk.
    async fn submit(&self, submission: Submission) -> Result<Accepted, SubmitError>;
    /// Counts published comments of each page, in the order asked; 0 where there is no thread.
    async fn counts(&self, site: &str, pages: &[String]) -> Result<Vec<u64>, StoreError>;
    /// Lists comments of any status for a moderator, newest first.
    async fn queue(&self, filter: &QueueFilter) -> Result<Vec<QueuedComment>, StoreError>;
    /// Gives a comment another status; `false` where there is no such comment.
    async fn set_status(&self, id: CommentId, status: Status) -> Result<bool, StoreError>;
    /// Succeeds when the store can be read and written.
    async fn ping(&self) -> Result<(), StoreError>;
    /// Finishes the writes in flight and closes every connection.
    async fn close(&self);
}

/// Which part of a thread to list.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// The thread.
    pub thread: ThreadKey,
    /// The order of top-level comments.
    pub sort: Sort,
    /// How many top-level comments, 1–100.
    pub limit: u32,
    /// The last top-level comment of the answer before.
    pub after: Option<CommentId>,
}

/// One answer of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The thread.
    pub thread: StoredThread,
    /// Comments in display order: every one follows its parent. Hidden ones stand in only where others answered them.
    pub comments: Vec<StoredComment>,
    /// The last top-level comment of this answer, where more follow.
    pub next: Option<CommentId>,
}

/// A new comment, checked and ready to be kept.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The thread; made by its first comment.
    pub thread: ThreadKey,
    /// The page's title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The id it gets.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The name shown.
    pub author_name: String,
    /// An address for notices.
    pub author_email: Option<String>,
    /// The text as written.
    pub text: String,
    /// The text parsed.
    pub body: Body,
    /// `Published` or `Pending`.
    pub status: Status,
    /// When it was accepted.
    pub created_at: UnixMillis,
    /// SHA-256 of the `Idempotency-Key`.
    pub key_hash: [u8; 32],
    /// SHA-256 of the request, to tell a retry from another request under the same key.
    pub request_hash: [u8; 32],
    /// SHA-256 of the edit token.
    pub edit_token_hash: [u8; 32],
    /// A thread opened before this moment takes no more comments.
    pub refuse_threads_opened_before: Option<UnixMillis>,
}

/// A submission that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepted {
    /// It was kept now.
    Kept(StoredComment),
    /// The same request had been kept before: the comment as it stands.
    Replayed(StoredComment),
}

/// Why a submission was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The comment to answer is not in this thread, or not published.
    #[error("the comment to answer is not in this thread")]
    ParentNotFound,
    /// The thread is closed.
    #[error("the thread is closed")]
    ThreadClosed,
    /// The same key came before with another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why the store failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// It is locked, gone, read-only or does not answer.
    #[error("the database cannot be used: {0}")]
    Unavailable(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// What it holds is not what this version writes.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
}

/// Which comments a moderator asks for.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only this site.
    pub site: Option<String>,
    /// Only this page.
    pub page: Option<String>,
    /// How many at most.
    pub limit: u32,
}

/// A comment with what a moderator sees beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuedComment {
    /// The thread.
    pub thread: ThreadKey,
    /// The comment.
    pub comment: StoredComment,
    /// The text as written.
    pub text: String,
}
