//! Comments to put into a store, and questions to put to it.

use std::sync::Arc;

use dumka_api::newsroom::{Act, ActorKind};
use dumka_api::{Body, Sort};
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use dumka_domain::thread::{MetadataSource, ThreadKey};
use dumka_storage::{
    Cursor, DecideError, DecidedBy, ListQuery, NewCommentRecord, NewsroomQuery, NewsroomRecord, Page,
    PageEnd, PageLimits, PageStart, Store, SubmitError, SubmitResult,
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// More than any test writes.
pub(crate) const MUCH: PageLimits = PageLimits { top_level: 100, comments: 100_000, text_bytes: 100_000_000 };

/// The time of decisions.
pub(crate) const NOW: UnixMillis = UnixMillis(1_777_627_800_000);

/// The thread most tests write in.
pub(crate) fn thread() -> ThreadKey {
    ThreadKey { site: "news.example".into(), page: "news/42".into() }
}

/// The comment with this number; a later number is a later comment.
pub(crate) fn id(number: u128) -> CommentId {
    CommentId(Uuid::from_u128(number))
}

/// A published top-level comment.
pub(crate) fn comment(number: u8) -> NewCommentRecord {
    numbered(number.into())
}

/// Likewise, for tests that need many.
pub(crate) fn numbered(number: u32) -> NewCommentRecord {
    let mut key_hash = [0; 32];
    key_hash[..4].copy_from_slice(&number.to_be_bytes());
    NewCommentRecord {
        thread: thread(),
        title: Some("Title".into()),
        url: None,
        metadata_source: MetadataSource::Unverified,
        id: id(number.into()),
        parent: None,
        author_name: format!("Reader {number}"),
        author_email: Some("reader@example.org".into()),
        text: format!("Comment {number}"),
        body: Body::Plain(format!("Comment {number}")),
        badge: None,
        by: DecidedBy::one(ActorKind::Author),
        status: Status::Published,
        detected: Vec::new(),
        created_at: UnixMillis(i64::from(number) * 1_000),
        key_hash,
        request_hash: [1; 32],
        edit_token_hash: [2; 32],
        author_hash: [3; 32],
        refuse_threads_opened_before: None,
    }
}

/// A published answer to another comment.
pub(crate) fn reply(number: u8, parent: u8) -> NewCommentRecord {
    NewCommentRecord { parent: Some(id(parent.into())), ..comment(number) }
}

/// Asks for the newest comments of these sites.
pub(crate) fn everything(sites: &[&str]) -> NewsroomQuery {
    NewsroomQuery::all(sites.iter().map(|&site| site.into()).collect(), 10_000)
}

/// Lists the comments of the sites that there are.
pub(crate) async fn all_comments(store: &Arc<dyn Store>) -> Vec<NewsroomRecord> {
    let sites = store.sites().await.unwrap();
    store.queue(&NewsroomQuery::all(sites, 10_000)).await.unwrap().comments
}

/// Decisions by the status that follows from them.
pub(crate) trait SetStatus {
    /// Gives a comment another status; false where there is none.
    async fn set_status(&self, id: CommentId, status: Status, at: UnixMillis) -> Result<bool, DecideError>;
}

impl SetStatus for Arc<dyn Store> {
    async fn set_status(&self, id: CommentId, status: Status, at: UnixMillis) -> Result<bool, DecideError> {
        let act = match status {
            Status::Published => Act::Approve,
            Status::Pending => Act::Hold,
            Status::Rejected => Act::Reject,
            Status::Deleted => Act::Delete,
        };
        Ok(self.decide_one(id, act, DecidedBy::one(ActorKind::Shell), at).await?.is_ok())
    }
}

/// Submits a comment, to be awaited elsewhere.
pub(crate) fn submit(
    store: &Arc<dyn Store>,
    new: NewCommentRecord,
) -> impl Future<Output = Result<SubmitResult, SubmitError>> + Send + use<> {
    let store = Arc::clone(store);
    async move { store.submit(new).await }
}

/// Lists what must be listable.
pub(crate) async fn list(store: &Arc<dyn Store>, query: ListQuery) -> Page {
    store.list(&query).await.expect("the thread can be listed")
}

/// Stores comments one after the other.
pub(crate) async fn insert(store: &Arc<dyn Store>, comments: impl IntoIterator<Item = NewCommentRecord>) {
    for new in comments {
        let accepted = store.submit(new).await.expect("the comment is stored");
        assert!(matches!(accepted, SubmitResult::Created(_)));
    }
}

/// Stores comments by the hundred at once. Tasks of a single-threaded runtime start in order, so each may
/// answer the one before it.
pub(crate) async fn insert_many(store: &Arc<dyn Store>, comments: Vec<NewCommentRecord>) {
    const AT_ONCE: usize = 200;
    for some in comments.chunks(AT_ONCE) {
        let tasks: JoinSet<_> = some.iter().cloned().map(|new| submit(store, new)).collect();
        for accepted in tasks.join_all().await {
            accepted.expect("the comment is stored");
        }
    }
}

/// The cursor after a whole tree.
pub(crate) fn after_tree(root: u128) -> Cursor {
    Cursor { end: PageEnd::Tree(id(root)), returned: None }
}

/// The cursor inside a tree.
pub(crate) fn after_comment(comment: u128) -> Cursor {
    Cursor { end: PageEnd::Comment(id(comment)), returned: None }
}

/// Lists a whole thread.
pub(crate) fn whole(thread: ThreadKey) -> ListQuery {
    ListQuery { thread, sort: Sort::Oldest, start: PageStart::Top, limits: MUCH }
}

/// The numbers of comments as shown.
pub(crate) fn numbers(page: &Page) -> Vec<u128> {
    page.comments.iter().map(|comment| comment.id.0.as_u128()).collect()
}
