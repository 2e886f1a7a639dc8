//! SQLite's primary result codes (<https://sqlite.org/rescode.html>) and what they mean here.

use super::error::StoreError;

pub(super) const PERM: i32 = 3;
pub(super) const BUSY: i32 = 5;
pub(super) const LOCKED: i32 = 6;
pub(super) const READONLY: i32 = 8;
pub(super) const IOERR: i32 = 10;
pub(super) const FULL: i32 = 13;
pub(super) const CANTOPEN: i32 = 14;
pub(super) const NOTADB: i32 = 26;

/// The low byte of the extended result code that sqlx gives.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xFF)
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let said = error.to_string();
        match primary_code(&error) {
            Some(FULL) => Self::Full,
            Some(BUSY | LOCKED | READONLY | CANTOPEN | IOERR | PERM) => Self::Unavailable(said),
            Some(_) => Self::Corrupt(said),
            None if is_decoding(&error) => Self::Corrupt(said),
            None => Self::Unavailable(said),
        }
    }
}

fn is_decoding(error: &sqlx::Error) -> bool {
    use sqlx::Error::{ColumnDecode, ColumnIndexOutOfBounds, ColumnNotFound, Decode, RowNotFound};
    matches!(
        error,
        ColumnDecode { .. } | ColumnIndexOutOfBounds { .. } | ColumnNotFound(_) | Decode(_) | RowNotFound
    )
}
