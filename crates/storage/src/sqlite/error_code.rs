//! SQLite's primary result codes (<https://sqlite.org/rescode.html>) and their meaning here.

use sqlx::sqlite::SqliteError;

use crate::error::StoreError;

pub(super) const PERM: i32 = 3;
pub(super) const BUSY: i32 = 5;
pub(super) const LOCKED: i32 = 6;
pub(super) const READONLY: i32 = 8;
pub(super) const IOERR: i32 = 10;
pub(super) const FULL: i32 = 13;
pub(super) const CANTOPEN: i32 = 14;
pub(super) const NOTADB: i32 = 26;

/// Returns the low byte of the extended result code that sqlx gives; none where the error is not SQLite's.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<SqliteError>()?;
    let extended: i32 = error.code()?.parse().ok()?;
    Some(extended & 0xFF)
}

/// Translates an error of SQLite; none where the error is not SQLite's.
pub(crate) fn classify(error: &sqlx::Error) -> Option<StoreError> {
    let message = || error.to_string();
    Some(match primary_code(error)? {
        FULL => StoreError::Full,
        BUSY | LOCKED | READONLY | CANTOPEN | IOERR | PERM => StoreError::Unavailable(message()),
        _ => StoreError::Corrupt(message()),
    })
}
