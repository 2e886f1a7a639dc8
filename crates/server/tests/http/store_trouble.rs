//! A store in trouble is said, not hidden.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use dumka_api::{ProblemKind, Votes};
use dumka_server::app::Parts;
use dumka_server::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use dumka_server::domain::thread::ThreadKey;
use dumka_server::domain::token::TokenHash;
use dumka_server::domain::vote::Vote;
use dumka_server::storage::{
    Accepted, Ballot, Edit, EditError, KnownComment, LatestQuery, ListError, ListQuery, Naming, News,
    OpenReport, Page, PlacedComment, Point, QueueFilter, QueuedComment, Report, ReportError, Store,
    StoreError, Submission, SubmitError, Version, VoteError,
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
    async fn befall<T>(self) -> Result<T, StoreError> {
        match self {
            Self::Gone => Err(StoreError::Unavailable(SECRET.into())),
            Self::Full => Err(StoreError::Full),
            Self::Silent => std::future::pending().await,
            Self::Panicking => panic!("{SECRET}"),
        }
    }
}

#[async_trait]
impl Store for Trouble {
    async fn list(&self, _: &ListQuery) -> Result<Page, ListError> {
        Ok(self.befall().await?)
    }
    async fn version(&self) -> Result<Version, StoreError> {
        self.befall().await
    }
    async fn version_after(&self, _: Version) -> Result<Version, StoreError> {
        self.befall().await
    }
    async fn news(&self, _: &ThreadKey, _: Point) -> Result<News, StoreError> {
        self.befall().await
    }
    async fn revision(&self, _: &ThreadKey) -> Result<Option<u64>, StoreError> {
        self.befall().await
    }
    async fn revisions(&self, _: &[ThreadKey]) -> Result<Vec<Option<u64>>, StoreError> {
        self.befall().await
    }
    async fn submit(&self, _: Submission) -> Result<Accepted, SubmitError> {
        Ok(self.befall().await?)
    }
    async fn comment(&self, _: CommentId) -> Result<Option<KnownComment>, StoreError> {
        self.befall().await
    }
    async fn edit(&self, _: Edit) -> Result<StoredComment, EditError> {
        Ok(self.befall().await?)
    }
    async fn erase(&self, _: CommentId, _: UnixMillis) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn vote(&self, _: Ballot) -> Result<Votes, VoteError> {
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
    async fn counts(&self, _: &str, _: &[String]) -> Result<Vec<u64>, StoreError> {
        self.befall().await
    }
    async fn latest(&self, _: &LatestQuery) -> Result<Vec<PlacedComment>, StoreError> {
        self.befall().await
    }
    async fn queue(&self, _: &QueueFilter) -> Result<Vec<QueuedComment>, StoreError> {
        self.befall().await
    }
    async fn set_status(&self, _: CommentId, _: Status, _: UnixMillis) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn report(&self, _: Report) -> Result<(), ReportError> {
        Ok(self.befall().await?)
    }
    async fn open_reports(&self, _: CommentId) -> Result<Vec<OpenReport>, StoreError> {
        self.befall().await
    }
    async fn name(&self, _: ThreadKey, _: Naming) -> Result<bool, StoreError> {
        self.befall().await?;
        Ok(false)
    }
    async fn secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        Ok(fresh)
    }
    async fn ping(&self) -> Result<(), StoreError> {
        self.befall().await
    }
    async fn close(&self) {}
}

async fn over(trouble: Trouble) -> Running {
    start_over(Arc::new(trouble), Parts::default(), |settings| settings.limits.request_secs = 1).await
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
