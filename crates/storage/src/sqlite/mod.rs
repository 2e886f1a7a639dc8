//! SQLite's own: the file, the pool that reads it, the connection that writes, and the watch for writes of others.

pub(crate) mod error_code;
mod file;
mod file_version;
mod read_pool;
mod schema;
mod write_engine;

use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::watch;

pub(crate) use file::{BEGIN_READ, BEGIN_WRITE, SqliteFile};
use file_version::FileVersion;
use read_pool::ReadPool;
pub(crate) use schema::LIST_COLUMNS;
use write_engine::SqliteWriteEngine;

use crate::changes::Version;
use crate::engine::{Engine, ReadConnection, ReadKind};
use crate::error::StoreError;
use crate::open_error::OpenError;
use crate::sql::move_mark;
use crate::sql_store::SqlStore;
use crate::version_watch::VersionWatch;
use crate::writer::Writer;

/// An open database file, as it is read.
pub(crate) struct SqliteEngine {
    read_pool: ReadPool,
    version_watch: VersionWatch,
}

/// Opens `file` and starts its writer.
pub(crate) async fn open(file: SqliteFile) -> Result<SqlStore<SqliteEngine>, OpenError> {
    let mut connection = file.open().await?;
    let half =
        move_mark::is_there(&mut connection.connection).await.map_err(|error| file.open_error(error))?;
    if half {
        return Err(OpenError::HalfMoved { database: file.to_string() });
    }
    let read_pool = ReadPool::open(file.clone()).await.map_err(|error| file.open_error(error))?;
    let version = FileVersion::of(file.clone()).await.map_err(|error| file.open_error(error))?;
    let version_watch = VersionWatch::start(version);
    let (committed, commits) = watch::channel(());
    let writer = Writer::start(SqliteWriteEngine::new(file, connection), committed);
    Ok(SqlStore::new(SqliteEngine { read_pool, version_watch }, writer, commits))
}

#[async_trait]
impl Engine for SqliteEngine {
    // A file has no network under it; a moderator's long search may take its time.
    const READ_PATIENCE: Duration = Duration::from_mins(1);

    const MAY_BE_SHARED: bool = false;

    async fn read(&self, kind: ReadKind) -> Result<ReadConnection, StoreError> {
        let pool = self.read_pool.pool().await?;
        Ok(match kind {
            ReadKind::Single => ReadConnection::Plain(pool.acquire().await?),
            ReadKind::Snapshot => ReadConnection::Snapshot(pool.begin_with(BEGIN_READ).await?),
        })
    }

    async fn version(&self) -> Result<Version, StoreError> {
        self.version_watch.version().await
    }

    async fn close(&self) {
        self.version_watch.close().await;
        self.read_pool.close().await;
    }
}
