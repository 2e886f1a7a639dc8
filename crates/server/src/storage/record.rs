//! Comments as records: one text per comment, made by the database and taken apart here.
//!
//! Reading a thread is what the server does most, and a driver's cost is per row and per column:
//! a hundred comments as one text take a quarter of the time of a hundred rows of ten columns.
//! Fields end with ASCII's unit separator and records with its record separator, which no field
//! can hold: JSON escapes them, and a name is stripped of them on its way out.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use dumka_api::{Badge, Body, ReportReason, Votes};

use super::error::StoreError;
use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use crate::domain::forest::InTree;

/// What ends a record.
pub(super) const RECORD_END: char = '\u{1E}';
const FIELD_END: char = '\u{1F}';

/// The expression that makes the record of a row of `comments` named `c`.
macro_rules! comment_record {
    () => {
        "c.id || '\u{1F}' || COALESCE(c.parent_id, '') || '\u{1F}' || COALESCE(c.badge, '') || '\u{1F}' \
         || c.created_at || '\u{1F}' || COALESCE(CAST(c.edited_at AS TEXT), '') || '\u{1F}' || c.status \
         || '\u{1F}' || c.votes_up || '\u{1F}' || c.votes_down || '\u{1F}' || c.body || '\u{1F}' \
         || REPLACE(c.author_name, '\u{1E}', '')"
    };
}
pub(super) use comment_record;

/// The expression that makes the record of a row's outline, likewise.
macro_rules! outline_record {
    () => {
        "c.id || '\u{1F}' || COALESCE(c.parent_id, '') || '\u{1F}' || c.standing || '\u{1F}' \
         || (OCTET_LENGTH(c.body) + OCTET_LENGTH(c.author_name))"
    };
}
pub(super) use outline_record;

/// What must be known of a comment to choose it.
pub(super) struct Outline {
    pub(super) id: CommentId,
    pub(super) parent: Option<CommentId>,
    pub(super) stands: bool,
    pub(super) text_bytes: usize,
}

impl InTree for Outline {
    fn id(&self) -> CommentId {
        self.id
    }

    fn parent(&self) -> Option<CommentId> {
        self.parent
    }
}

/// Reads the record of an outline.
pub(super) fn outline(record: &str) -> Result<Outline, StoreError> {
    let fields: Vec<&str> = record.split(FIELD_END).collect();
    let &[id, parent, standing, text_bytes] = fields.as_slice() else {
        return Err(unexpected("outline", record));
    };
    Ok(Outline {
        id: self::id(id)?,
        parent: optional(parent).map(self::id).transpose()?,
        stands: standing == "1",
        text_bytes: number(text_bytes)?,
    })
}

/// Reads a record.
pub(super) fn comment(record: &str) -> Result<StoredComment, StoreError> {
    let fields: Vec<&str> = record.splitn(10, FIELD_END).collect();
    let &[id, parent, badge, created_at, edited_at, status, up, down, body, name] = fields.as_slice() else {
        return Err(unexpected("record", record));
    };
    Ok(StoredComment {
        id: self::id(id)?,
        parent: optional(parent).map(self::id).transpose()?,
        author_name: name.into(),
        badge: optional(badge).map(self::badge).transpose()?,
        created_at: UnixMillis(number(created_at)?),
        edited_at: optional(edited_at).map(number).transpose()?.map(UnixMillis),
        status: self::status(status)?,
        body: self::body(body)?,
        votes: Votes { up: number(up)?, down: number(down)? },
    })
}

/// Reads an id.
pub(super) fn id(text: &str) -> Result<CommentId, StoreError> {
    text.parse().map_err(|_| unexpected("id", text))
}

/// Reads a status.
pub(super) fn status(word: &str) -> Result<Status, StoreError> {
    Status::from_word(word).ok_or_else(|| unexpected("status", word))
}

/// Reads a report's reason.
pub(super) fn reason(word: &str) -> Result<ReportReason, StoreError> {
    ReportReason::from_word(word).ok_or_else(|| unexpected("reason", word))
}

/// Reads a number of things.
pub(super) fn count(number: i64) -> Result<u64, StoreError> {
    number.try_into().map_err(|_| unexpected("count", &number.to_string()))
}

/// The text for a hash or secret.
pub(super) fn hash_text(hash: &[u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(hash)
}

/// Reads a hash or secret.
pub(super) fn hash(text: &str) -> Result<[u8; 32], StoreError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    // The text is a secret: it stays out of the message.
    bytes.ok_or_else(|| unexpected("hash", "of another length"))
}

fn optional(field: &str) -> Option<&str> {
    (!field.is_empty()).then_some(field)
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| unexpected("number", text))
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
