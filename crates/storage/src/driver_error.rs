//! Translates the errors of the database driver.

use crate::error::StoreError;
use crate::{postgres, sqlite};

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // Each engine knows its own codes.
        if let Some(known) =
            sqlite::error_code::classify(&error).or_else(|| postgres::error_code::classify(&error))
        {
            return known;
        }
        let message = error.to_string();
        if is_decoding(&error) { Self::Corrupt(message) } else { Self::Unavailable(message) }
    }
}

fn is_decoding(error: &sqlx::Error) -> bool {
    use sqlx::Error::{ColumnDecode, ColumnIndexOutOfBounds, ColumnNotFound, Decode, RowNotFound};
    matches!(
        error,
        ColumnDecode { .. } | ColumnIndexOutOfBounds { .. } | ColumnNotFound(_) | Decode(_) | RowNotFound
    )
}
