//! Moves between both engines.

use dumka_test_database::TestDatabase;

use crate::move_database::fixture::{SourceFile, assert_moved, empty_file, everything, run};
use crate::move_database::interrupted::step_by_step;
use crate::postgres::database;

async fn empty_database() -> TestDatabase {
    TestDatabase::create_empty().await.expect("cargo xtask test says where PostgreSQL is")
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn there_and_back_everything_is_as_it_was() {
    let (source, there) = (SourceFile::filled().await, empty_database().await);
    let (_directory, back) = empty_file();
    let first = run(&source.url, &there.url()).await.unwrap();
    assert_moved(&first);
    let second = run(&there.url(), &back).await.unwrap();
    assert_moved(&second);
    assert_eq!(first, second);
    let before = source.everything().await;
    assert_eq!(everything(&there.url()).await, before);
    assert_eq!(everything(&back).await, before);
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn move_to_postgres_that_is_stopped_after_every_step_stores_each_row_once() {
    let (source, target) = (SourceFile::filled().await, database().await);
    source
        .execute("UPDATE comments SET parent_id = (SELECT MAX(id) FROM comments) WHERE position = 1001")
        .await;
    let (moved, steps) = step_by_step(&source.url, &target.url()).await;
    assert_moved(&moved);
    assert_eq!(steps, 8);
    assert_eq!(everything(&target.url()).await, source.everything().await);
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn character_that_postgres_cannot_keep_is_replaced_and_its_rows_are_counted() {
    let (source, target) = (SourceFile::filled().await, empty_database().await);
    source
        .execute("UPDATE comments SET text = 'a' || char(0) || 'b' || char(0) WHERE position IN (1500, 2500)")
        .await;
    let moved = run(&source.url, &target.url()).await.unwrap();
    assert_moved(&moved);
    let altered: Vec<_> = moved.iter().filter(|table| table.altered > 0).collect();
    assert_eq!(altered.len(), 1);
    assert_eq!((altered[0].name.as_str(), altered[0].altered), ("comments", 2));
    // Back again nothing more is changed: the text is the one with the replacement.
    let (_directory, back) = empty_file();
    assert_moved(&run(&target.url(), &back).await.unwrap());
    let (_, queue, ..) = everything(&back).await;
    assert_eq!(queue.matches("a\u{FFFD}b\u{FFFD}").count(), 2);
}
