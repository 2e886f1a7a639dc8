//! The failures of a move, told to whoever started it.

use crate::error::StoreError;
use crate::open_error::OpenError;

/// The failure of a move between two databases.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// One of the two cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Both addresses are one.
    #[error("both addresses name the same database; name an empty one to move into")]
    Same,
    /// One of the two has a table that a move would forget.
    #[error(
        "the database {database} has a table {table}, which this version cannot move; use the version that made it, \
         or move the table away"
    )]
    TableUnknown {
        /// The address, without its password.
        database: String,
        /// The table.
        table: String,
    },
    /// A column is neither TEXT nor BIGINT.
    #[error(
        "the column {column} of the table {table} in {database} is {kind}, which this version cannot move"
    )]
    ColumnUnknown {
        /// The address, without its password.
        database: String,
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// Its type, as the database names it.
        kind: String,
    },
    /// The tables of one are not those of the other.
    #[error(
        "{from} and {to} do not have the same tables and columns; open both with the newest version first"
    )]
    TablesDiffer {
        /// The address of the source, without its password.
        from: String,
        /// The address of the target, likewise.
        to: String,
    },
    /// The target has comments of its own.
    #[error("the database {database} holds comments already; move into an empty one")]
    NotEmpty {
        /// The address, without its password.
        database: String,
    },
    /// The target was partly filled from another source.
    #[error(
        "the database {database} is half filled from another database; finish that move, or move into an empty one"
    )]
    OtherMove {
        /// The address, without its password.
        database: String,
    },
    /// The source is the target of a move that was interrupted.
    #[error("the database {database} is itself half filled by a move; finish that one first")]
    Unfinished {
        /// The address, without its password.
        database: String,
    },
    /// A value is not of its column's type.
    #[error("the column {column} of the row {key} of {table} in {database} holds no {kind}; mend it first")]
    Unreadable {
        /// The address, without its password.
        database: String,
        /// The table.
        table: String,
        /// The primary key of the row.
        key: String,
        /// The column.
        column: String,
        /// The type it should have.
        kind: &'static str,
    },
    /// The caller stopped it.
    #[error("the move was stopped; start it again, and it goes on where it was")]
    Stopped,
    /// One of the two failed.
    #[error("{database}: {source}; start the move again, and it goes on where it was")]
    Store {
        /// The address, without its password.
        database: String,
        /// The failure.
        source: StoreError,
    },
}
