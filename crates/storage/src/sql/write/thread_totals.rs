//! A thread's total of published comments, and its revision.

use dumka_domain::comment::Status;
use sqlx::AnyConnection;

use crate::sql;

/// Returns the part of a comment of this status in its thread's total: 1 or 0.
pub(super) fn total_of(status: Status) -> i64 {
    i64::from(status == Status::Published)
}

/// Raises a thread's revision and adds to its total; returns the new revision.
pub(in crate::sql) async fn bump_revision(
    connection: &mut AnyConnection,
    thread_id: &str,
    total_delta: i64,
) -> sqlx::Result<i64> {
    let sql =
        "UPDATE threads SET total = total + $1, revision = revision + 1 WHERE id = $2 RETURNING revision";
    sql::query_scalar(sql).bind(total_delta).bind(thread_id).fetch_one(connection).await
}
