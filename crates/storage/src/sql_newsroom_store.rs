//! The traits of moderators over any engine.

use async_trait::async_trait;
use dumka_api::newsroom::{Counters, Queue};
use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::thread::ThreadKey;

use crate::decision::{
    DecidedComments, DecisionId, DecisionInput, DecisionRecord, DecisionResult, LogQuery, UndoInput,
    UndoneDecisions,
};
use crate::engine::Engine;
use crate::error::{DecideError, StoreError};
use crate::moderation::{OpenReport, ThreadFilter, ThreadNames, ThreadRecord, ThreadSteering};
use crate::newsroom_query::{NewsroomPage, NewsroomQuery, NewsroomRecord};
use crate::sql::search::Completeness;
use crate::sql::write::{Decide, IndexComments, RenameThread, SteerThread, Undo};
use crate::sql::{decisions, moderation, newsroom, search, thread_list};
use crate::sql_store::SqlStore;
use crate::store::{ModerationStore, QueueStore};

#[async_trait]
impl<E: Engine> QueueStore for SqlStore<E> {
    async fn queue(&self, query: &NewsroomQuery) -> Result<NewsroomPage, StoreError> {
        self.in_time(async { newsroom::page(&mut *self.snapshot().await?, query).await }).await
    }

    async fn queue_count(&self, query: &NewsroomQuery) -> Result<u64, StoreError> {
        self.in_time(async { newsroom::count(&mut *self.snapshot().await?, query).await }).await
    }

    async fn counters(&self, site: &str) -> Result<Counters, StoreError> {
        let queues = [Queue::New, Queue::Pending, Queue::Reported, Queue::Held, Queue::Appeals];
        let counts = async { newsroom::counts(&mut *self.read().await?, site, queues).await };
        let [new, pending, reported, held, appeals] = self.in_time(counts).await?;
        Ok(Counters { new, pending, reported, held, appeals })
    }

    async fn newsroom_comments(&self, ids: &[CommentId]) -> Result<Vec<NewsroomRecord>, StoreError> {
        self.in_time(async { newsroom::comments(&mut *self.read().await?, ids).await }).await
    }

    async fn ancestors(&self, id: CommentId) -> Result<Vec<CommentId>, StoreError> {
        self.in_time(async { moderation::ancestors(&mut *self.read().await?, id).await }).await
    }

    async fn answers(&self, id: CommentId, limit: u32) -> Result<Vec<CommentId>, StoreError> {
        self.in_time(async { moderation::answers(&mut *self.read().await?, id, limit).await }).await
    }

    async fn open_reports(&self, id: CommentId) -> Result<Vec<OpenReport>, StoreError> {
        self.in_time(async { moderation::open_reports(&mut *self.read().await?, id).await }).await
    }

    async fn index_missing(
        &self,
        after: Option<CommentId>,
        limit: u32,
    ) -> Result<Option<CommentId>, StoreError> {
        // Mostly nothing is missing, and then no write waits for the look.
        let looked = async { search::look_for_missing(&mut *self.read().await?, after, limit).await };
        match self.in_time(looked).await? {
            Some((last, Completeness::Complete)) => Ok(Some(last)),
            Some((_, Completeness::Missing)) => self.writer.run(IndexComments { after, limit }).await,
            None => Ok(None),
        }
    }
}

#[async_trait]
impl<E: Engine> ModerationStore for SqlStore<E> {
    async fn decide(&self, input: DecisionInput) -> Result<Vec<DecisionResult>, DecideError> {
        let found = match &input.comments {
            DecidedComments::Named(_) => Vec::new(),
            DecidedComments::Found { query, .. } => {
                self.in_time(async { newsroom::find_all(&mut *self.snapshot().await?, query).await }).await?
            }
        };
        self.writer.run(Decide::new(input, found)).await?
    }

    async fn undo(&self, input: UndoInput) -> Result<Vec<DecisionResult>, StoreError> {
        let found = match &input.decisions {
            UndoneDecisions::One(id) => self.decision(*id).await?.into_iter().collect(),
            UndoneDecisions::Found(query) => self.log(query).await?,
        };
        self.writer.run(Undo::new(input, found)).await
    }

    async fn decision(&self, id: DecisionId) -> Result<Option<DecisionRecord>, StoreError> {
        self.in_time(async { decisions::decision(&mut *self.read().await?, id).await }).await
    }

    async fn decisions_since(
        &self,
        since: UnixMillis,
        limit: u32,
    ) -> Result<Vec<DecisionRecord>, StoreError> {
        self.in_time(async { decisions::since(&mut *self.read().await?, since, limit).await }).await
    }

    async fn log(&self, query: &LogQuery) -> Result<Vec<DecisionRecord>, StoreError> {
        self.in_time(async { decisions::log(&mut *self.read().await?, query).await }).await
    }

    async fn rename_thread(&self, thread: ThreadKey, names: ThreadNames) -> Result<bool, StoreError> {
        self.writer.run(RenameThread { thread, names }).await
    }

    async fn steer_thread(&self, thread: ThreadKey, steering: ThreadSteering) -> Result<(), StoreError> {
        self.writer.run(SteerThread { thread, steering }).await
    }

    async fn threads(&self, filter: &ThreadFilter) -> Result<Vec<ThreadRecord>, StoreError> {
        self.in_time(async { thread_list::threads(&mut *self.read().await?, filter).await }).await
    }
}
