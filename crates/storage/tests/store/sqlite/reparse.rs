//! Comments that an earlier version parsed by another grammar.

use std::borrow::Cow;

use dumka_api::{Block, Body, Span};
use dumka_domain::comment::CommentId;
use dumka_markup::parse;
use dumka_storage::{ChangeKind, ChangePosition, OpenError, Store};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, Connection, Executor, SqlSafeStr};
use tempfile::TempDir;

use crate::fixture::{comment, id, insert, list, thread, whole};
use crate::sqlite::fixture::address;

/// The steps up to the version before.
const STEPS: [(i64, &str, &str); 7] = [
    (1, "comments", include_str!("../../../migrations/0001_comments.sql")),
    (2, "revision", include_str!("../../../migrations/0002_revision.sql")),
    (3, "changes", include_str!("../../../migrations/0003_changes.sql")),
    (4, "votes", include_str!("../../../migrations/0004_votes.sql")),
    (5, "reports", include_str!("../../../migrations/0005_reports.sql")),
    (6, "latest", include_str!("../../../migrations/0006_latest.sql")),
    (7, "live", include_str!("../../../migrations/0007_live.sql")),
];

/// The number of comments: more than are parsed at once.
const COMMENTS: u32 = 450;
/// The thread's revision when the earlier version stopped.
const REVISION: u64 = 1_000;

