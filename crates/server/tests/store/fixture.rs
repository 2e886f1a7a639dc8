//! Stores to test with, and submissions to put into them.

use std::sync::Arc;

use dumka_api::{Body, Sort};
use dumka_server::domain::comment::{CommentId, Status, UnixMillis};
use dumka_server::domain::thread::ThreadKey;
use dumka_server::storage::{self, Accepted, Extent, ListQuery, Page, Start, Store, Submission, SubmitError};
use tempfile::TempDir;
use tokio::task::JoinSet;
use uuid::Uuid;

/// A store in a directory of its own, which goes with it.
pub(crate) struct TestStore {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: TempDir,
}

impl TestStore {
    /// A fresh `SQLite` store.
    pub(crate) async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let store = storage::open(&address(&directory)).await.expect("a new database can be made");
        Self { store, directory }
    }
}

/// The address of the database in a directory.
pub(crate) fn address(directory: &TempDir) -> String {
    format!("sqlite://{}", directory.path().join("dumka.db").display())
}

/// More than any test writes.
pub(crate) const MUCH: Extent = Extent { roots: 100, comments: 100_000, text_bytes: 100_000_000 };

/// When moderators decide.
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
pub(crate) fn comment(number: u8) -> Submission {
    numbered(number.into())
}

/// Likewise, for tests that need many.
pub(crate) fn numbered(number: u32) -> Submission {
    let mut key_hash = [0; 32];
    key_hash[..4].copy_from_slice(&number.to_be_bytes());
    Submission {
        thread: thread(),
        title: Some("Title".into()),
        url: None,
        id: id(number.into()),
        parent: None,
        author_name: format!("Reader {number}"),
        author_email: Some("reader@example.org".into()),
        text: format!("Comment {number}"),
        body: Body::Plain(format!("Comment {number}")),
        status: Status::Published,
        created_at: UnixMillis(i64::from(number) * 1_000),
        key_hash,
        request_hash: [1; 32],
        edit_token_hash: [2; 32],
        refuse_threads_opened_before: None,
    }
}

/// A published answer to another comment.
pub(crate) fn reply(number: u8, parent: u8) -> Submission {
    Submission { parent: Some(id(parent.into())), ..comment(number) }
}

/// A submission on its way, to be awaited elsewhere.
pub(crate) fn submit(
    store: &Arc<dyn Store>,
    submission: Submission,
) -> impl Future<Output = Result<Accepted, SubmitError>> + Send + use<> {
    let store = Arc::clone(store);
    async move { store.submit(submission).await }
}

/// Lists what must be listable.
pub(crate) async fn list(store: &Arc<dyn Store>, query: ListQuery) -> Page {
    store.list(&query).await.expect("the thread can be listed")
}

/// Keeps submissions one after the other.
pub(crate) async fn keep(store: &Arc<dyn Store>, submissions: impl IntoIterator<Item = Submission>) {
    for submission in submissions {
        let accepted = store.submit(submission).await.expect("the submission is kept");
        assert!(matches!(accepted, Accepted::Kept(_)));
    }
}

/// Keeps submissions by the hundred at once. Tasks of a single-threaded runtime start in order, so each may
/// answer the one before it.
pub(crate) async fn keep_many(store: &Arc<dyn Store>, submissions: Vec<Submission>) {
    const AT_ONCE: usize = 200;
    for some in submissions.chunks(AT_ONCE) {
        let tasks: JoinSet<_> = some.iter().cloned().map(|submission| submit(store, submission)).collect();
        for accepted in tasks.join_all().await {
            accepted.expect("the submission is kept");
        }
    }
}

/// Lists a whole thread.
pub(crate) fn whole(thread: ThreadKey) -> ListQuery {
    ListQuery { thread, sort: Sort::Oldest, start: Start::Top, extent: MUCH }
}

/// The numbers of comments as shown.
pub(crate) fn numbers(page: &Page) -> Vec<u128> {
    page.comments.iter().map(|comment| comment.id.0.as_u128()).collect()
}
