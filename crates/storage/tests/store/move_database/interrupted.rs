//! A move that ends in the middle and is started again.

use std::ops::ControlFlow;

use dumka_storage::{MoveError, MovedTable, OpenError, Stage, move_database};

use crate::move_database::fixture::{self, SourceFile, assert_moved, empty_file, run};

/// Moves, and stops after each step to begin again; returns what came of it and the number of steps that copied.
pub(super) async fn step_by_step(from: &str, to: &str) -> (Vec<MovedTable>, usize) {
    let mut copying = 0;
    loop {
        let moved = move_database(from.into(), to.into(), |progress| match progress.stage {
            Stage::Copying => {
                copying += 1;
                ControlFlow::Break(())
            }
            Stage::Comparing => ControlFlow::Continue(()),
        });
        match moved.await {
            Err(MoveError::Stopped) => {}
            moved => return (moved.unwrap(), copying),
        }
    }
}

#[tokio::test]
async fn move_that_is_stopped_after_every_step_stores_each_row_once() {
    let source = SourceFile::filled().await;
    let (_directory, target) = empty_file();
    let (moved, steps) = step_by_step(&source.url, &target).await;
    assert_moved(&moved);
    assert_eq!(steps, 8, "one of each table with rows, and three of comments: no step is done again");
    assert_eq!(fixture::everything(&target).await, source.everything().await);
}

#[tokio::test]
async fn database_that_is_half_filled_is_no_servers_and_no_source() {
    let source = SourceFile::filled().await;
    let (_directory, target) = empty_file();
    let stop = |_: &dumka_storage::Progress| ControlFlow::Break(());
    let stopped = move_database(source.url.clone().into(), target.clone().into(), stop).await;
    assert!(matches!(stopped, Err(MoveError::Stopped)));
    let opened = dumka_storage::open(&target).await.err();
    assert!(matches!(opened, Some(OpenError::HalfMoved { .. })), "{opened:?}");
    let (_directory, third) = empty_file();
    assert!(matches!(run(&target, &third).await, Err(MoveError::Unfinished { .. })));
    assert_moved(&run(&source.url, &target).await.unwrap());
}

#[tokio::test]
async fn half_filled_database_takes_nothing_of_another_one() {
    let (source, other) = (SourceFile::filled().await, SourceFile::filled().await);
    other.execute("UPDATE meta SET value = 'another' WHERE name = 'secret'").await;
    let (_directory, target) = empty_file();
    let stop = |_: &dumka_storage::Progress| ControlFlow::Break(());
    let _ = move_database(source.url.clone().into(), target.clone().into(), stop).await;
    let refused = run(&other.url, &target).await.unwrap_err();
    assert!(matches!(&refused, MoveError::OtherMove { database } if target.ends_with(database)), "{refused}");
}
