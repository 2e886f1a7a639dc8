//! The store over an SQLite file: reads through a pool, writes through one writer. The traits by which readers write, and by
//! which changes are noticed, are implemented beside what does that.

pub(crate) mod error_code;
mod file;
mod read_pool;
mod version_watch;
mod writer;

use async_trait::async_trait;
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use dumka_domain::thread::ThreadKey;
use sqlx::Connection;

use file::BEGIN_READ;
pub(crate) use file::SqliteFile;
use read_pool::ReadPool;
use version_watch::VersionWatch;
use writer::Writer;

use crate::comment::{LatestCommentRecord, LatestQuery};
use crate::error::{ListError, OpenError, StoreError};
use crate::moderation::{OpenReport, QueueFilter, QueuedComment, ThreadNames};
use crate::page::{ListQuery, Page};
use crate::sql::write::{InitSecret, Ping, RenameThread, SetStatus};
use crate::sql::{comments, moderation, page, threads};
use crate::store::{ModerationStore, Store, ThreadStore};

/// An open database.
pub(crate) struct SqliteStore {
    read_pool: ReadPool,
    writer: Writer,
    version_watch: VersionWatch,
}

impl SqliteStore {
    /// Opens `file` and starts its writer.
    pub(crate) async fn open(file: SqliteFile) -> Result<Self, OpenError> {
        let connection = file.open().await?;
        let read_pool = ReadPool::open(file.clone()).await.map_err(|error| file.open_error(error))?;
        let version_watch =
            VersionWatch::start(file.clone()).await.map_err(|error| file.open_error(error))?;
        Ok(Self { read_pool, writer: Writer::start(file, connection), version_watch })
    }
}

#[async_trait]
impl ThreadStore for SqliteStore {
    async fn list(&self, query: &ListQuery) -> Result<Page, ListError> {
        let mut connection = self.read_pool.acquire().await?;
        let mut snapshot = connection.begin_with(BEGIN_READ).await.map_err(StoreError::from)?;
        let page = page::list(&mut snapshot, query).await?;
        snapshot.rollback().await.map_err(StoreError::from)?;
        Ok(page)
    }

    async fn revision(&self, thread: &ThreadKey) -> Result<Option<u64>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        threads::revision(&mut connection, thread).await
    }

    async fn counts(&self, site: &str, pages: &[String]) -> Result<Vec<u64>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        threads::counts(&mut connection, site, pages).await
    }

    async fn latest(&self, query: &LatestQuery) -> Result<Vec<LatestCommentRecord>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        comments::latest(&mut connection, query).await
    }
}

#[async_trait]
impl ModerationStore for SqliteStore {
    async fn queue(&self, filter: &QueueFilter) -> Result<Vec<QueuedComment>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        moderation::queue(&mut connection, filter).await
    }

    async fn open_reports(&self, id: CommentId) -> Result<Vec<OpenReport>, StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        moderation::open_reports(&mut connection, id).await
    }

    async fn set_status(&self, id: CommentId, status: Status, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(SetStatus { id, status, at }).await
    }

    async fn rename_thread(&self, thread: ThreadKey, names: ThreadNames) -> Result<bool, StoreError> {
        self.writer.run(RenameThread { thread, names }).await
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn init_secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.writer.run(InitSecret { fresh }).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let mut connection = self.read_pool.acquire().await?;
        threads::probe(&mut connection).await?;
        self.writer.run(Ping).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.version_watch.close().await;
        self.read_pool.close().await;
    }
}
