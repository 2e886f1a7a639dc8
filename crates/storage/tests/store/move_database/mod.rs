//! A whole database moved into another one.

mod fixture;
mod interrupted;
mod postgres;
mod refused;

use dumka_storage::{MoveError, Progress, Stage, move_database};
use std::ops::ControlFlow;

use fixture::{SourceFile, assert_moved, empty_file, run};

#[tokio::test]
async fn everything_is_in_the_target_and_nothing_is_taken_from_the_source() {
    let source = SourceFile::filled().await;
    let (_directory, target) = empty_file();
    let before = source.everything().await;
    assert_moved(&run(&source.url, &target).await.unwrap());
    assert_eq!(fixture::everything(&target).await, before);
    assert_eq!(source.everything().await, before);
}

#[tokio::test]
async fn reply_goes_along_that_comes_before_its_parent_in_the_order_of_ids() {
    let source = SourceFile::filled().await;
    // Through three pages of a thousand rows, the last of them first.
    source
        .execute("UPDATE comments SET parent_id = (SELECT MAX(id) FROM comments) WHERE position = 1001")
        .await;
    let second_last = "SELECT id FROM comments WHERE position = 2000";
    source
        .execute(&format!("UPDATE comments SET parent_id = ({second_last}) WHERE position IN (1002, 3499)"))
        .await;
    let (_directory, target) = empty_file();
    assert_moved(&run(&source.url, &target).await.unwrap());
}

#[tokio::test]
async fn source_without_comments_is_moved_with_its_secret() {
    let (_source, from) = empty_file();
    let (_target, to) = empty_file();
    for (url, secret) in [(&from, [1; 32]), (&to, [2; 32])] {
        let store = dumka_storage::open(url).await.unwrap();
        store.init_secret(secret).await.unwrap();
        store.close().await;
    }
    assert!(run(&from, &to).await.unwrap().iter().all(dumka_storage::MovedTable::is_equal));
    let store = dumka_storage::open(&to).await.unwrap();
    assert_eq!(store.init_secret([3; 32]).await.unwrap(), [1; 32]);
}

#[tokio::test]
async fn progress_counts_up_to_all_rows_of_each_table() {
    let source = SourceFile::filled().await;
    let (_directory, target) = empty_file();
    let mut told = Vec::new();
    let moving =
        move_database(source.url.clone().into(), target.into(), |&Progress { stage, table, rows, total }| {
            if table == "comments" {
                told.push((stage, rows, total));
            }
            ControlFlow::Continue(())
        });
    moving.await.unwrap();
    let copied = [1000, 2000, 2505].map(|rows| (Stage::Copying, rows, 2505));
    assert_eq!(told[..3], copied);
    assert_eq!(told.last(), Some(&(Stage::Comparing, 5010, 5010)));
}

#[tokio::test]
async fn write_during_the_move_is_told_by_the_checksum_of_its_table() {
    let source = SourceFile::filled().await;
    let (_directory, target) = empty_file();
    let stopped = move_database(source.url.clone().into(), target.clone().into(), |progress| {
        if progress.stage == Stage::Comparing { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped.await, Err(MoveError::Stopped)));
    source.execute("UPDATE comments SET text = text || '.' WHERE position = 1500").await;
    for _ in 0..2 {
        let moved = run(&source.url, &target).await.unwrap();
        let differing: Vec<_> = moved.iter().filter(|table| !table.is_equal()).collect();
        assert_eq!(differing.len(), 1);
        assert_eq!(differing[0].name, "comments");
        assert_eq!(differing[0].from.rows, differing[0].to.rows);
    }
}
