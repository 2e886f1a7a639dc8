//! News in a database file that others write to, or that an earlier version wrote.

use dumka_server::domain::comment::Status;
use dumka_server::storage::{self, ChangeKind, Point, Submission};
use sqlx::{AnyConnection, Connection, Executor};

use crate::fixture::{NOW, TestStore, address, comment, id, keep, reply, thread};

#[tokio::test]
async fn write_of_another_process_is_a_next_version() {
    let test = TestStore::sqlite().await;
    let known = test.store.version().await.unwrap();
    let other = storage::open(&address(&test.directory)).await.unwrap();
    let (version, ()) = tokio::join!(test.store.version_after(known), keep(&other, [comment(1)]));
    assert!(version.unwrap().writes > known.writes);
}

#[tokio::test]
async fn comments_from_before_revisions_are_news_to_whoever_begins() {
    let test = TestStore::sqlite().await;
    keep(&test.store, [comment(1), reply(2, 1), Submission { status: Status::Pending, ..comment(3) }]).await;
    test.store.set_status(id(1), Status::Deleted, NOW).await.unwrap();
    test.store.close().await;
    let forget = "UPDATE threads SET revision = 0; \
                  UPDATE comments SET changed_revision = 0, shown_revision = 0, text_revision = 0; \
                  DELETE FROM _sqlx_migrations WHERE version = 7";
    let mut other = AnyConnection::connect(&address(&test.directory)).await.unwrap();
    other.execute(forget).await.unwrap();

    let store = storage::open(&address(&test.directory)).await.unwrap();

    let news = store.news(&thread(), Point::after(0)).await.unwrap();
    let told: Vec<_> = news.changes.iter().map(|change| (change.comment.id, change.kind_since(0))).collect();
    assert_eq!(told, [(id(1), ChangeKind::Hidden), (id(2), ChangeKind::Shown)]);
    assert_eq!(news.upto, Point::after(1));
}