/// A comment of an earlier version: text, tree, status. Every fourth tree is what it would be today.
fn kept(number: u32) -> (String, &'static str, &'static str) {
    match number % 4 {
        0 => ("Думка".into(), r#"[{"paragraph":["Думка"]}]"#, "published"),
        1 => (
            "1914. Перша.\n1939. Друга.".into(),
            r#"[{"list":{"start":1914,"items":[[{"paragraph":["Перша."]}],[{"paragraph":["Друга."]}]]}}]"#,
            "published",
        ),
        2 => (
            "> цитата\nа це вже я".into(),
            r#"[{"quote":[{"paragraph":["цитата\nа це вже я"]}]}]"#,
            "pending",
        ),
        _ => (String::new(), "[]", "deleted"),
    }
}

/// A database that the version before has filled.
async fn filled_before() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    // Opened once and removed: that installs the driver.
    dumka_storage::open(&address(&directory)).await.unwrap().close().await;
    std::fs::remove_file(directory.path().join("dumka.db")).unwrap();
    let mut connection = AnyConnection::connect(&format!("{}?mode=rwc", address(&directory))).await.unwrap();
    let steps = STEPS.map(|(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(steps.to_vec()).run_direct(None, &mut connection, false).await.unwrap();
    let threads = "INSERT INTO threads (id, site, page, opened_at, total, last_position, revision) \
                   VALUES ('t', 'news.example', 'news/42', 0, 225, 450, 1000)";
    connection.execute(threads).await.unwrap();
    for number in 1..=COMMENTS {
        insert_row(&mut connection, number).await;
    }
    connection.close().await.unwrap();
    directory
}

async fn insert_row(connection: &mut AnyConnection, number: u32) {
    let (text, body, status) = kept(number);
    let sql = "INSERT INTO comments (id, thread_id, position, root_id, author_name, created_at, status, standing, text, \
               body, key_hash, request_hash, edit_token_hash, changed_revision, shown_revision, text_revision, site) \
               VALUES ($1, 't', $2, $1, 'Оля', 0, $3, $4, $5, $6, $1, '', '', $7, $8, $7, 'news.example')";
    let is_published = i64::from(status == "published");
    sqlx::query(sql)
        .bind(id(number.into()).to_string())
        .bind(i64::from(number))
        .bind(status)
        .bind(is_published)
        .bind(text)
        .bind(body)
        .bind(i64::from(number))
        .bind(i64::from(number) * is_published)
        .execute(connection)
        .await
        .unwrap();
}

/// Every comment's tree as it is kept, and when it last changed.
async fn trees(directory: &TempDir) -> Vec<(String, i64)> {
    let mut connection = AnyConnection::connect(&address(directory)).await.unwrap();
    let sql = "SELECT body, changed_revision FROM comments ORDER BY position";
    sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap()
}

fn json(text: &str) -> Cow<'static, str> {
    if text.is_empty() { "[]".into() } else { serde_json::to_string(&parse(text)).unwrap().into() }
}

async fn run(directory: &TempDir, sql: &'static str) {
    AnyConnection::connect(&address(directory)).await.unwrap().execute(sql).await.unwrap();
}

#[tokio::test]
async fn stored_texts_are_parsed_anew_and_no_row_is_lost() {
    let directory = filled_before().await;
    dumka_storage::open(&address(&directory)).await.unwrap().close().await;

    let trees = trees(&directory).await;
    assert_eq!(trees.len(), COMMENTS as usize);
    for (number, (body, changed)) in (1..).zip(&trees) {
        let (text, _, _) = kept(number);
        assert_eq!(*body, json(&text), "{number}");
        assert_eq!(*changed > 1_000, number % 4 == 1, "only what is seen otherwise has changed: {number}");
    }
}

#[tokio::test]
async fn new_trees_are_changes_for_live_streams() {
    let directory = filled_before().await;
    let store = dumka_storage::open(&address(&directory)).await.unwrap();

    assert!(store.revision(&thread()).await.unwrap() > Some(REVISION));
    let told = told(&store, ChangePosition::after(REVISION)).await;
    let expected: Vec<_> =
        (1..=COMMENTS).filter(|number| number % 4 == 1).map(|number| id(number.into())).collect();
    assert_eq!(told, expected);
    let shown = list(&store, whole(thread())).await;
    let first = Block::Paragraph(vec![Span::Text("1914. Перша.\n1939. Друга.".into())]);
    assert_eq!((&shown.comments[0].body, shown.comments[0].edited_at), (&Body::Blocks(vec![first]), None));
    insert(&store, [comment(200)].map(|new| dumka_storage::NewCommentRecord { id: id(1_000), ..new })).await;
    store.close().await;
}

/// The comments that have another text since, which is all the news there is.
async fn told(store: &std::sync::Arc<dyn Store>, mut after: ChangePosition) -> Vec<CommentId> {
    let mut told = Vec::new();
    loop {
        let news = store.changes_since(&thread(), after).await.unwrap();
        for change in news.changes {
            assert_eq!(change.kind_since(REVISION), ChangeKind::Edited);
            told.push(change.comment.id);
        }
        after = news.through;
        if !news.more {
            return told;
        }
    }
}

#[tokio::test]
async fn texts_are_parsed_once_for_each_grammar() {
    let directory = filled_before().await;
    dumka_storage::open(&address(&directory)).await.unwrap().close().await;
    let before = trees(&directory).await;
    run(&directory, "UPDATE comments SET body = '[]' WHERE position = 1").await;

    dumka_storage::open(&address(&directory)).await.unwrap().close().await;
    assert_eq!(trees(&directory).await[0].0, "[]", "it was not looked at again");
    run(&directory, "UPDATE meta SET value = '1' WHERE name = 'grammar'").await;
    dumka_storage::open(&address(&directory)).await.unwrap().close().await;

    let after = trees(&directory).await;
    assert_eq!(after[0].0, before[0].0);
    assert_eq!(after[1..], before[1..], "what had not changed stays as it was");
}

#[tokio::test]
async fn work_that_was_broken_off_goes_on_where_it_was() {
    let directory = filled_before().await;
    run(
        &directory,
        "CREATE TRIGGER trouble BEFORE UPDATE OF body ON comments WHEN NEW.position = 301 \
                     BEGIN SELECT RAISE(ABORT, 'trouble'); END",
    )
    .await;
    let refused = dumka_storage::open(&address(&directory)).await.err();
    assert!(matches!(refused, Some(OpenError::Failed { .. })), "{refused:?}");
    // Three of four have a text, and two hundred texts are parsed at once.
    let half = trees(&directory).await;
    let is_new = |number: u32| half[number as usize - 1].0 == json(&kept(number).0);
    assert!(is_new(265) && !is_new(269) && !is_new(301), "what was done is kept, in whole batches");

    run(&directory, "DROP TRIGGER trouble").await;
    dumka_storage::open(&address(&directory)).await.unwrap().close().await;
    let whole = trees(&directory).await;
    assert_eq!(whole[..266], half[..266], "what was done is not done again");
    for (number, (body, _)) in (1..).zip(&whole) {
        assert_eq!(*body, json(&kept(number).0), "{number}");
    }
}
