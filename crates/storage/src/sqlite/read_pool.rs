//! The pool of reading connections.

use std::sync::{PoisonError, RwLock};

use sqlx::AnyPool;

use super::file::{FileId, SqliteFile};
use crate::error::StoreError;

/// A pool of reading connections to the file that is there now.
pub(super) struct ReadPool {
    file: SqliteFile,
    current: RwLock<(FileId, AnyPool)>,
}

impl ReadPool {
    /// Opens a pool for `file`.
    pub(super) async fn open(file: SqliteFile) -> sqlx::Result<Self> {
        let current = RwLock::new((file.id(), file.read_pool().await?));
        Ok(Self { file, current })
    }

    /// Closes every connection.
    pub(super) async fn close(&self) {
        if let Ok(pool) = self.pool().await {
            pool.close().await;
        }
    }

    /// Returns the pool; opens a new one where another file has taken the place of the former, as after a restored
    /// backup. While there is none, the former can still be read.
    pub(super) async fn pool(&self) -> Result<AnyPool, StoreError> {
        let now = self.file.id();
        let (known, pool) = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        if now.is_none() || now == known {
            return Ok(pool);
        }
        let pool = self.file.read_pool().await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (now, pool.clone());
        Ok(pool)
    }
}
