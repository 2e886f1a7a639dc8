//! Every statement, written once in the SQL that all engines share.
//!
//! A function here runs on a connection that the engine hands in, inside the transaction that the engine has begun.

mod author;
pub(crate) mod changes;
pub(crate) mod comments;
mod conditions;
pub(crate) mod decisions;
pub(crate) mod dialect;
mod featured;
pub(crate) mod keys;
pub(crate) mod merge_threads;
pub(crate) mod migrations;
pub(crate) mod moderation;
pub(crate) mod move_mark;
pub(crate) mod newsroom;
pub(crate) mod page;
mod page_origin;
mod queue_statement;
pub(crate) mod rates;
pub(crate) mod reparse;
mod row;
pub(crate) mod search;
pub(crate) mod staff;
mod statement;
pub(crate) mod thread_list;
pub(crate) mod threads;
mod top_level;
pub(crate) mod write;

pub(crate) use statement::{keep_none_prepared, query, query_as, query_once, query_scalar};

/// Writes `$first, …`: as many placeholders as there are values to bind.
fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}
