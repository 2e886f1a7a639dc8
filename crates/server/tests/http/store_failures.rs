//! A store in trouble is said, not hidden.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use dumka_api::newsroom::Counters;
use dumka_api::{ProblemKind, Votes};
use dumka_server::domain::comment::{CommentId, StoredComment, UnixMillis};
use dumka_server::domain::thread::{StoredThread, ThreadKey};
use dumka_server::domain::{token::TokenHash, vote::Vote};
use dumka_server::server::ServerParts;
use dumka_server::storage::{
    ChangePosition, ChangeSet, ChangeStore, CommentRecord, CommentStore, DecideError, DecisionId,
    DecisionInput, DecisionRecord, DecisionResult, DiscussedQuery, DiscussedRecord, EditError, EditInput,
    LatestCommentRecord, LatestQuery, ListError, ListQuery, LogQuery, ModerationStore, NewCommentRecord,
    NewsroomPage, NewsroomQuery, NewsroomRecord, OpenReport, Page, QueueStore, RateStore, ReaderStore,
    ReportError, ReportInput, RequestRate, Store, StoreError, SubmitError, SubmitResult, ThreadFilter,
    ThreadNames, ThreadRecord, ThreadSteering, ThreadStore, UndoInput, Version, VoteError, VoteInput,
};

use crate::running::{Running, comment, header, problem_of, refused, start_over};

/// Something no client may read.
const SECRET: &str = "/var/lib/secret.db";

/// A store that answers nothing well.
#[derive(Clone, Copy)]
pub enum Trouble {
    Gone,
    Full,
    Silent,
    Panicking,
}

impl Trouble {
    pub async fn befall<T>(self) -> Result<T, StoreError> {
        match self {
            Self::Gone => Err(StoreError::Unavailable(SECRET.into())),
            Self::Full => Err(StoreError::Full),
            Self::Silent => std::future::pending().await,
            Self::Panicking => panic!("{SECRET}"),
        }
    }
}

