//! PostgreSQL's SQLSTATE codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>) and their meaning here.

use sqlx::postgres::PgDatabaseError;

use crate::error::StoreError;

pub(super) const INVALID_AUTHORIZATION: &str = "28000";
pub(super) const INVALID_PASSWORD: &str = "28P01";
pub(super) const NO_SUCH_DATABASE: &str = "3D000";
pub(super) const INSUFFICIENT_PRIVILEGE: &str = "42501";
const UNIQUE_VIOLATION: &str = "23505";
const SERIALIZATION_FAILURE: &str = "40001";
const DEADLOCK_DETECTED: &str = "40P01";
const DISK_FULL: &str = "53100";
const READ_ONLY_TRANSACTION: &str = "25006";
const IDLE_IN_TRANSACTION: &str = "25P03";

/// The classes of errors that pass: connections, resources, an operator's intervention, the system.
const PASSING: [&str; 5] = ["08", "53", "55", "57", "58"];

/// Returns the code of an error; none where the error is not PostgreSQL's.
pub(super) fn sql_state(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<PgDatabaseError>()?;
    Some(error.code()?.into_owned())
}

/// Translates an error of PostgreSQL; none where the error is not PostgreSQL's.
pub(crate) fn classify(error: &sqlx::Error) -> Option<StoreError> {
    let message = || error.to_string();
    let state = sql_state(error)?;
    Some(match state.as_str() {
        DISK_FULL => StoreError::Full,
        // A key that was free a moment ago: what another server has stored under it is found when tried again.
        SERIALIZATION_FAILURE | DEADLOCK_DETECTED | UNIQUE_VIOLATION => StoreError::Conflict(message()),
        READ_ONLY_TRANSACTION
        | IDLE_IN_TRANSACTION
        | INVALID_AUTHORIZATION
        | INVALID_PASSWORD
        | NO_SUCH_DATABASE => StoreError::Unavailable(message()),
        state if PASSING.iter().any(|class| state.starts_with(class)) => StoreError::Unavailable(message()),
        _ => StoreError::Corrupt(message()),
    })
}
