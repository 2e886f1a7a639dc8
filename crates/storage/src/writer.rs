//! The one writer: it applies the queued writes in one transaction, syncs once, then answers each.
//!
//! A sync costs more than many comments, so writes that arrive during one share the next. A write is answered only
//! after the commit. When a transaction fails, it is rolled back whole, and the next one begins on a new connection: as
//! soon as the trouble is gone, writing goes on. Where another server came between, the same writes are applied once
//! more; where one of them cannot be stored, the others are stored without it.

use std::slice;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::AnyConnection;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

use crate::engine::{WriteEngine, WrittenThread};
use crate::error::StoreError;
use crate::sql::write::Write;

/// The number of queued writes; a later one waits for room in the queue.
const QUEUE_CAPACITY: usize = 1_024;
/// The time after which a write is answered with a failure.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest number of writes of one transaction, so that none waits long for the others.
const MAX_BATCH: usize = 256;
/// The number of times that writes are applied which others came between.
const ATTEMPTS: u32 = 5;
/// The pause before the second attempt; each later one is longer by as much.
const PAUSE: Duration = Duration::from_millis(5);

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

fn stopped() -> StoreError {
    StoreError::Unavailable("the writer has stopped".into())
}

fn timed_out() -> StoreError {
    StoreError::Unavailable(format!("no answer for {} seconds", WRITE_TIMEOUT.as_secs()))
}

/// A message to the writer.
enum Message {
    /// Write this.
    Job(Box<dyn Job>),
    /// Finish, close the connection, and say so.
    Close(oneshot::Sender<()>),
}

/// A queued write, whatever its outcome's type.
#[async_trait]
trait Job: Send {
    /// Returns the thread that it belongs to.
    fn threads(&self) -> Vec<WrittenThread>;
    /// Writes inside a transaction, and keeps the outcome.
    async fn apply(&mut self, connection: &mut AnyConnection) -> Result<(), StoreError>;
    /// Tells whoever waits, after the commit or its failure.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A queued write, and who waits for it.
struct Pending<W: Write> {
    write: W,
    outcome: Option<W::Outcome>,
    answer: oneshot::Sender<Result<W::Outcome, StoreError>>,
}

impl<W: Write> Pending<W> {
    /// A write whose outcome goes to `answer`.
    fn new(write: W, answer: oneshot::Sender<Result<W::Outcome, StoreError>>) -> Self {
        Self { write, outcome: None, answer }
    }
}

#[async_trait]
impl<W: Write> Job for Pending<W> {
    fn threads(&self) -> Vec<WrittenThread> {
        self.write.threads()
    }

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
struct Task<E> {
    engine: E,
    queued: mpsc::Receiver<Message>,
    commits: watch::Sender<()>,
}

impl<E: WriteEngine> Task<E> {
    /// A task that writes what is queued through `engine`, and tells each commit to `commits`.
    fn new(engine: E, queued: mpsc::Receiver<Message>, commits: watch::Sender<()>) -> Self {
        Self { engine, queued, commits }
    }

    /// Writes until the writer shall close, or nobody is left who could write.
    async fn run(mut self) {
        while let Some(message) = self.queued.recv().await {
            let (jobs, close) = self.take_batch(message);
            if !jobs.is_empty() {
                self.write(jobs).await;
            }
            if let Some(closed) = close {
                Box::new(self.engine).close().await;
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

    /// Commits the writes and answers each.
    async fn write(&mut self, mut jobs: Vec<Box<dyn Job>>) {
        let committed = self.commit(&mut jobs).await;
        if let Err(StoreError::Corrupt(_) | StoreError::Conflict(_)) = committed
            && jobs.len() > 1
        {
            // One of them is the cause; it takes none of the others with it.
            for mut job in jobs {
                let committed = self.commit(slice::from_mut(&mut job)).await;
                job.answer(committed);
            }
        } else {
            for job in jobs {
                job.answer(committed.clone());
            }
        }
    }

    /// Commits the writes; once more where others came between.
    async fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let mut attempt = 1;
        loop {
            match self.apply_in_time(jobs).await {
                Ok(()) => {
                    self.commits.send_replace(());
                    return Ok(());
                }
                Err(StoreError::Conflict(reason)) if attempt < ATTEMPTS => {
                    tracing::debug!(attempt, reason, "others wrote between; writing again");
                    sleep(PAUSE * attempt).await;
                    attempt += 1;
                }
                Err(error) => {
                    self.engine.discard().await;
                    return Err(error);
                }
            }
        }
    }

    async fn apply_in_time(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let applied = timeout(E::PATIENCE, self.apply(jobs)).await;
        applied.unwrap_or_else(|_| Err(StoreError::Unavailable("it does not answer".into())))
    }

    async fn apply(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let threads: Vec<_> = jobs.iter().flat_map(|job| job.threads()).collect();
        let mut transaction = self.engine.begin(&threads).await?;
        for job in jobs {
            job.apply(&mut transaction).await?;
        }
        E::commit(transaction).await
    }
}
