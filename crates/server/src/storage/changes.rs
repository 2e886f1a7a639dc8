//! Tells whether anything was written since, by whichever process, without reading it.
//!
//! One connection of its own asks SQLite for its `data_version`, which is another one whenever another
//! connection committed in between. Everybody who waits is answered by one question, so a busy server asks
//! once for many readers: a question put after somebody began to wait is as good as their own.

use sqlx::AnyConnection;
use tokio::sync::{mpsc, oneshot};

use super::Version;
use super::error::StoreError;
use super::sqlite::{Identity, SqliteFile};

/// The asking end.
pub(super) struct Changes {
    waiting: mpsc::UnboundedSender<Message>,
}

type Answer = Result<Version, StoreError>;

enum Message {
    Ask(oneshot::Sender<Answer>),
    Close(oneshot::Sender<()>),
}

impl Changes {
    /// Watches `file`.
    pub(super) async fn watch(file: SqliteFile) -> sqlx::Result<Self> {
        let (waiting, asked) = mpsc::unbounded_channel();
        let (identity, connection) = (file.identity(), file.watcher().await?);
        let version = Version { generation: 0, writes: 0 };
        tokio::spawn(Watch { file, identity, connection, data_version: 0, version }.run(asked));
        Ok(Self { waiting })
    }

    /// The version that is there now.
    pub(super) async fn version(&self) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.waiting.send(Message::Ask(answer)).map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }

    /// Closes the connection.
    pub(super) async fn close(&self) {
        let (closed, is_closed) = oneshot::channel();
        if self.waiting.send(Message::Close(closed)).is_ok() {
            // The task drops the sender if it ends early: closed all the same.
            let _ = is_closed.await;
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the database is closed".into())
}

/// The answering end.
struct Watch {
    file: SqliteFile,
    identity: Identity,
    connection: AnyConnection,
    data_version: i64,
    version: Version,
}

impl Watch {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Message>) {
        let mut waiting = Vec::new();
        while let Some(first) = asked.recv().await {
            let mut next = Some(first);
            while let Some(message) = next {
                match message {
                    Message::Ask(answer) => waiting.push(answer),
                    Message::Close(closed) => return self.stop(closed).await,
                }
                next = asked.try_recv().ok();
            }
            let answer = self.look().await;
            for asker in waiting.drain(..) {
                // Whoever lost patience is not there any more.
                let _ = asker.send(answer.clone());
            }
        }
    }

    async fn look(&mut self) -> Answer {
        self.follow().await?;
        let asked = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.connection).await;
        // A connection that failed once is made anew for the next question.
        let now = asked.inspect_err(|_| self.identity = None)?;
        if now != self.data_version {
            self.data_version = now;
            self.version.writes += 1;
        }
        Ok(self.version)
    }

    /// Goes over to another file where one has taken the place of the former, as after a restored backup.
    async fn follow(&mut self) -> Result<(), StoreError> {
        let now = self.file.identity();
        if now.is_some() && now != self.identity {
            self.connection = self.file.watcher().await?;
            self.identity = now;
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
