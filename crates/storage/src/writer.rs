//! The traits by which readers write, and the handle to the one [writer](crate::group_commit) behind them.

use std::time::Duration;

use async_trait::async_trait;
use dumka_api::Votes;
use dumka_domain::comment::{CommentId, StoredComment, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use crate::comment::{CommentRecord, EditInput, NewCommentRecord, SubmitResult};
use crate::engine::{Engine, WriteEngine};
use crate::error::{EditError, ReportError, StoreError, SubmitError, VoteError};
use crate::group_commit::{Message, Pending, Task, stopped};
use crate::reader::{ReportInput, VoteInput};
use crate::sql::comments;
use crate::sql::write::{EraseComment, InsertComment, InsertReport, UpdateText, UpsertVote, Write};
use crate::sql_store::SqlStore;
use crate::store::{CommentStore, ReaderStore};

/// The number of queued writes; a later one waits for room in the queue.
const QUEUE_CAPACITY: usize = 1_024;
/// The time after which a write is answered with a failure.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// A handle to the task that writes.
pub(crate) struct Writer {
    queue: mpsc::Sender<Message>,
}

impl Writer {
    /// Starts to write through `engine`; each commit is told to `commits`.
    pub(crate) fn start(engine: impl WriteEngine, commits: watch::Sender<()>) -> Self {
        let (queue, queued) = mpsc::channel(QUEUE_CAPACITY);
        tokio::spawn(Task::new(engine, queued, commits).run());
        Self { queue }
    }

    /// Applies a write and returns its outcome after the sync.
    pub(crate) async fn run<W: Write>(&self, write: W) -> Result<W::Outcome, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending::new(write, answer));
        let written = async {
            self.queue.send(Message::Job(job)).await.map_err(|_| stopped())?;
            answered.await.map_err(|_| stopped())?
        };
        timeout(WRITE_TIMEOUT, written).await.unwrap_or_else(|_| Err(timed_out()))
    }

    /// Finishes the queued writes and closes the connection.
    pub(crate) async fn close(&self) {
        let (closed, is_closed) = oneshot::channel();
        if self.queue.send(Message::Close(closed)).await.is_ok() {
            // The task drops the sender if it ends early: closed all the same.
            let _ = is_closed.await;
        }
    }
}

#[async_trait]
impl<E: Engine> CommentStore for SqlStore<E> {
    async fn submit(&self, new: NewCommentRecord) -> Result<SubmitResult, SubmitError> {
        self.writer.run(InsertComment::new(new)).await?
    }

    async fn comment(&self, id: CommentId) -> Result<Option<CommentRecord>, StoreError> {
        self.in_time(async { comments::comment(&mut *self.read().await?, id).await }).await
    }

    async fn edit(&self, edit: EditInput) -> Result<StoredComment, EditError> {
        self.writer.run(UpdateText::new(edit)).await?
    }

    async fn delete_by_author(&self, id: CommentId, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(EraseComment { id, at }).await
    }
}

#[async_trait]
impl<E: Engine> ReaderStore for SqlStore<E> {
    async fn vote(&self, vote: VoteInput) -> Result<Votes, VoteError> {
        self.writer.run(UpsertVote::new(vote)).await?
    }

    async fn report(&self, report: ReportInput) -> Result<(), ReportError> {
        self.writer.run(InsertReport(report)).await?
    }

    async fn votes_of(
        &self,
        reader: TokenHash,
        comments: &[CommentId],
    ) -> Result<Vec<(CommentId, Vote)>, StoreError> {
        self.in_time(async { comments::votes_of(&mut *self.read().await?, reader, comments).await }).await
    }

    async fn authors_since(
        &self,
        thread: &ThreadKey,
        since: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
        self.in_time(async { comments::authors_since(&mut *self.read().await?, thread, since).await }).await
    }
}

fn timed_out() -> StoreError {
    StoreError::Unavailable(format!("no answer for {} seconds", WRITE_TIMEOUT.as_secs()))
}
