//! Watches the version of the database, which every write of every process changes.
//!
//! A connection of its own asks SQLite for its `data_version`, which is another one whenever another
//! connection has committed in between. One query answers everybody who waits, so a busy server asks
//! once for many readers: a query sent after somebody began to wait is as good as their own.

use std::time::Duration;

use async_trait::async_trait;
use dumka_domain::thread::ThreadKey;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::SqliteStore;
use super::file::{BEGIN_READ, FileId, SqliteFile};
use crate::changes::{ChangePosition, ChangeSet, Version};
use crate::error::StoreError;
use crate::sql::{changes, threads};
use crate::store::ChangeStore;

/// The interval at which writes of other processes are looked for, which announce themselves to nobody.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// A handle to the task that watches.
pub(super) struct VersionWatch {
    queue: mpsc::UnboundedSender<Message>,
}

type Answer = Result<Version, StoreError>;

enum Message {
    Ask(oneshot::Sender<Answer>),
    Close(oneshot::Sender<()>),
}

#[async_trait]
impl ChangeStore for SqliteStore {
    async fn version(&self) -> Result<Version, StoreError> {
        self.version_watch.version().await
    }

    async fn version_after(&self, known: Version) -> Result<Version, StoreError> {
        let mut committed = self.writer.committed();
        loop {
            let version = self.version_watch.version().await?;
            if version != known {
                return Ok(version);
            }
            if let Ok(Err(closed)) = timeout(POLL_INTERVAL, committed.changed()).await {
                return Err(StoreError::Unavailable(closed.to_string()));
            }
        }
    }

    async fn revisions(&self, threads: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        threads::revisions(&mut connection, threads).await
    }

    async fn changes_since(
        &self,
        thread: &ThreadKey,
        after: ChangePosition,
    ) -> Result<ChangeSet, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        let mut snapshot = connection.begin_with(BEGIN_READ).await?;
        let changes = changes::changes_since(&mut snapshot, thread, after).await?;
        snapshot.rollback().await?;
        Ok(changes)
    }
}

impl VersionWatch {
    /// Starts to watch `file`.
    pub(super) async fn start(file: SqliteFile) -> sqlx::Result<Self> {
        let (queue, queued) = mpsc::unbounded_channel();
        let (file_id, connection) = (file.id(), file.watch_connection().await?);
        let version = Version { generation: 0, writes: 0 };
        tokio::spawn(Watcher { file, file_id, connection, data_version: 0, version }.run(queued));
        Ok(Self { queue })
    }

    /// Reads the present version.
    pub(super) async fn version(&self) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Message::Ask(answer)).map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }

    /// Closes the connection.
    pub(super) async fn close(&self) {
        let (closed, is_closed) = oneshot::channel();
        if self.queue.send(Message::Close(closed)).is_ok() {
            // The task drops the sender if it ends early: closed all the same.
            let _ = is_closed.await;
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the database is closed".into())
}

/// The task that watches.
struct Watcher {
    file: SqliteFile,
    file_id: FileId,
    connection: AnyConnection,
    data_version: i64,
    version: Version,
}

impl Watcher {
    async fn run(mut self, mut queued: mpsc::UnboundedReceiver<Message>) {
        let mut waiting = Vec::new();
        while let Some(first) = queued.recv().await {
            let mut next = Some(first);
            while let Some(message) = next {
                match message {
                    Message::Ask(answer) => waiting.push(answer),
                    Message::Close(closed) => return self.stop(closed).await,
                }
                next = queued.try_recv().ok();
            }
            let answer = self.read_version().await;
            for waiter in waiting.drain(..) {
                // A waiter may have given up.
                let _ = waiter.send(answer.clone());
            }
        }
    }

    async fn read_version(&mut self) -> Answer {
        self.follow_file().await?;
        let asked = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.connection).await;
        // A connection that failed once is opened anew for the next query.
        let now = asked.inspect_err(|_| self.file_id = None)?;
        if now != self.data_version {
            self.data_version = now;
            self.version.writes += 1;
        }
        Ok(self.version)
    }

    /// Connects to another file where one has taken the place of the former, as after a restored backup.
    async fn follow_file(&mut self) -> Result<(), StoreError> {
        let now = self.file.id();
        if now.is_some() && now != self.file_id {
            self.connection = self.file.watch_connection().await?;
            self.file_id = now;
            self.version.generation += 1;
        }
        Ok(())
    }

    async fn stop(self, closed: oneshot::Sender<()>) {
        // Nothing was written through it; there is nothing to lose.
        let _ = sqlx::Connection::close(self.connection).await;
        let _ = closed.send(());
    }
}
