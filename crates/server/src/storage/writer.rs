//! The one writer: takes the writes that wait, applies them in one transaction, syncs once, answers each.
//!
//! A sync costs more than many comments, so writes that arrive during one share the next (group
//! commit). An answer is given only after the commit. When a transaction fails, it is rolled back
//! whole, everybody in it is told, and the connection is made anew for the next one: as soon as the
//! trouble is gone, writing goes on.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use super::error::StoreError;
use super::sqlite::{BEGIN_WRITE, Session, SqliteFile};
use super::write::Write;

/// Writes that may wait; whoever comes later waits to be let in.
const QUEUE: usize = 1_024;
/// Writes of one transaction, at most: nobody waits long for the others.
const BATCH: usize = 256;
/// How long a write may wait before its sender is told that the store does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The sending end of the writer.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
    committed: watch::Receiver<()>,
}

impl Writer {
    /// Starts the writer in `session`; `file` is where it finds another when that one fails.
    pub(super) fn start(file: SqliteFile, session: Session) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (commits, committed) = watch::channel(());
        tokio::spawn(Task { file, session: Some(session), waiting, commits }.run());
        Self { queue, committed }
    }

    /// Tells of every commit from now on.
    pub(super) fn committed(&self) -> watch::Receiver<()> {
        let mut committed = self.committed.clone();
        committed.mark_unchanged();
        committed
    }

    /// Writes; the answer comes after the sync.
    pub(super) async fn run<W: Write>(&self, write: W) -> Result<W::Outcome, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending { write, outcome: None, answer });
        let written = async {
            self.queue.send(Message::Job(job)).await.map_err(|_| stopped())?;
            answered.await.map_err(|_| stopped())?
        };
        timeout(PATIENCE, written).await.unwrap_or_else(|_| Err(silent()))
    }

    /// Finishes the writes that wait and closes the connection.
    pub(super) async fn close(&self) {
        let (closed, is_closed) = oneshot::channel();
        if self.queue.send(Message::Close(closed)).await.is_ok() {
            // The task drops the sender if it ends early: closed all the same.
            let _ = is_closed.await;
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the writer has stopped".into())
}

fn silent() -> StoreError {
    StoreError::Unavailable(format!("no answer for {} seconds", PATIENCE.as_secs()))
}

enum Message {
    Job(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// A write and whoever waits for it, whatever its outcome's type.
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
        // Whoever lost patience is not there any more; the write stands, and a retry finds it.
        let _ = answer.send(outcome);
    }
}

/// The receiving end.
struct Task {
    file: SqliteFile,
    session: Option<Session>,
    waiting: mpsc::Receiver<Message>,
    commits: watch::Sender<()>,
}

impl Task {
    async fn run(mut self) {
        while let Some(message) = self.waiting.recv().await {
            let (mut jobs, close) = self.gather(message);
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

    /// What waits now, as far as it fits into one transaction or until the writer shall close.
    fn gather(&mut self, first: Message) -> (Vec<Box<dyn Job>>, Option<oneshot::Sender<()>>) {
        let mut jobs = Vec::new();
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Close(closed) => return (jobs, Some(closed)),
                Message::Job(job) => jobs.push(job),
            }
            next = if jobs.len() < BATCH { self.waiting.try_recv().ok() } else { None };
        }
        (jobs, None)
    }

    async fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let mut session = match self.session.take() {
            Some(session) if session.identity == self.file.identity() => session,
            _ => self.file.reopen().await?,
        };
        if let Err(error) = write_all(&mut session.connection, jobs).await {
            // Closing rolls back, whatever state the failure left behind; it may fail likewise.
            let _ = session.connection.close_hard().await;
            return Err(error);
        }
        self.session = Some(session);
        self.commits.send_replace(());
        Ok(())
    }

    async fn stop(mut self) {
        if let Some(session) = self.session.take() {
            // Every answered write is synced already; there is nothing left to lose.
            let _ = session.connection.close().await;
        }
    }
}

async fn write_all(connection: &mut AnyConnection, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with(BEGIN_WRITE).await?;
    for job in jobs {
        job.apply(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}
