//! Changes in a database file that other processes write to, or that an earlier version wrote.

use dumka_storage::{ChangeKind, ChangePosition};
use sqlx::{Connection, Executor};

use crate::fixture::{comment, id, insert, thread};
use crate::sqlite::earlier::{Comment, fill};
use crate::sqlite::fixture::{TestStore, address, database_of};

const COMMENTS: &[Comment] =
    &[(10, 10, None, "deleted"), (11, 11, Some(10), "published"), (20, 20, None, "pending")];

#[tokio::test]
async fn write_of_another_process_is_a_later_version() {
    let test = TestStore::open().await;
    let known = test.store.version().await.unwrap();
    let other = dumka_storage::open(&address(&test.directory)).await.unwrap();
    let (version, ()) = tokio::join!(test.store.version_after(known), insert(&other, [comment(1)]));
    assert!(version.unwrap().writes > known.writes);
}

#[tokio::test]
async fn comments_from_before_revisions_are_changes_for_a_new_stream() {
    let (directory, mut connection) = database_of(6).await;
    // A tombstone, its reply, and a comment that nobody ever saw.
    fill(&mut connection, &[(("news.example", "news/42", 0), COMMENTS)]).await;
    let forget = "UPDATE comments SET changed_revision = 0, shown_revision = 0, text_revision = 0; \
                  UPDATE comments SET standing = 1 WHERE status = 'deleted'";
    connection.execute(forget).await.unwrap();
    connection.close().await.unwrap();

    let store = dumka_storage::open(&address(&directory)).await.unwrap();

    let news = store.changes_since(&thread(), ChangePosition::after(0)).await.unwrap();
    let told: Vec<_> = news.changes.iter().map(|change| (change.comment.id, change.kind_since(0))).collect();
    assert_eq!(told, [(id(10), ChangeKind::Removed), (id(11), ChangeKind::Published)]);
    assert_eq!(news.through, ChangePosition::after(1));
}
