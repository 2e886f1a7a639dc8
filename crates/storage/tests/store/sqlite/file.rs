//! A database file in trouble.

use std::fs;
use std::path::PathBuf;

use dumka_api::Body;
use dumka_domain::comment::{Status, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_storage::{EditInput, NewCommentRecord, OpenError, StoreError, SubmitError};
use sqlx::{AnyConnection, Connection, Executor};

use crate::fixture::{NOW, comment, id, insert, list, numbered, numbers, reply, thread, whole};
use crate::sqlite::fixture::{TestStore, address};

/// Opens what is at `url`, to see it fail.
pub(crate) async fn refusal(url: &str) -> OpenError {
    dumka_storage::open(url).await.err().expect("the database is not opened")
}

impl TestStore {
    fn file(&self) -> PathBuf {
        self.directory.path().join("dumka.db")
    }

    pub(crate) async fn other_connection(&self) -> AnyConnection {
        AnyConnection::connect(&address(&self.directory)).await.expect("another program can open the file")
    }
}

#[tokio::test]
async fn locked_database_is_an_error_while_reading_goes_on_and_writing_recovers() {
    let test = TestStore::open().await;
    insert(&test.store, [comment(1)]).await;
    let mut other = test.other_connection().await;
    other.execute("BEGIN IMMEDIATE").await.unwrap();

    let (refused, page) = tokio::join!(test.store.submit(comment(2)), list(&test.store, whole(thread())));
    assert!(matches!(refused, Err(SubmitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    assert_eq!(numbers(&page), [1]);

    other.execute("ROLLBACK").await.unwrap();
    insert(&test.store, [comment(2)]).await;
    assert_eq!(numbers(&list(&test.store, whole(thread())).await), [1, 2]);
}

#[tokio::test]
async fn full_database_is_an_error_while_reading_goes_on() {
    let test = TestStore::open().await;
    insert(&test.store, [comment(1)]).await;
    test.store.close().await;
    let limited = format!("{}?max_page_count=40", address(&test.directory));
    let store = dumka_storage::open(&limited).await.unwrap();
    let mut number = 2;
    let refused = loop {
        match store.submit(numbered(number)).await {
            Ok(_) => number += 1,
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, SubmitError::Store(StoreError::Full)), "{refused:?}");
    assert_eq!(list(&store, whole(thread())).await.thread.total, u64::from(number) - 1);
    store.close().await;

    let roomier = dumka_storage::open(&address(&test.directory)).await.unwrap();
    insert(&roomier, [numbered(number)]).await;
}

#[tokio::test]
async fn missing_file_is_an_error_until_it_returns() {
    let test = TestStore::open().await;
    insert(&test.store, [comment(1)]).await;
    let away = test.directory.path().join("away.db");
    fs::rename(test.file(), &away).unwrap();

    let refused = test.store.submit(comment(2)).await;
    assert!(matches!(refused, Err(SubmitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    assert_eq!(numbers(&list(&test.store, whole(thread())).await), [1]);
    assert!(matches!(test.store.ping().await, Err(StoreError::Unavailable(_))));

    fs::rename(&away, test.file()).unwrap();
    insert(&test.store, [comment(2)]).await;
    test.store.ping().await.unwrap();
}

#[tokio::test]
async fn restored_backup_is_read_and_written_without_a_restart() {
    let (test, backup) = (TestStore::open().await, TestStore::open().await);
    insert(&test.store, [comment(1)]).await;
    insert(&backup.store, [comment(7)]).await;
    backup.store.close().await;
    for suffix in ["db", "db-wal", "db-shm"] {
        fs::remove_file(test.file().with_extension(suffix)).unwrap();
    }
    let before = test.store.version().await.unwrap();
    fs::rename(backup.file(), test.file()).unwrap();

    // Ready answers made before belong to another history, whatever its revisions were called.
    assert_ne!(test.store.version().await.unwrap().generation, before.generation);
    insert(&test.store, [comment(8)]).await;
    assert_eq!(numbers(&list(&test.store, whole(thread())).await), [7, 8]);
}

/// Lists the revisions of the thread at which each comment last changed, was last shown and last got its text.
async fn revisions(test: &TestStore) -> Vec<(i64, i64, i64)> {
    let sql = "SELECT changed_revision, shown_revision, text_revision FROM comments ORDER BY position";
    sqlx::query_as(sql).fetch_all(&mut test.other_connection().await).await.unwrap()
}

#[tokio::test]
async fn changed_comments_bear_the_revision_that_the_change_made() {
    let test = TestStore::open().await;
    let pending = NewCommentRecord { status: Status::Pending, ..comment(2) };
    insert(&test.store, [comment(1), pending, reply(3, 1)]).await;
    assert_eq!(revisions(&test).await, [(1, 1, 1), (2, 0, 2), (3, 3, 3)]);

    test.store.set_status(id(2), Status::Published, NOW).await.unwrap();
    test.store.set_status(id(2), Status::Published, NOW).await.unwrap();
    assert_eq!(revisions(&test).await, [(1, 1, 1), (4, 4, 2), (3, 3, 3)]);

    test.store.set_status(id(1), Status::Deleted, NOW).await.unwrap();
    assert_eq!(revisions(&test).await, [(5, 1, 1), (4, 4, 2), (3, 3, 3)]);
    // What was only a mark above it goes with the last reply.
    test.store.set_status(id(3), Status::Rejected, NOW).await.unwrap();
    assert_eq!(revisions(&test).await, [(6, 1, 1), (4, 4, 2), (6, 3, 3)]);
    assert_eq!(test.store.revision(&thread()).await.unwrap(), Some(6));
}

#[tokio::test]
async fn edited_comment_bears_the_revision_of_its_text() {
    let test = TestStore::open().await;
    insert(&test.store, [comment(1), comment(2)]).await;
    test.store.edit(edit(1, "Other", Status::Published)).await.unwrap();
    assert_eq!(revisions(&test).await, [(3, 1, 3), (2, 2, 2)]);
    test.store.edit(edit(1, "Held", Status::Pending)).await.unwrap();
    test.store.set_status(id(1), Status::Published, NOW).await.unwrap();
    assert_eq!(revisions(&test).await, [(5, 5, 4), (2, 2, 2)]);
    test.store.delete_by_author(id(2), NOW).await.unwrap();
    assert_eq!(revisions(&test).await, [(5, 5, 4), (6, 2, 2)]);
}

#[tokio::test]
async fn text_deleted_by_its_author_is_not_in_the_file() {
    let test = TestStore::open().await;
    let long = |word: &str| format!("{word} ").repeat(2_000);
    let secret = NewCommentRecord {
        author_name: "Sigismund".into(),
        author_email: Some("sigismund@example.org".into()),
        text: long("Vaucluse"),
        body: Body::Plain(long("Vaucluse")),
        ..comment(1)
    };
    insert(&test.store, [secret, comment(2)]).await;
    test.store.edit(edit(1, &long("Petrarca"), Status::Published)).await.unwrap();
    assert!(holds(&test, "Petrarca"), "the test looks in the right place");
    test.store.delete_by_author(id(1), NOW).await.unwrap();
    test.store.close().await;
    for word in ["Vaucluse", "Petrarca", "Sigismund", "sigismund@example.org"] {
        assert!(!holds(&test, word), "{word}");
    }
}

fn edit(number: u128, text: &str, status: Status) -> EditInput {
    let (text, body) = (text.into(), Body::Plain(text.into()));
    EditInput {
        id: id(number),
        text,
        body,
        status,
        base: EditBase::Any,
        detected: Vec::new(),
        edited_at: UnixMillis(500_000),
    }
}

/// Tells whether a file of the database holds these words.
fn holds(test: &TestStore, words: &str) -> bool {
    let files = fs::read_dir(test.directory.path()).unwrap().map(|file| file.unwrap().path());
    let mut contents = files.map(|file| fs::read(file).unwrap());
    contents.any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
}

#[tokio::test]
async fn missing_directory_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let refused = refusal(&format!("sqlite://{}/none/dumka.db", directory.path().display())).await;
    assert!(matches!(refused, OpenError::DirectoryMissing { .. }), "{refused}");
}

#[tokio::test]
async fn directory_in_place_of_the_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("dumka.db")).unwrap();
    let refused = refusal(&address(&directory)).await;
    assert!(matches!(refused, OpenError::NotWritable { .. }), "{refused}");
}

#[tokio::test]
async fn other_files_are_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dumka.db");
    let text = "Not a database, but long enough to be taken for one at first sight. ".repeat(3);
    fs::write(&file, &text).unwrap();
    assert!(matches!(refusal(&address(&directory)).await, OpenError::Foreign { .. }));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);

    fs::remove_file(&file).unwrap();
    let url = format!("{}?mode=rwc", address(&directory));
    let mut other = AnyConnection::connect(&url).await.unwrap();
    other.execute("CREATE TABLE songs (title TEXT)").await.unwrap();
    assert!(matches!(refusal(&address(&directory)).await, OpenError::Foreign { .. }));
}

#[tokio::test]
async fn addresses_of_no_database_are_refused() {
    for url in ["dumka.db", "mysql://localhost/x", "sqlite://", "sqlite::memory:", "sqlite://x.db?mode=ro"] {
        assert!(matches!(refusal(url).await, OpenError::AddressUnknown(_)), "{url}");
    }
    assert!(matches!(refusal("postgres://localhost/x").await, OpenError::PostgresUnreachable { .. }));
}

#[tokio::test]
async fn path_may_hold_any_character() {
    let directory = tempfile::tempdir().unwrap();
    let odd = directory.path().join("Коментарі %20 #1");
    fs::create_dir(&odd).unwrap();
    let store = dumka_storage::open(&format!("sqlite://{}/dumka.db", odd.display())).await.unwrap();
    insert(&store, [comment(1)]).await;
    assert!(odd.join("dumka.db").is_file());
}
