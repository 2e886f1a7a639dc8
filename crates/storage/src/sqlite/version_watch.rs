//! Watches the version of the database, which every write of every process changes.
//!
//! A connection of its own asks SQLite for its `data_version`, which is another one whenever another
//! connection has committed in between. One query answers everybody who waits, so a busy server asks
//! once for many readers: a query sent after somebody began to wait is as good as their own.

use sqlx::AnyConnection;
use tokio::sync::{mpsc, oneshot};

use super::file::{FileId, SqliteFile};
use crate::changes::Version;
use crate::error::StoreError;

/// A handle to the task that watches.
pub(super) struct VersionWatch {
    queue: mpsc::UnboundedSender<Message>,
}

type Answer = Result<Version, StoreError>;

enum Message {
    Ask(oneshot::Sender<Answer>),
    Close(oneshot::Sender<()>),
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
