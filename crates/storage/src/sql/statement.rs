//! Statements, and whether the database keeps them prepared.

use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::any::{Any, AnyArguments, AnyRow};
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{FromRow, SqlSafeStr};

/// False once this process has opened a database through a pooler that shares its sessions: a statement that was prepared
/// under a name in one of them is missing in the next.
static KEEP_PREPARED: AtomicBool = AtomicBool::new(true);

/// Sends every statement of this process anew from now on.
pub(crate) fn keep_none_prepared() {
    KEEP_PREPARED.store(false, Ordering::Relaxed);
}

fn keep() -> bool {
    KEEP_PREPARED.load(Ordering::Relaxed)
}

/// A statement.
pub(crate) fn query<'q>(sql: impl SqlSafeStr) -> Query<'q, Any, AnyArguments> {
    sqlx::query(sql).persistent(keep())
}

/// A statement that is planned anew each time, for the values that it is sent with: those of a question that may have any of
/// many conditions, where a plan for any values would be a bad one for most.
pub(crate) fn query_once<'q>(sql: impl SqlSafeStr) -> Query<'q, Any, AnyArguments> {
    sqlx::query(sql).persistent(false)
}

/// A statement whose rows are tuples.
pub(crate) fn query_as<'q, O: for<'r> FromRow<'r, AnyRow>>(
    sql: impl SqlSafeStr,
) -> QueryAs<'q, Any, O, AnyArguments> {
    sqlx::query_as(sql).persistent(keep())
}

/// A statement whose rows have one column.
pub(crate) fn query_scalar<'q, O>(sql: impl SqlSafeStr) -> QueryScalar<'q, Any, O, AnyArguments>
where
    (O,): for<'r> FromRow<'r, AnyRow>,
{
    sqlx::query_scalar(sql).persistent(keep())
}
