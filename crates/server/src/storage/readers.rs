//! The reading connections.

use std::sync::RwLock;

use sqlx::AnyPool;
use sqlx::any::Any;
use sqlx::pool::PoolConnection;

use super::error::StoreError;
use super::sqlite::{Identity, SqliteFile};

/// A pool of reading connections to the file that is there now.
pub(super) struct Readers {
    file: SqliteFile,
    current: RwLock<(Identity, AnyPool)>,
}

impl Readers {
    /// Opens a pool for `file`.
    pub(super) async fn open(file: SqliteFile) -> sqlx::Result<Self> {
        let current = RwLock::new((file.identity(), file.readers().await?));
        Ok(Self { file, current })
    }

    /// Takes a connection out of the pool.
    pub(super) async fn acquire(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.pool().await?.acquire().await?)
    }

    /// Closes every connection.
    pub(super) async fn close(&self) {
        if let Ok(pool) = self.pool().await {
            pool.close().await;
        }
    }

    /// The pool; a new one where another file has taken the place of the former, as after a restored
    /// backup. While there is none, the former can still be read.
    async fn pool(&self) -> Result<AnyPool, StoreError> {
        let now = self.file.identity();
        let (known, pool) = self.current.read().expect("no reader panics with the lock").clone();
        if now.is_none() || now == known {
            return Ok(pool);
        }
        let pool = self.file.readers().await?;
        *self.current.write().expect("no writer panics with the lock") = (now, pool.clone());
        Ok(pool)
    }
}
