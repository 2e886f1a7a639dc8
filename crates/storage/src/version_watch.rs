//! Watches the version of the database, which every write of every process changes.
//!
//! One question to the database answers everybody who waits, so a busy server asks once for many readers: a question
//! sent after somebody began to wait is as good as their own.

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};

use crate::changes::Version;
use crate::error::StoreError;

/// A connection of an engine that is asked for the version.
#[async_trait]
pub(crate) trait VersionSource: Send + 'static {
    /// Reads the present version; another one than before where anything was committed in between.
    async fn version(&mut self) -> Result<Version, StoreError>;
    /// Closes the connection.
    async fn close(self);
}

/// A handle to the task that watches.
pub(crate) struct VersionWatch {
    queue: mpsc::UnboundedSender<Message>,
}

type Answer = Result<Version, StoreError>;

enum Message {
    Ask(oneshot::Sender<Answer>),
    Close(oneshot::Sender<()>),
}

impl VersionWatch {
    /// Starts to ask `source`.
    pub(crate) fn start(source: impl VersionSource) -> Self {
        let (queue, queued) = mpsc::unbounded_channel();
        tokio::spawn(watch(source, queued));
        Self { queue }
    }

    /// Reads the present version.
    pub(crate) async fn version(&self) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Message::Ask(answer)).map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }

    /// Closes the connection.
    pub(crate) async fn close(&self) {
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

async fn watch(mut source: impl VersionSource, mut queued: mpsc::UnboundedReceiver<Message>) {
    let mut waiting = Vec::new();
    while let Some(first) = queued.recv().await {
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Ask(answer) => waiting.push(answer),
                Message::Close(closed) => {
                    source.close().await;
                    let _ = closed.send(());
                    return;
                }
            }
            next = queued.try_recv().ok();
        }
        let answer = source.version().await;
        for waiter in waiting.drain(..) {
            // A waiter may have given up.
            let _ = waiter.send(answer.clone());
        }
    }
}
