//! The store over any engine: each trait reads through the engine's connections and writes through the one writer.

use std::time::Duration;

use async_trait::async_trait;
use dumka_api::Votes;
use dumka_domain::comment::{CommentId, StoredComment, UnixMillis};
use dumka_domain::thread::{StoredThread, ThreadKey};
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::changes::{ChangePosition, ChangeSet, Version};
use crate::comment::{
    CommentRecord, EditInput, LatestCommentRecord, LatestQuery, NewCommentRecord, SubmitResult,
};
use crate::discussed::{DiscussedQuery, DiscussedRecord};
use crate::engine::{Engine, ReadConnection, ReadKind};
use crate::error::{EditError, ListError, ReportError, StoreError, SubmitError, VoteError};
use crate::page::{ListQuery, Page};
use crate::rates::RequestRate;
use crate::reader::{ReportInput, VoteInput};
use crate::sql::write::{
    EraseComment, InitSecret, InsertComment, InsertReport, Ping, UpdateText, UpsertVote,
};
use crate::sql::{changes, comments, page, rates, threads};
use crate::store::{ChangeStore, CommentStore, RateStore, ReaderStore, Store, ThreadStore};
use crate::writer::Writer;

/// The interval at which writes of other processes are looked for that nobody told of.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// An open database.
pub(crate) struct SqlStore<E> {
    engine: E,
    pub(crate) writer: Writer,
    /// Changes with every commit that the engine hears of; those of other processes may be missing.
    commits: watch::Receiver<()>,
}

impl<E: Engine> SqlStore<E> {
    /// A store that reads through `engine`, writes through `writer`, and hears of `commits`.
    pub(crate) fn new(engine: E, writer: Writer, commits: watch::Receiver<()>) -> Self {
        Self { engine, writer, commits }
    }

    /// Takes a connection for one statement.
    pub(crate) async fn read(&self) -> Result<ReadConnection, StoreError> {
        self.engine.read(ReadKind::Single).await
    }

    /// Reads, and gives up after the engine's patience: where a connection is cut off without a word, nothing would come on
    /// it for as long as the network waits.
    pub(crate) async fn in_time<T, F: From<StoreError>>(
        &self,
        reading: impl Future<Output = Result<T, F>> + Send,
    ) -> Result<T, F> {
        let too_late = || StoreError::Unavailable("it does not answer".into()).into();
        timeout(E::READ_PATIENCE, reading).await.unwrap_or_else(|_| Err(too_late()))
    }

    /// Takes a connection for statements that see one state of the database.
    pub(crate) async fn snapshot(&self) -> Result<ReadConnection, StoreError> {
        self.engine.read(ReadKind::Snapshot).await
    }
}

#[async_trait]
impl<E: Engine> CommentStore for SqlStore<E> {
    async fn submit(&self, new: NewCommentRecord) -> Result<SubmitResult, SubmitError> {
        self.writer.run(InsertComment::new(new)).await?
    }

    async fn comment(&self, id: CommentId) -> Result<Option<CommentRecord>, StoreError> {
        self.in_time(async { comments::comment(&mut *self.read().await?, id).await }).await
    }

    async fn edit(&self, edit: EditInput) -> Result<StoredComment, EditError> {
        self.writer.run(UpdateText::new(edit)).await?
    }

    async fn delete_by_author(&self, id: CommentId, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(EraseComment { id, at }).await
    }
}

#[async_trait]
impl<E: Engine> ReaderStore for SqlStore<E> {
    async fn vote(&self, vote: VoteInput) -> Result<Votes, VoteError> {
        self.writer.run(UpsertVote::new(vote)).await?
    }

    async fn report(&self, report: ReportInput) -> Result<(), ReportError> {
        self.writer.run(InsertReport(report)).await?
    }

    async fn votes_of(
        &self,
        reader: TokenHash,
        comments: &[CommentId],
    ) -> Result<Vec<(CommentId, Vote)>, StoreError> {
        self.in_time(async { comments::votes_of(&mut *self.read().await?, reader, comments).await }).await
    }