#[async_trait]
impl CommentStore for Trouble {
    async fn submit(&self, _: NewCommentRecord) -> Result<SubmitResult, SubmitError> {
        Ok(self.befall().await?)
    }
    async fn comment(&self, _: CommentId) -> Result<Option<CommentRecord>, StoreError> {
        self.befall().await
    }
    async fn edit(&self, _: EditInput) -> Result<StoredComment, EditError> {
        Ok(self.befall().await?)
    }
    async fn delete_by_author(&self, _: CommentId, _: UnixMillis) -> Result<bool, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl ThreadStore for Trouble {
    async fn list(&self, _: &ListQuery) -> Result<Page, ListError> {
        Ok(self.befall().await?)
    }
    async fn sites(&self) -> Result<Vec<String>, StoreError> {
        self.befall().await
    }
    async fn revision(&self, _: &ThreadKey) -> Result<Option<u64>, StoreError> {
        self.befall().await
    }
    async fn thread(&self, _: &ThreadKey) -> Result<Option<StoredThread>, StoreError> {
        self.befall().await
    }
    async fn counts(&self, _: &str, _: &[String]) -> Result<Vec<u64>, StoreError> {
        self.befall().await
    }
    async fn discussed(&self, _: &DiscussedQuery) -> Result<Vec<DiscussedRecord>, StoreError> {
        self.befall().await
    }
    async fn latest(&self, _: &LatestQuery) -> Result<Vec<LatestCommentRecord>, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl ChangeStore for Trouble {
    async fn version(&self) -> Result<Version, StoreError> {
        self.befall().await
    }
    async fn version_after(&self, _: Version) -> Result<Version, StoreError> {
        self.befall().await
    }
    async fn revisions(&self, _: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError> {
        self.befall().await
    }
    async fn changes_since(&self, _: &ThreadKey, _: ChangePosition) -> Result<ChangeSet, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl ReaderStore for Trouble {
    async fn vote(&self, _: VoteInput) -> Result<Votes, VoteError> {
        Ok(self.befall().await?)
    }
    async fn report(&self, _: ReportInput) -> Result<(), ReportError> {
        Ok(self.befall().await?)
    }
    async fn votes_of(&self, _: TokenHash, _: &[CommentId]) -> Result<Vec<(CommentId, Vote)>, StoreError> {
        self.befall().await
    }
    async fn authors_since(
        &self,
        _: &ThreadKey,
        _: UnixMillis,
    ) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl QueueStore for Trouble {
    async fn queue(&self, _: &NewsroomQuery) -> Result<NewsroomPage, StoreError> {
        self.befall().await
    }
    async fn queue_count(&self, _: &NewsroomQuery) -> Result<u64, StoreError> {
        self.befall().await
    }
    async fn counters(&self, _: &str) -> Result<Counters, StoreError> {
        self.befall().await
    }
    async fn newsroom_comments(&self, _: &[CommentId]) -> Result<Vec<NewsroomRecord>, StoreError> {
        self.befall().await
    }
    async fn ancestors(&self, _: CommentId) -> Result<Vec<CommentId>, StoreError> {
        self.befall().await
    }
    async fn answers(&self, _: CommentId, _: u32) -> Result<Vec<CommentId>, StoreError> {
        self.befall().await
    }
    async fn open_reports(&self, _: CommentId) -> Result<Vec<OpenReport>, StoreError> {
        self.befall().await
    }
    async fn index_missing(&self, _: Option<CommentId>, _: u32) -> Result<Option<CommentId>, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl ModerationStore for Trouble {
    async fn decide(&self, _: DecisionInput) -> Result<Vec<DecisionResult>, DecideError> {
        Ok(self.befall().await?)
    }
    async fn undo(&self, _: UndoInput) -> Result<Vec<DecisionResult>, StoreError> {
        self.befall().await
    }
    async fn decision(&self, _: DecisionId) -> Result<Option<DecisionRecord>, StoreError> {
        self.befall().await
    }
    async fn decisions_since(&self, _: UnixMillis, _: u32) -> Result<Vec<DecisionRecord>, StoreError> {
        self.befall().await
    }
    async fn log(&self, _: &LogQuery) -> Result<Vec<DecisionRecord>, StoreError> {
        self.befall().await
    }
    async fn rename_thread(&self, _: ThreadKey, _: ThreadNames) -> Result<bool, StoreError> {
        self.befall().await?;
        Ok(false)
    }
    async fn steer_thread(&self, _: ThreadKey, _: ThreadSteering) -> Result<(), StoreError> {
        self.befall().await?;
        Ok(())
    }
    async fn threads(&self, _: &ThreadFilter) -> Result<Vec<ThreadRecord>, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl RateStore for Trouble {
    fn may_be_shared(&self) -> bool {
        false
    }
    async fn count_request(&self, _: &RequestRate, _: UnixMillis) -> Result<Option<UnixMillis>, StoreError> {
        self.befall().await
    }
    async fn forget_requests(&self, _: UnixMillis) -> Result<(), StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl Store for Trouble {
    async fn init_secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        Ok(fresh)
    }
    async fn ping(&self) -> Result<(), StoreError> {
        self.befall().await
    }
    async fn close(&self) {}
}

async fn over(trouble: Trouble) -> Running {
    start_over(Arc::new(trouble), ServerParts::default(), |settings| settings.limits.request_secs = 1).await
}

#[tokio::test]
async fn store_that_is_gone_is_unavailable_for_a_while() {
    let server = over(Trouble::Gone).await;
    for request in [server.list("site=s&page=p"), server.post("k", &comment()), server.get("/readyz")] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (503, ProblemKind::StoreUnavailable));
        assert!(problem.retry_after.is_some() && !problem.detail.contains(SECRET));
    }
}

#[tokio::test]
async fn full_disk_is_named() {
    let problem = refused(over(Trouble::Full).await.post("k", &comment())).await;
    assert_eq!((problem.status, problem.kind), (507, ProblemKind::StoreFull));
    assert!(problem.retry_after.is_some());
}

#[tokio::test]
async fn store_that_does_not_answer_is_not_waited_for() {
    let server = over(Trouble::Silent).await;
    for request in [server.list("site=s&page=p"), server.post("k", &comment()), server.get("/readyz")] {
        let problem = refused(request.timeout(Duration::from_secs(14))).await;
        assert_eq!((problem.status, problem.kind), (503, ProblemKind::StoreUnavailable));
    }
}

#[tokio::test]
async fn panic_is_a_problem_that_the_page_may_read() {
    let server = over(Trouble::Panicking).await;
    let response = server.list("site=s&page=p").header("origin", "http://localhost").send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    let problem = problem_of(response).await;
    assert_eq!((problem.status, problem.kind), (500, ProblemKind::Internal));
    assert!(!problem.detail.contains(SECRET));
}

#[tokio::test]
async fn server_lives_while_its_store_does_not() {
    let response = over(Trouble::Gone).await.get("/healthz").send().await.unwrap();
    assert_eq!(response.status(), 200);
}
