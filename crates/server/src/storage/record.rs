//! Comments as rows.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use dumka_api::{Badge, Body, Votes};
use sqlx::any::AnyRow;
use sqlx::{Decode, Row, Type};

use super::error::StoreError;
use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};

/// The columns that [`comment`] reads, in its order, of a table named `c`.
macro_rules! comment_columns {
    () => {
        "c.id, c.parent_id, c.author_name, c.badge, c.created_at, c.edited_at, c.status, c.body, \
         c.votes_up, c.votes_down"
    };
}
pub(super) use comment_columns;

/// How many columns [`comment_columns`] names.
pub(super) const COMMENT_WIDTH: usize = 10;

/// Reads a row that starts with [`comment_columns`].
pub(super) fn comment(row: &AnyRow) -> Result<StoredComment, StoreError> {
    Ok(StoredComment {
        id: id(row.try_get(0)?)?,
        parent: row.try_get::<Option<&str>, _>(1)?.map(id).transpose()?,
        author_name: row.try_get(2)?,
        badge: row.try_get::<Option<&str>, _>(3)?.map(badge).transpose()?,
        created_at: UnixMillis(row.try_get(4)?),
        edited_at: row.try_get::<Option<i64>, _>(5)?.map(UnixMillis),
        status: status(row.try_get(6)?)?,
        body: body(row.try_get(7)?)?,
        votes: Votes { up: count(row, 8)?, down: count(row, 9)? },
    })
}

/// Reads one column of a row.
pub(super) fn column<'r, T>(row: &'r AnyRow, index: usize) -> Result<T, StoreError>
where
    T: Decode<'r, sqlx::Any> + Type<sqlx::Any>,
{
    Ok(row.try_get(index)?)
}

/// Reads a column that holds a number of things.
pub(super) fn count<T: TryFrom<i64>>(row: &AnyRow, index: usize) -> Result<T, StoreError> {
    let number: i64 = row.try_get(index)?;
    number.try_into().map_err(|_| unexpected("count", &number.to_string()))
}

/// Reads an id.
pub(super) fn id(text: &str) -> Result<CommentId, StoreError> {
    text.parse().map_err(|_| unexpected("id", text))
}

/// Reads a status.
pub(super) fn status(word: &str) -> Result<Status, StoreError> {
    [Status::Published, Status::Pending, Status::Rejected, Status::Deleted]
        .into_iter()
        .find(|&status| status_word(status) == word)
        .ok_or_else(|| unexpected("status", word))
}

/// The word for a status.
pub(super) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Published => "published",
        Status::Pending => "pending",
        Status::Rejected => "rejected",
        Status::Deleted => "deleted",
    }
}

/// The text for a hash or secret.
pub(super) fn hash_text(hash: &[u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(hash)
}

/// Reads a hash or secret.
pub(super) fn hash(text: &str) -> Result<[u8; 32], StoreError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    // The text is a secret: it stays out of the message.
    bytes.ok_or_else(|| unexpected("hash", "…"))
}

fn badge(word: &str) -> Result<Badge, StoreError> {
    match word {
        "staff" => Ok(Badge::Staff),
        "moderator" => Ok(Badge::Moderator),
        _ => Err(unexpected("badge", word)),
    }
}

fn body(json: &str) -> Result<Body, StoreError> {
    serde_json::from_str(json).map_err(|error| unexpected("body", &error.to_string()))
}

fn unexpected(what: &str, found: &str) -> StoreError {
    StoreError::Corrupt(format!("{what}: {found}"))
}
