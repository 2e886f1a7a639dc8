//! Databases to move, and all that is in them.

use std::ops::ControlFlow;

use dumka_api::{ReportReason, Sort};
use dumka_domain::comment::UnixMillis;
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use dumka_storage::{MoveError, MovedTable, OpenReport, ReportInput, VoteInput, move_database};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;
use uuid::Uuid;

use crate::contract::votes::vote_input;
use crate::fixture::{all_comments, comment, id, insert, list, reply, thread, whole};
use crate::sqlite::fixture::address;

/// Two and a half thousand copies of the first comment in the order of arrival: more than two pages of a move.
const COPIES: &str = "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 3499) \
    INSERT INTO comments (id, thread_id, position, root_id, author_name, created_at, status, visible, text, body, \
    key_hash, request_hash, edit_token_hash, site) \
    SELECT printf('00000000-0000-0000-0000-%012x', i), thread_id, i, printf('00000000-0000-0000-0000-%012x', i), \
    author_name, created_at, status, visible, text, body, 'key ' || i, request_hash, edit_token_hash, site \
    FROM n, (SELECT * FROM comments ORDER BY id LIMIT 1)";

/// A database file with something in every table.
pub(super) struct SourceFile {
    pub(super) url: String,
    _directory: TempDir,
}

impl SourceFile {
    /// Creates the file.
    pub(super) async fn filled() -> Self {
        let (directory, url) = empty_file();
        let store = dumka_storage::open(&url).await.unwrap();
        store.init_secret([7; 32]).await.unwrap();
        insert(&store, [comment(1), comment(2), reply(3, 1), reply(4, 3), comment(5)]).await;
        store.vote(VoteInput { votes_per_address: 2, ..vote_input(2, "reader", Vote::Up) }).await.unwrap();
        store.report(report()).await.unwrap();
        store.close().await;
        let source = Self { url, _directory: directory };
        source.execute(COPIES).await;
        source
    }

    /// Changes the database as another program would.
    pub(super) async fn execute(&self, sql: &str) {
        execute(&self.url, sql).await;
    }

    /// Reads what readers and moderators see.
    pub(super) async fn everything(&self) -> Everything {
        everything(&self.url).await
    }
}

/// A database as readers and moderators see it.
pub(super) type Everything = (String, String, Vec<OpenReport>, [u8; 32]);

/// Reads a database as readers and moderators see it.
pub(super) async fn everything(url: &str) -> Everything {
    let store = dumka_storage::open(url).await.unwrap();
    let best = dumka_storage::ListQuery { sort: Sort::Best, ..whole(thread()) };
    let listed = format!("{:?}", list(&store, best).await);
    let queue = format!("{:?}", all_comments(&store).await);
    let reports = store.open_reports(id(2)).await.unwrap();
    let secret = store.init_secret([0; 32]).await.unwrap();
    store.close().await;
    (listed, queue, reports, secret)
}

/// Returns the address of a file that is not there yet.
pub(super) fn empty_file() -> (TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let url = address(&directory);
    (directory, url)
}

/// Changes a database as another program would.
pub(super) async fn execute(url: &str, sql: &str) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
    connection.close().await.unwrap();
}

/// Moves without a pause.
pub(super) async fn run(from: &str, to: &str) -> Result<Vec<MovedTable>, MoveError> {
    move_database(from.into(), to.into(), |_| ControlFlow::Continue(())).await
}

/// Checks that all of the filled database is on both sides.
pub(super) fn assert_moved(tables: &[MovedTable]) {
    let rows: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.to.rows)).collect();
    let some = [("threads", 1), ("comments", 2505), ("votes", 1), ("reports", 1), ("vote_addresses", 1)];
    assert_eq!(rows[..5], some);
    assert_eq!(rows[5], ("decisions", 5), "those of the comments that were submitted");
    for table in tables {
        assert!(table.is_equal(), "{table:?}");
    }
}

fn report() -> ReportInput {
    ReportInput {
        id: Uuid::from_u128(9),
        comment: id(2),
        reader_hash: TokenHash([1; 32]),
        address_hash: [1; 32],
        reason: ReportReason::Hate,
        note: Some("note".into()),
        created_at: UnixMillis(7),
        to_hold: 0,
    }
}
