//! The traits through which the server uses a database, and [`Store`], which has them all.
//!
//! Reads see every write that was answered before them. A write is answered after it was synced to disk.

use async_trait::async_trait;
use dumka_api::Votes;
use dumka_api::newsroom::{Act, Counters};
use dumka_domain::comment::{CommentId, StoredComment, UnixMillis};
use dumka_domain::thread::{StoredThread, ThreadKey};
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;

use crate::changes::{ChangePosition, ChangeSet, Version};
use crate::comment::{
    CommentRecord, EditInput, LatestCommentRecord, LatestQuery, NewCommentRecord, SubmitResult,
};
use crate::decision::{
    DecidedBy, DecidedComments, DecisionId, DecisionInput, DecisionRecord, DecisionRefusal, DecisionResult,
    DecisionWords, LogQuery, SeenComment, UndoInput,
};
use crate::discussed::{DiscussedQuery, DiscussedRecord};
use crate::error::{DecideError, EditError, ListError, ReportError, StoreError, SubmitError, VoteError};
use crate::moderation::{OpenReport, ThreadFilter, ThreadNames, ThreadRecord, ThreadSteering};
use crate::newsroom_query::{NewsroomPage, NewsroomQuery, NewsroomRecord};
use crate::page::{ListQuery, Page};
use crate::rates::RequestRate;
use crate::reader::{ReportInput, VoteInput};
use crate::staff_store::{KeyStore, SessionStore, SignInStore, StaffStore};

/// Writes comments, and reads single ones.
#[async_trait]
pub trait CommentStore {
    /// Stores a new comment.
    async fn submit(&self, new: NewCommentRecord) -> Result<SubmitResult, SubmitError>;
    /// Finds a comment of any status.
    async fn comment(&self, id: CommentId) -> Result<Option<CommentRecord>, StoreError>;
    /// Replaces the text of a comment.
    async fn edit(&self, edit: EditInput) -> Result<StoredComment, EditError>;
    /// Deletes a comment for its author, with everything they wrote in it, and resolves its open reports; `false` where
    /// there is none, or one that a moderator rejected. A deleted one is left as it is.
    async fn delete_by_author(&self, id: CommentId, at: UnixMillis) -> Result<bool, StoreError>;
}

/// Reads threads for everybody.
#[async_trait]
pub trait ThreadStore {
    /// Lists a page of a thread's visible comments: top-level ones in the order asked for, each with its replies.
    async fn list(&self, query: &ListQuery) -> Result<Page, ListError>;
    /// Lists the sites that have a thread, in the order of their ids. The cost grows with their number.
    async fn sites(&self) -> Result<Vec<String>, StoreError>;
    /// Reads a thread's revision, which grows with every change in it; none where there is no thread.
    async fn revision(&self, thread: &ThreadKey) -> Result<Option<u64>, StoreError>;
    /// Reads a thread; none where nobody wrote in it, nor a moderator has touched it.
    async fn thread(&self, thread: &ThreadKey) -> Result<Option<StoredThread>, StoreError>;
    /// Counts the published comments of each page, in the order asked; 0 where there is no thread.
    async fn counts(&self, site: &str, pages: &[String]) -> Result<Vec<u64>, StoreError>;
    /// Lists the newest published comments of a site, newest first. The cost does not grow with their number.
    async fn latest(&self, query: &LatestQuery) -> Result<Vec<LatestCommentRecord>, StoreError>;
    /// Lists the pages of a site with the most published comments since a time, the one with most of them first. The cost
    /// grows with the number of comments since then.
    async fn discussed(&self, query: &DiscussedQuery) -> Result<Vec<DiscussedRecord>, StoreError>;
}

