//! Moves that cannot be done, and what they say.

use dumka_storage::{MoveError, OpenError};

use crate::move_database::fixture::{SourceFile, empty_file, everything, run};

#[tokio::test]
async fn target_with_comments_is_left_as_it_is() {
    let (source, target) = (SourceFile::filled().await, SourceFile::filled().await);
    target.execute("UPDATE comments SET text = 'theirs'").await;
    let before = everything(&target.url).await;
    let refused = run(&source.url, &target.url).await.unwrap_err();
    assert!(matches!(refused, MoveError::NotEmpty { .. }), "{refused}");
    let path = target.url.trim_start_matches("sqlite://");
    assert!(refused.to_string().contains(path), "{refused}");
    assert_eq!(everything(&target.url).await, before);
}

#[tokio::test]
async fn source_must_be_there_and_another_one_than_the_target() {
    let (_directory, missing) = empty_file();
    let (_target, target) = empty_file();
    let refused = run(&missing, &target).await.unwrap_err();
    assert!(matches!(refused, MoveError::Open(OpenError::Missing { .. })), "{refused}");
    assert!(matches!(run(&target, &target).await, Err(MoveError::Same)));
}

#[tokio::test]
async fn table_that_a_move_would_forget_is_named() {
    let source = SourceFile::filled().await;
    source.execute("CREATE TABLE badges (id TEXT PRIMARY KEY)").await;
    let (_directory, target) = empty_file();
    let refused = run(&source.url, &target).await.unwrap_err();
    assert!(matches!(&refused, MoveError::TableUnknown { table, .. } if table == "badges"), "{refused}");
}

#[tokio::test]
async fn column_that_the_target_lacks_is_not_lost() {
    let source = SourceFile::filled().await;
    source.execute("ALTER TABLE comments ADD COLUMN pinned_at BIGINT").await;
    let (_directory, target) = empty_file();
    let refused = run(&source.url, &target).await.unwrap_err();
    assert!(matches!(refused, MoveError::TablesDiffer { .. }), "{refused}");
}

#[tokio::test]
async fn text_that_is_no_utf_8_is_named_with_its_row() {
    let source = SourceFile::filled().await;
    source.execute("UPDATE comments SET text = CAST(x'61ff' AS TEXT) WHERE position = 1500").await;
    let (_directory, target) = empty_file();
    let refused = run(&source.url, &target).await.unwrap_err().to_string();
    let row = "the column text of the row 00000000-0000-0000-0000-0000000005dc of comments in ";
    assert!(refused.starts_with(row) && refused.contains("holds no UTF-8 text"), "{refused}");
}
