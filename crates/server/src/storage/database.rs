//! The store over a database: reads through a pool, writes through one writer.

use std::time::Duration;

use async_trait::async_trait;
use dumka_api::Votes;
use sqlx::Connection;
use tokio::time::timeout;

use super::changes::Changes;
use super::error::{EditError, ListError, OpenError, ReportError, StoreError, SubmitError, VoteError};
use super::readers::Readers;
use super::sqlite::{BEGIN_READ, SqliteFile};
use super::write::{CastVote, Erase, KeepReport, KeepSecret, NameThread, NewRow, NewText, Probe, SetStatus};
use super::writer::Writer;
use super::{
    Accepted, Ballot, Edit, KnownComment, LatestQuery, ListQuery, Naming, News, OpenReport, Page,
    PlacedComment, Point, QueueFilter, QueuedComment, Report, Store, Submission, Version, latest, list, news,
    read, reports,
};
use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use crate::domain::thread::ThreadKey;
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;

/// How long to wait for a write of this process before asking for one of another, which makes no sound.
const LISTENING: Duration = Duration::from_secs(1);

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
        let mut moment = connection.begin_with(BEGIN_READ).await.map_err(StoreError::from)?;
        let page = list::list(&mut moment, query).await?;
        moment.rollback().await.map_err(StoreError::from)?;
        Ok(page)
    }

    async fn version(&self) -> Result<Version, StoreError> {
        self.changes.version().await
    }

    async fn version_after(&self, known: Version) -> Result<Version, StoreError> {
        let mut committed = self.writer.committed();
        loop {
            let version = self.changes.version().await?;
            if version != known {
                return Ok(version);
            }
            if let Ok(Err(closed)) = timeout(LISTENING, committed.changed()).await {
                return Err(StoreError::Unavailable(closed.to_string()));
            }
        }
    }

    async fn news(&self, thread: &ThreadKey, after: Point) -> Result<News, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let mut moment = connection.begin_with(BEGIN_READ).await?;
        let news = news::news(&mut moment, thread, after).await?;
        moment.rollback().await?;
        Ok(news)
    }

    async fn revision(&self, thread: &ThreadKey) -> Result<Option<u64>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::revision(&mut connection, thread).await
    }

    async fn revisions(&self, threads: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::revisions(&mut connection, threads).await
    }

    async fn submit(&self, submission: Submission) -> Result<Accepted, SubmitError> {
        self.writer.run(NewRow::new(submission)).await?
    }

    async fn comment(&self, id: CommentId) -> Result<Option<KnownComment>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::comment(&mut connection, id).await
    }

    async fn edit(&self, edit: Edit) -> Result<StoredComment, EditError> {
        self.writer.run(NewText::new(edit)).await?
    }

    async fn erase(&self, id: CommentId, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(Erase { id, at }).await
    }

    async fn vote(&self, ballot: Ballot) -> Result<Votes, VoteError> {
        self.writer.run(CastVote::new(ballot)).await?
    }

    async fn votes_of(
        &self,
        reader: TokenHash,
        comments: &[CommentId],
    ) -> Result<Vec<(CommentId, Vote)>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::votes_of(&mut connection, reader, comments).await
    }

    async fn authors_since(
        &self,
        thread: &ThreadKey,
        moment: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        read::authors_since(&mut connection, thread, moment).await
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

    async fn name(&self, thread: ThreadKey, naming: Naming) -> Result<bool, StoreError> {
        self.writer.run(NameThread { thread, naming }).await
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
