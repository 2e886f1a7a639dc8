//! Databases of a newer version.

use dumka_storage::OpenError;
use sqlx::Executor;

use crate::fixture::{comment, insert, list, numbers, thread, whole};
use crate::sqlite::file::refusal;
use crate::sqlite::fixture::{TestStore, address};

#[tokio::test]
async fn database_of_a_newer_version_is_refused_and_left_alone() {
    let test = TestStore::open().await;
    test.store.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'newer', TRUE, X'00', 0)";
    let mut other = test.other_connection().await;
    other.execute(newer).await.unwrap();
    other.execute("UPDATE meta SET value = '9999' WHERE name = 'oldest_schema'").await.unwrap();
    let refused = refusal(&address(&test.directory)).await;
    assert!(matches!(refused, OpenError::Newer { found: 9999, .. }), "{refused}");
}

#[tokio::test]
async fn database_of_a_newer_version_that_lets_this_one_in_is_used_and_left_as_it_is() {
    let test = TestStore::open().await;
    insert(&test.store, [comment(1)]).await;
    test.store.close().await;
    let mut other = test.other_connection().await;
    for newer in [
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'newer', TRUE, X'00', 0)",
        "ALTER TABLE comments ADD COLUMN mood TEXT",
        "UPDATE meta SET value = '9999' WHERE name IN ('grammar', 'threads_have_one_form')",
    ] {
        other.execute(newer).await.unwrap();
    }
    let store = dumka_storage::open(address(&test.directory)).await.unwrap();
    insert(&store, [comment(2)]).await;
    assert_eq!(numbers(&list(&store, whole(thread())).await), [1, 2]);
    let grammar = sqlx::query_scalar("SELECT value FROM meta WHERE name = 'grammar'");
    let grammar: String = grammar.fetch_one(&mut other).await.unwrap();
    assert_eq!(grammar, "9999", "what a newer version has parsed is not parsed by an older grammar");
}
