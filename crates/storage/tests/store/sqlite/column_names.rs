//! A database of the version before columns got their present names.

use dumka_api::newsroom::Queue;
use dumka_domain::comment::Status;
use dumka_storage::NewsroomQuery;
use sqlx::{AnyConnection, Connection, Executor};

use crate::fixture::{NOW, SetStatus, everything, id, list, numbers, whole};
use crate::sqlite::earlier::{Comment, Thread, fill};
use crate::sqlite::fixture::{address, database_of};

const THREADS: &[(Thread, &[Comment])] = &[
    (
        ("news.example", "/a", 4),
        &[
            (10, 10, None, "published"),
            (11, 11, Some(10), "pending"),
            (20, 20, None, "deleted"),
            (21, 21, Some(20), "published"),
        ],
    ),
    (("news.example", "/b", 2), &[(30, 30, None, "rejected"), (40, 40, None, "published")]),
];

/// Every row of a table as one text, whatever its columns are called.
async fn rows(connection: &mut AnyConnection, table: &str, columns: &[&str]) -> Vec<(String,)> {
    let values = columns.iter().map(|column| format!("COALESCE(CAST({column} AS TEXT), 'none')"));
    let values = values.collect::<Vec<_>>().join(" || '|' || ");
    let sql = format!("SELECT {values} FROM {table} ORDER BY 1");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await.unwrap()
}

const COMMENTS: [&str; 8] =
    ["id", "thread_id", "position", "status", "text", "changed_revision", "shown_revision", "approved_at"];
const REPORTS: [&str; 4] = ["id", "comment_id", "reason", "created_at"];

#[tokio::test]
async fn no_row_is_lost_and_each_column_keeps_its_values() {
    let (directory, mut connection) = database_of(10).await;
    fill(&mut connection, THREADS).await;
    // The deleted comment is a tombstone.
    let tombstone = "UPDATE comments SET standing = 1 WHERE status = 'deleted'";
    connection.execute(tombstone).await.unwrap();
    let comments = rows(&mut connection, "comments", &[&COMMENTS[..], &["standing"]].concat()).await;
    let reports = rows(&mut connection, "reports", &[&REPORTS[..], &["settled_at"]].concat()).await;
    assert_eq!((comments.len(), reports.len()), (6, 6));
    connection.close().await.unwrap();

    let store = dumka_storage::open(&address(&directory)).await.unwrap();
    let mut connection = AnyConnection::connect(&address(&directory)).await.unwrap();
    assert_eq!(rows(&mut connection, "comments", &[&COMMENTS[..], &["visible"]].concat()).await, comments);
    assert_eq!(rows(&mut connection, "reports", &[&REPORTS[..], &["resolved_at"]].concat()).await, reports);

    let thread = dumka_domain::thread::ThreadKey { site: "news.example".into(), page: "/a".into() };
    assert_eq!(numbers(&list(&store, whole(thread.clone())).await), [10, 20, 21]);
    let reported = NewsroomQuery { queue: Queue::Reported, ..everything(&["news.example"]) };
    assert_eq!(
        store.queue(&reported).await.unwrap().comments.len(),
        5,
        "the report of the first is resolved"
    );
    store.set_status(id(11), Status::Published, NOW).await.unwrap();
    assert_eq!(numbers(&list(&store, whole(thread)).await), [10, 11, 20, 21]);
    assert!(store.open_reports(id(11)).await.unwrap().is_empty());
}
