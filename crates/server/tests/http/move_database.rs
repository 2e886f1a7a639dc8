//! `dumka move-database`: the real program between two databases.

use std::path::Path;
use std::process::Output;

use sqlx::{AnyConnection, Connection, Executor};
use tempfile::{TempDir, tempdir};

use crate::config::{assert_refused, dumka};
use crate::test_store::TestStore;

/// Inserts a comment as a program did that knew no index of words.
pub const COMMENT: &str = "INSERT INTO threads (id, site, page, opened_at, total, last_position) \
        VALUES ('01a20b7e-b22b-77e4-a5ee-4034d7d6e50b', 'news.example', 'news/42', 1, 1, 1); \
    INSERT INTO comments (id, thread_id, position, root_id, author_name, created_at, status, visible, text, body, \
        key_hash, request_hash, edit_token_hash, site) \
    SELECT id, id, 1, id, 'Олена', 1, 'published', 1, 'Думка', '\"Думка\"', 'key', 'request', 'token', site \
        FROM threads";

/// A folder with the database `dumka.db`, in which there is one comment.
async fn folder_with_comment() -> TempDir {
    let folder = tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("dumka.db").display());
    dumka_server::storage::open(&url).await.unwrap().close().await;
    let mut database = AnyConnection::connect(&url).await.unwrap();
    database.execute(COMMENT).await.unwrap();
    database.close().await.unwrap();
    folder
}

fn move_database(folder: &Path, from: &str, to: &str) -> Output {
    dumka(folder, &["move-database", "--from", from, "--to", to], &[])
}

fn listed(folder: &Path, database: &str) -> String {
    let output = dumka(folder, &["comments", "list", "--json", "--database", database], &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn moved_comments_are_in_the_other_database_and_both_checksums_are_told() {
    let (folder, target) = (folder_with_comment().await, TestStore::create().await);
    let output = move_database(folder.path(), "sqlite://dumka.db", &target.url());
    let said = String::from_utf8(output.stdout).unwrap();
    let progress = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{progress}");
    assert_eq!(progress.lines().next(), Some("threads 1/1"));
    let comments = said.lines().find(|line| line.starts_with("comments ")).unwrap();
    let comments: Vec<_> = comments.split_whitespace().collect();
    assert_eq!((comments.len(), comments[1], comments[2].len()), (5, "1", 32), "{said}");
    assert_eq!(comments[1..3], comments[3..5]);
    assert_eq!(said.lines().last(), Some("both databases are equal"));
    let there = listed(folder.path(), &target.url());
    assert!(there.contains("Думка"), "{there}");
    assert_eq!(there, listed(folder.path(), "sqlite://dumka.db"));

    let again = move_database(folder.path(), "sqlite://dumka.db", &target.url());
    assert_refused(&again, 1, &["holds comments already", "empty one"]);
}

#[test]
fn wrong_address_is_refused_without_its_password() {
    let refused = |from: &str, to: &str| move_database(tempdir().unwrap().path(), from, to);
    assert_refused(&refused("mysql://x", "sqlite://b.db"), 2, &["`--from`", "mysql://x", "sqlite://"]);
    let output = refused("sqlite://a.db", "postgres://dumka:swordfish@[/dumka");
    assert_refused(&output, 2, &["`--to`", "postgres://…", "postgres://USER:PASSWORD@HOST/DATABASE"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("swordfish"));
}

#[test]
fn source_that_is_missing_makes_no_database() {
    let folder = tempdir().unwrap();
    let output = move_database(folder.path(), "sqlite://mistyped.db", "sqlite://new.db");
    assert_refused(&output, 1, &["there is no database", "mistyped.db"]);
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}