/// Tells caches and live streams that something has changed.
#[async_trait]
pub trait ChangeStore {
    /// Reads the present version of the database. Every write, also of another process, makes a later one.
    async fn version(&self) -> Result<Version, StoreError>;
    /// Waits for a version other than `known`, and returns it at once where there is one already.
    async fn version_after(&self, known: Version) -> Result<Version, StoreError>;
    /// Reads the revisions of many threads, in the order asked.
    async fn revisions(&self, threads: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError>;
    /// Reads the changes of a thread after a position, from one snapshot of the database.
    async fn changes_since(&self, thread: &ThreadKey, after: ChangePosition)
    -> Result<ChangeSet, StoreError>;
}

/// Stores the votes and reports of a reader, and reads what is the reader's own.
#[async_trait]
pub trait ReaderStore {
    /// Stores a reader's vote on a published comment in the place of their former one, and returns the comment's votes.
    async fn vote(&self, vote: VoteInput) -> Result<Votes, VoteError>;
    /// Stores a reader's report of a published comment, and holds the comment when enough came.
    async fn report(&self, report: ReportInput) -> Result<(), ReportError>;
    /// Reads a reader's votes on these comments.
    async fn votes_of(
        &self,
        reader: TokenHash,
        comments: &[CommentId],
    ) -> Result<Vec<(CommentId, Vote)>, StoreError>;
    /// Reads the comments of a thread accepted at `since` or later, whatever their status: the time and the hash of the
    /// author's token. The time within their ids is trusted.
    async fn authors_since(
        &self,
        thread: &ThreadKey,
        since: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError>;
}

/// Finds comments for moderators.
#[async_trait]
pub trait QueueStore {
    /// Reads a page of comments of any status; none that its author deleted.
    async fn queue(&self, query: &NewsroomQuery) -> Result<NewsroomPage, StoreError>;
    /// Counts what a query finds, up to 10,001.
    async fn queue_count(&self, query: &NewsroomQuery) -> Result<u64, StoreError>;
    /// Counts the comments of a site in the queues that everybody sees, each up to 10,001.
    async fn counters(&self, site: &str) -> Result<Counters, StoreError>;
    /// Reads comments by their ids, in this order; those that are not there are left out.
    async fn newsroom_comments(&self, ids: &[CommentId]) -> Result<Vec<NewsroomRecord>, StoreError>;
    /// Reads the ids of the comments above a comment, the top-level one first.
    async fn ancestors(&self, id: CommentId) -> Result<Vec<CommentId>, StoreError>;
    /// Reads the ids of the first comments that answer a comment and that their authors have not deleted, oldest first.
    async fn answers(&self, id: CommentId, limit: u32) -> Result<Vec<CommentId>, StoreError>;
    /// Reads the open reports of a comment, oldest first.
    async fn open_reports(&self, id: CommentId) -> Result<Vec<OpenReport>, StoreError>;
    /// Puts the comments after one into the index of words, as far as they are missing there, looking at so many at most;
    /// returns the last one, or none at the end.
    async fn index_missing(
        &self,
        after: Option<CommentId>,
        limit: u32,
    ) -> Result<Option<CommentId>, StoreError>;
}

/// Decides for moderators, and keeps the log.
#[async_trait]
pub trait ModerationStore {
    /// Applies an act to comments, each of which has a result in the order asked. All of them are stored, or none.
    async fn decide(&self, input: DecisionInput) -> Result<Vec<DecisionResult>, DecideError>;
    /// Applies an act to one comment, whatever its text.
    async fn decide_one(
        &self,
        comment: CommentId,
        act: Act,
        by: DecidedBy,
        at: UnixMillis,
    ) -> Result<Result<DecisionRecord, DecisionRefusal>, DecideError> {
        let comments = DecidedComments::Named(vec![SeenComment { id: comment, text_revision: None }]);
        let words = DecisionWords::default();
        let mut results = self.decide(DecisionInput { comments, act, by, words, at }).await?;
        Ok(results.pop().map_or(Err(DecisionRefusal::NotThere), |result| result.outcome))
    }
    /// Takes decisions back, each of which has a result; none where there is no such decision.
    async fn undo(&self, input: UndoInput) -> Result<Vec<DecisionResult>, StoreError>;
    /// Reads one decision.
    async fn decision(&self, id: DecisionId) -> Result<Option<DecisionRecord>, StoreError>;
    /// Reads the last decisions since a time, authors' own acts included, in the order of their ids, at most so many.
    async fn decisions_since(&self, since: UnixMillis, limit: u32)
    -> Result<Vec<DecisionRecord>, StoreError>;
    /// Reads the decisions that a question finds, the newest first.
    async fn log(&self, query: &LogQuery) -> Result<Vec<DecisionRecord>, StoreError>;
    /// Changes a thread's title and address; `false` where there is no such thread.
    async fn rename_thread(&self, thread: ThreadKey, names: ThreadNames) -> Result<bool, StoreError>;
    /// Changes a thread, which is created where nobody wrote in it yet.
    async fn steer_thread(&self, thread: ThreadKey, steering: ThreadSteering) -> Result<(), StoreError>;
    /// Lists threads, the one with the latest comment first.
    async fn threads(&self, filter: &ThreadFilter) -> Result<Vec<ThreadRecord>, StoreError>;
}

/// Counts the requests of an address, where several servers may share the database.
#[async_trait]
pub trait RateStore {
    /// True where other servers may share the database: a rate that each kept for itself would be as many times too high.
    fn may_be_shared(&self) -> bool;
    /// Counts a request at `now`; returns the time at which it is taken, where that is later.
    async fn count_request(
        &self,
        rate: &RequestRate,
        now: UnixMillis,
    ) -> Result<Option<UnixMillis>, StoreError>;
    /// Forgets the addresses of which nothing counts at `now`.
    async fn forget_requests(&self, now: UnixMillis) -> Result<(), StoreError>;
}

/// A whole database, as the server opens it.
#[async_trait]
pub trait Store:
    CommentStore
    + ThreadStore
    + ChangeStore
    + ReaderStore
    + QueueStore
    + ModerationStore
    + RateStore
    + StaffStore
    + SignInStore
    + SessionStore
    + KeyStore
    + Send
    + Sync
{
    /// Reads the server's secret; stores `fresh` as the secret where there is none yet.
    async fn init_secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError>;
    /// Succeeds where the database can be read and written.
    async fn ping(&self) -> Result<(), StoreError>;
    /// Finishes the writes in flight and closes every connection.
    async fn close(&self);
}