    async fn authors_since(
        &self,
        thread: &ThreadKey,
        since: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
        self.in_time(async { comments::authors_since(&mut *self.read().await?, thread, since).await }).await
    }
}

#[async_trait]
impl<E: Engine> ThreadStore for SqlStore<E> {
    async fn list(&self, query: &ListQuery) -> Result<Page, ListError> {
        self.in_time(async { page::list(&mut *self.snapshot().await?, query).await }).await
    }

    async fn sites(&self) -> Result<Vec<String>, StoreError> {
        self.in_time(async { threads::sites(&mut *self.read().await?).await }).await
    }

    async fn revision(&self, thread: &ThreadKey) -> Result<Option<u64>, StoreError> {
        self.in_time(async { threads::revision(&mut *self.read().await?, thread).await }).await
    }

    async fn thread(&self, thread: &ThreadKey) -> Result<Option<StoredThread>, StoreError> {
        let row = self.in_time(async { threads::thread(&mut *self.read().await?, thread).await }).await?;
        Ok(row.map(|row| row.thread))
    }

    async fn counts(&self, site: &str, pages: &[String]) -> Result<Vec<u64>, StoreError> {
        self.in_time(async { threads::counts(&mut *self.read().await?, site, pages).await }).await
    }

    async fn latest(&self, query: &LatestQuery) -> Result<Vec<LatestCommentRecord>, StoreError> {
        self.in_time(async { comments::latest(&mut *self.read().await?, query).await }).await
    }

    async fn discussed(&self, query: &DiscussedQuery) -> Result<Vec<DiscussedRecord>, StoreError> {
        self.in_time(async { threads::discussed(&mut *self.read().await?, query).await }).await
    }
}

#[async_trait]
impl<E: Engine> ChangeStore for SqlStore<E> {
    async fn version(&self) -> Result<Version, StoreError> {
        self.engine.version().await
    }

    async fn version_after(&self, known: Version) -> Result<Version, StoreError> {
        let mut commits = self.commits.clone();
        commits.mark_unchanged();
        loop {
            let version = self.engine.version().await?;
            if version != known {
                return Ok(version);
            }
            if let Ok(Err(closed)) = timeout(POLL_INTERVAL, commits.changed()).await {
                return Err(StoreError::Unavailable(closed.to_string()));
            }
        }
    }

    async fn revisions(&self, threads: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError> {
        self.in_time(async { threads::revisions(&mut *self.read().await?, threads).await }).await
    }

    async fn changes_since(
        &self,
        thread: &ThreadKey,
        after: ChangePosition,
    ) -> Result<ChangeSet, StoreError> {
        self.in_time(async { changes::changes_since(&mut *self.snapshot().await?, thread, after).await })
            .await
    }
}

#[async_trait]
impl<E: Engine> RateStore for SqlStore<E> {
    fn may_be_shared(&self) -> bool {
        E::MAY_BE_SHARED
    }

    async fn count_request(
        &self,
        rate: &RequestRate,
        now: UnixMillis,
    ) -> Result<Option<UnixMillis>, StoreError> {
        if !E::MAY_BE_SHARED {
            return Ok(None);
        }
        self.in_time(async { rates::count(&mut *self.read().await?, rate, now).await }).await
    }

    async fn forget_requests(&self, now: UnixMillis) -> Result<(), StoreError> {
        if !E::MAY_BE_SHARED {
            return Ok(());
        }
        self.in_time(async { rates::forget(&mut *self.read().await?, now).await }).await
    }
}

#[async_trait]
impl<E: Engine> Store for SqlStore<E> {
    async fn init_secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.writer.run(InitSecret { fresh }).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.in_time(async { threads::probe(&mut *self.read().await?).await }).await?;
        self.writer.run(Ping).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.engine.close().await;
    }
}
