//! The traits by which readers write, and the one writer behind them: it applies the queued writes in one transaction,
//! syncs once, then answers each (group commit).
//!
//! A sync costs more than many comments, so writes that arrive during one share the next. A write is answered only
//! after the commit. When a transaction fails, it is rolled back whole, every write in it is answered with the failure,
//! and the next one opens a new connection: as soon as the trouble is gone, writing goes on.

use std::time::Duration;

use async_trait::async_trait;
use dumka_api::Votes;
use dumka_domain::comment::{CommentId, StoredComment, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use super::SqliteStore;
use super::file::{BEGIN_WRITE, SqliteFile, WriteConnection};
use crate::comment::{CommentRecord, EditInput, NewCommentRecord, SubmitResult};
use crate::error::{EditError, ReportError, StoreError, SubmitError, VoteError};
use crate::reader::{ReportInput, VoteInput};
use crate::sql::comments;
use crate::sql::write::{EraseComment, InsertComment, InsertReport, UpdateText, UpsertVote, Write};
use crate::store::{CommentStore, ReaderStore};

/// The number of queued writes; a later one waits for room in the queue.
const QUEUE_CAPACITY: usize = 1_024;
/// The largest number of writes of one transaction, so that none waits long for the others.
const MAX_BATCH: usize = 256;
/// The time after which a write is answered with a failure.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// A handle to the task that writes.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
    committed: watch::Receiver<()>,
}

impl Writer {
    /// Starts to write through `connection`; a later one is opened from `file`.
    pub(super) fn start(file: SqliteFile, connection: WriteConnection) -> Self {
        let (queue, queued) = mpsc::channel(QUEUE_CAPACITY);
        let (commits, committed) = watch::channel(());
        tokio::spawn(Task { file, connection: Some(connection), queued, commits }.run());
        Self { queue, committed }
    }

    /// Subscribes to every commit from now on.
    pub(super) fn committed(&self) -> watch::Receiver<()> {
        let mut committed = self.committed.clone();
        committed.mark_unchanged();
        committed
    }

    /// Applies a write and returns its outcome after the sync.
    pub(super) async fn run<W: Write>(&self, write: W) -> Result<W::Outcome, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending { write, outcome: None, answer });
        let written = async {
            self.queue.send(Message::Job(job)).await.map_err(|_| stopped())?;
            answered.await.map_err(|_| stopped())?
        };
        timeout(WRITE_TIMEOUT, written).await.unwrap_or_else(|_| Err(timed_out()))
    }

    /// Finishes the queued writes and closes the connection.
    pub(super) async fn close(&self) {
        let (closed, is_closed) = oneshot::channel();
        if self.queue.send(Message::Close(closed)).await.is_ok() {
            // The task drops the sender if it ends early: closed all the same.
            let _ = is_closed.await;
        }
    }
}

#[async_trait]
impl CommentStore for SqliteStore {
    async fn submit(&self, new: NewCommentRecord) -> Result<SubmitResult, SubmitError> {
        self.writer.run(InsertComment::new(new)).await?
    }

    async fn comment(&self, id: CommentId) -> Result<Option<CommentRecord>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        comments::comment(&mut connection, id).await
    }

    async fn edit(&self, edit: EditInput) -> Result<StoredComment, EditError> {
        self.writer.run(UpdateText::new(edit)).await?
    }

    async fn delete_by_author(&self, id: CommentId, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(EraseComment { id, at }).await
    }
}

#[async_trait]
impl ReaderStore for SqliteStore {
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
        let mut connection = self.read_pool.acquire().await?;
        comments::votes_of(&mut connection, reader, comments).await
    }

    async fn authors_since(
        &self,
        thread: &ThreadKey,
        since: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        comments::authors_since(&mut connection, thread, since).await
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the writer has stopped".into())
}

fn timed_out() -> StoreError {
    StoreError::Unavailable(format!("no answer for {} seconds", WRITE_TIMEOUT.as_secs()))
}

enum Message {
    Job(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// A queued write, whatever its outcome's type.
#[async_trait]
trait Job: Send {
    async fn apply(&mut self, connection: &mut AnyConnection) -> Result<(), StoreError>;
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Pending<W: Write> {
    write: W,
    outcome: Option<W::Outcome>,
    answer: oneshot::Sender<Result<W::Outcome, StoreError>>,
}

#[async_trait]
impl<W: Write> Job for Pending<W> {
    async fn apply(&mut self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        self.outcome = Some(self.write.apply(connection).await?);
        Ok(())
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { outcome, answer, .. } = *self;
        let outcome = committed.and_then(|()| outcome.ok_or_else(stopped));
        // The sender may have given up; the write stands, and a retry finds it.
        let _ = answer.send(outcome);
    }
}

/// The task that writes.
struct Task {
    file: SqliteFile,
    connection: Option<WriteConnection>,
    queued: mpsc::Receiver<Message>,
    commits: watch::Sender<()>,
}

impl Task {
    async fn run(mut self) {
        while let Some(message) = self.queued.recv().await {
            let (mut jobs, close) = self.take_batch(message);
            if !jobs.is_empty() {
                let committed = self.commit(&mut jobs).await;
                for job in jobs {
                    job.answer(committed.clone());
                }
            }
            if let Some(closed) = close {
                self.stop().await;
                let _ = closed.send(());
                return;
            }
        }
    }

    /// Takes the queued writes, as many as fit into one transaction, or until the writer shall close.
    fn take_batch(&mut self, first: Message) -> (Vec<Box<dyn Job>>, Option<oneshot::Sender<()>>) {
        let mut jobs = Vec::new();
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Close(closed) => return (jobs, Some(closed)),
                Message::Job(job) => jobs.push(job),
            }
            next = if jobs.len() < MAX_BATCH { self.queued.try_recv().ok() } else { None };
        }
        (jobs, None)
    }

    async fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let mut current = match self.connection.take() {
            Some(current) if current.file_id == self.file.id() => current,
            _ => self.file.reopen().await?,
        };
        if let Err(error) = apply_all(&mut current.connection, jobs).await {
            // Closing rolls back, whatever state the failure left behind; it may fail likewise.
            let _ = current.connection.close_hard().await;
            return Err(error);
        }
        self.connection = Some(current);
        self.commits.send_replace(());
        Ok(())
    }

    async fn stop(mut self) {
        if let Some(current) = self.connection.take() {
            // Every answered write is synced already; there is nothing left to lose.
            let _ = current.connection.close().await;
        }
    }
}

async fn apply_all(connection: &mut AnyConnection, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with(BEGIN_WRITE).await?;
    for job in jobs {
        job.apply(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}
