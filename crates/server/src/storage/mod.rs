//! Where comments are kept, behind one trait named by use.
//!
//! There is one implementation, `database`, over sqlx's `Any` driver. Every statement is written
//! once, in the SQL that SQLite and PostgreSQL share (`$1` placeholders, `RETURNING`, `ON CONFLICT`,
//! partial indexes; only TEXT and BIGINT columns, which `Any` carries to both alike), so another
//! engine brings only what truly differs: how to connect, how to begin a write, what its error
//! codes mean. For SQLite that is `sqlite`.

mod changes;
mod database;
mod error;
mod given;
mod known;
mod latest;
mod list;
mod merge_threads;
mod news;
mod part;
mod read;
mod readers;
mod record;
mod reparse;
mod reports;
mod roots;
mod schema;
mod sqlite;
mod sqlite_code;
mod trees;
mod write;
mod writer;

use std::sync::Arc;

use async_trait::async_trait;
use dumka_api::{Body, Votes};

pub use error::{EditError, ListError, OpenError, ReportError, StoreError, SubmitError, VoteError};
pub use given::{Given, NotGiven};
pub use known::{Ballot, Correction, Edit, KnownComment, Naming};
pub use latest::{LatestQuery, PlacedComment};
pub use news::{Change, ChangeKind, News, Point};
pub use part::{Cursor, CursorError, End, Extent, ListQuery, Page, Start};
pub use reports::{OpenReport, Report};

use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use crate::domain::thread::{Speaker, ThreadKey};
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;

/// Opens the database at `url` (`sqlite://PATH`), making and updating its tables as needed.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    let file = file(url)?;
    Ok(Arc::new(database::Database::open(file).await?))
}

/// Opens the database at `url` where there is one; makes none.
pub async fn open_existing(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    let file = file(url)?;
    file.require()?;
    Ok(Arc::new(database::Database::open(file).await?))
}

fn file(url: &str) -> Result<sqlite::SqliteFile, OpenError> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Err(OpenError::PostgresUnsupported);
    }
    sqlite::SqliteFile::at(url)
}

/// Whether `url` is the address of a database that [`open`] knows, there or not.
pub fn is_address(url: &str) -> bool {
    sqlite::SqliteFile::at(url).is_ok()
}

/// Everything the server asks of a database. Reads see every write that was answered before them.
#[async_trait]
pub trait Store: Send + Sync {
    /// Lists published comments of a thread: top-level ones in the order asked for, each with all its replies, from
    /// where the answer shall begin as far as it reaches.
    async fn list(&self, query: &ListQuery) -> Result<Page, ListError>;
    /// Gives the present version of all that is kept. A write that was answered before, also one of another
    /// process, makes it a later one.
    async fn version(&self) -> Result<Version, StoreError>;
    /// Waits for a version other than `known`: one that was there already, or the next write, by whichever process.
    async fn version_after(&self, known: Version) -> Result<Version, StoreError>;
    /// Gives a thread's revision, which is another one after every change in it; none where there is no thread.
    async fn revision(&self, thread: &ThreadKey) -> Result<Option<u64>, StoreError>;
    /// Gives the revisions of many threads, in the order asked.
    async fn revisions(&self, threads: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError>;
    /// Tells what changed in a thread after a point, as of one moment.
    async fn news(&self, thread: &ThreadKey, after: Point) -> Result<News, StoreError>;
    /// Keeps a new comment. `Ok` means it is synced to disk.
    async fn submit(&self, submission: Submission) -> Result<Accepted, SubmitError>;
    /// Finds a comment of any status.
    async fn comment(&self, id: CommentId) -> Result<Option<KnownComment>, StoreError>;
    /// Gives a comment another text, and its thread what follows from that. `Ok` means it is synced to disk.
    async fn edit(&self, edit: Edit) -> Result<StoredComment, EditError>;
    /// Deletes a comment for its author at this moment, with everything they wrote in it, which settles its open
    /// reports; `false` where there is none, or one that a moderator rejected. One that is deleted already is left
    /// as it is.
    async fn erase(&self, id: CommentId, at: UnixMillis) -> Result<bool, StoreError>;
    /// Keeps a reader's vote on a published comment in the place of their former one, and gives the votes there are
    /// now. `Ok` means it is synced to disk.
    async fn vote(&self, ballot: Ballot) -> Result<Votes, VoteError>;
    /// Gives a reader's votes on these comments.
    async fn votes_of(
        &self,
        reader: TokenHash,
        comments: &[CommentId],
    ) -> Result<Vec<(CommentId, Vote)>, StoreError>;
    /// Gives the comments of a thread that were accepted at this moment or later, whatever their status: when, and the
    /// token of their author. Their ids are trusted in what they say of the time.
    async fn authors_since(
        &self,
        thread: &ThreadKey,
        moment: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError>;
    /// Counts published comments of each page, in the order asked; 0 where there is no thread.
    async fn counts(&self, site: &str, pages: &[String]) -> Result<Vec<u64>, StoreError>;
    /// Lists the newest published comments of a site, newest first. The cost does not grow with their number.
    async fn latest(&self, query: &LatestQuery) -> Result<Vec<PlacedComment>, StoreError>;
    /// Lists comments of any status for a moderator, newest first; none that its author took back.
    async fn queue(&self, filter: &QueueFilter) -> Result<Vec<QueuedComment>, StoreError>;
    /// Gives a comment another status by a moderator's decision of this moment, which settles its open reports;
    /// `false` where there is no such comment, or its author took it back.
    async fn set_status(&self, id: CommentId, status: Status, at: UnixMillis) -> Result<bool, StoreError>;
    /// Gives a thread a moderator's title and address; `false` where there is no such thread.
    async fn name(&self, thread: ThreadKey, naming: Naming) -> Result<bool, StoreError>;
    /// Keeps a reader's report of a published comment, and holds the comment when enough came.
    async fn report(&self, report: Report) -> Result<(), ReportError>;
    /// Gives the reports of a comment that are not settled, oldest first.
    async fn open_reports(&self, id: CommentId) -> Result<Vec<OpenReport>, StoreError>;
    /// Gives the server's secret; `fresh` becomes it when there is none yet.
    async fn secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError>;
    /// Succeeds when the store can be read and written.
    async fn ping(&self) -> Result<(), StoreError>;
    /// Finishes the writes in flight and closes every connection.
    async fn close(&self);
}

/// A point in the history of all that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Which history: another one when another database has taken the place of the former.
    pub generation: u64,
    /// How far it got: grows with writes.
    pub writes: u64,
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
    /// Whose word both are.
    pub speaker: Speaker,
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
    /// A thread whose first published comment came before this moment takes no more comments.
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

/// Which comments a moderator asks for.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only this site.
    pub site: Option<String>,
    /// Only this page.
    pub page: Option<String>,
    /// Only those with open reports.
    pub reported: bool,
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
    /// How many reports are not settled.
    pub open_reports: u64,
}
