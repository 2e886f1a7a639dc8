//! Stores to test with, and submissions to put into them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dumka_api::{Body, Sort};
use dumka_server::domain::comment::{CommentId, Status, UnixMillis};
use dumka_server::domain::thread::{Speaker, ThreadKey};
use dumka_server::storage::{
    self, Accepted, Cursor, End, Extent, ListQuery, Page, Start, Store, Submission, SubmitError,
};
use sqlx::any::install_default_drivers;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, SqlSafeStr};
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

/// A database as the version of this migration made it, empty, and a connection to it.
pub(crate) async fn database_of(version: i64) -> (TempDir, AnyConnection) {
    install_default_drivers();
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let url = format!("{}?mode=rwc", address(&directory));
    let mut connection = AnyConnection::connect(&url).await.expect("a new database can be made");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let steps = files.iter().map(|file| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let (number, description) = name.split_once('_').expect("a migration has a number and a name");
        let sql = AssertSqlSafe(fs::read_to_string(file).unwrap()).into_sql_str();
        let description = description.to_owned().into();
        Migration::new(number.parse().unwrap(), description, MigrationType::Simple, sql, false)
    });
    let steps = steps.filter(|step| step.version <= version).collect();
    Migrator::with_migrations(steps).run_direct(None, &mut connection, false).await.unwrap();
    (directory, connection)
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
        speaker: Speaker::Anybody,
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

/// How to go on after a whole tree.
pub(crate) fn after_tree(root: u128) -> Cursor {
    Cursor { end: End::Tree(id(root)), given: None }
}

/// How to go on inside a tree.
pub(crate) fn after_comment(comment: u128) -> Cursor {
    Cursor { end: End::Comment(id(comment)), given: None }
}

/// Lists a whole thread.
pub(crate) fn whole(thread: ThreadKey) -> ListQuery {
    ListQuery { thread, sort: Sort::Oldest, start: Start::Top, extent: MUCH }
}

/// The numbers of comments as shown.
pub(crate) fn numbers(page: &Page) -> Vec<u128> {
    page.comments.iter().map(|comment| comment.id.0.as_u128()).collect()
}
