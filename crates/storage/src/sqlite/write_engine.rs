//! The connection that writes to the file.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::any::Any;
use sqlx::{Connection, Transaction};

use super::file::{BEGIN_WRITE, SqliteFile, WriteConnection};
use crate::engine::{WriteEngine, WrittenThread};
use crate::error::StoreError;

/// The one connection that writes, to the file that is there now.
pub(super) struct SqliteWriteEngine {
    file: SqliteFile,
    connection: Option<WriteConnection>,
}

impl SqliteWriteEngine {
    /// Writes through `connection`; a later one is opened from `file`.
    pub(super) fn new(file: SqliteFile, connection: WriteConnection) -> Self {
        Self { file, connection: Some(connection) }
    }
}

#[async_trait]
impl WriteEngine for SqliteWriteEngine {
    /// A file answers or fails; its own timeout is that of the lock.
    const PATIENCE: Duration = Duration::from_mins(1);

    /// Begins a transaction in which nobody else writes at all.
    async fn begin(&mut self, _: &[WrittenThread]) -> Result<Transaction<'_, Any>, StoreError> {
        let current = match self.connection.take() {
            Some(current) if current.file_id == self.file.id() => current,
            _ => self.file.reopen().await?,
        };
        Ok(self.connection.insert(current).connection.begin_with(BEGIN_WRITE).await?)
    }

    async fn commit(transaction: Transaction<'_, Any>) -> Result<(), StoreError> {
        Ok(transaction.commit().await?)
    }

    async fn discard(&mut self) {
        if let Some(current) = self.connection.take() {
            // Closing may fail likewise.
            let _ = current.connection.close_hard().await;
        }
    }

    async fn close(mut self: Box<Self>) {
        if let Some(current) = self.connection.take() {
            // Every answered write is synced already; there is nothing left to lose.
            let _ = current.connection.close().await;
        }
    }
}
