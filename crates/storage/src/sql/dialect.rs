//! The engine that a statement is written for, where that matters.

use sqlx::AnyConnection;

/// The dialect of the engine that runs the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite compares texts by their bytes.
    Sqlite,
    /// PostgreSQL compares them by the language of the database, where a column does not say otherwise.
    Postgres,
}

impl Dialect {
    /// Returns the dialect of the engine that a connection leads to.
    pub(crate) fn of(connection: &AnyConnection) -> Self {
        if connection.backend_name() == "PostgreSQL" { Self::Postgres } else { Self::Sqlite }
    }
}
