//! The store over a database: reads through a pool, writes through one writer.

use async_trait::async_trait;

use super::changes::Changes;
use super::error::{ListError, OpenError, ReportError, StoreError, SubmitError};
use super::readers::Readers;
use super::sqlite::SqliteFile;
use super::write::{KeepReport, KeepSecret, NewRow, Probe, SetStatus};
use super::writer::Writer;
use super::{
    Accepted, LatestQuery, ListQuery, OpenReport, Page, PlacedComment, QueueFilter, QueuedComment, Report,
    Store, Submission, Version, latest, list, read, reports,
};
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::domain::thread::ThreadKey;

/// An open database.
pub(super) struct Database {
    readers: Readers,
    writer: Writer,
    changes: Changes,
}

impl Database {
    /// Opens `file` and starts its writer.
    pub(super) async fn open(file: SqliteFile) -> Result<Self, OpenError> {
        let session = file.open().await?;
        let readers = Readers::open(file.clone()).await.map_err(|error| file.open_error(error))?;
        let changes = Changes::watch(file.clone()).await.map_err(|error| file.open_error(error))?;
        Ok(Self { readers, writer: Writer::start(file, session), changes })
    }
}

#[async_trait]
impl Store for Database {
    async fn list(&self, query: &ListQuery) -> Result<Page, ListError> {
        let mut connection = self.readers.acquire().await?;
        list::list(&mut connection, query).await
    }

    async fn version(&self) -> Result<Version, StoreError> {
        self.changes.version().await
    }

    async fn revision(&self, thread: &ThreadKey) -> Result<Option<u64>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::revision(&mut connection, thread).await
    }

    async fn submit(&self, submission: Submission) -> Result<Accepted, SubmitError> {
        self.writer.run(NewRow::new(submission)).await?
    }

    async fn counts(&self, site: &str, pages: &[String]) -> Result<Vec<u64>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::counts(&mut connection, site, pages).await
    }

    async fn latest(&self, query: &LatestQuery) -> Result<Vec<PlacedComment>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        latest::latest(&mut connection, query).await
    }

    async fn queue(&self, filter: &QueueFilter) -> Result<Vec<QueuedComment>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::queue(&mut connection, filter).await
    }

    async fn set_status(&self, id: CommentId, status: Status, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(SetStatus { id, status, at }).await
    }

    async fn thread_of(&self, id: CommentId) -> Result<Option<ThreadKey>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::thread_of(&mut connection, id).await
    }

    async fn report(&self, report: Report) -> Result<(), ReportError> {
        self.writer.run(KeepReport(report)).await?
    }

    async fn open_reports(&self, id: CommentId) -> Result<Vec<OpenReport>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        reports::open(&mut connection, id).await
    }

    async fn secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.writer.run(KeepSecret { fresh }).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::probe(&mut connection).await?;
        self.writer.run(Probe).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.changes.close().await;
        self.readers.close().await;
    }
}
