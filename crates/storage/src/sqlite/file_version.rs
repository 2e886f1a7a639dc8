//! The version of a database file.
//!
//! A connection of its own asks SQLite for its `data_version`, which is another one whenever another connection has
//! committed in between.

use async_trait::async_trait;
use sqlx::{AnyConnection, Connection};

use super::file::{FileId, SqliteFile};
use crate::changes::Version;
use crate::error::StoreError;
use crate::version_watch::VersionSource;

/// A connection that stays the same, so that it notices the commits of others.
pub(super) struct FileVersion {
    file: SqliteFile,
    file_id: FileId,
    connection: AnyConnection,
    data_version: i64,
    version: Version,
}

impl FileVersion {
    /// Connects to `file`.
    pub(super) async fn of(file: SqliteFile) -> sqlx::Result<Self> {
        let (file_id, connection) = (file.id(), file.watch_connection().await?);
        let version = Version { generation: 0, writes: 0 };
        Ok(Self { file, file_id, connection, data_version: 0, version })
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
}

#[async_trait]
impl VersionSource for FileVersion {
    async fn version(&mut self) -> Result<Version, StoreError> {
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

    async fn close(self) {
        // Nothing was written through it; there is nothing to lose.
        let _ = self.connection.close().await;
    }
}
