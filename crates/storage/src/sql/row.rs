//! Decodes rows: each comment is one text, joined by the database and split here.
//!
//! Reading a thread is the server's most frequent work, and a driver's cost is per row and per column:
//! a hundred comments as one text take a quarter of the time of a hundred rows of ten columns.
//! Fields end with ASCII's unit separator and records with its record separator, which no field
//! can hold: JSON escapes them, and the statement removes them from a name.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use dumka_api::newsroom::ThreadMode;
use dumka_api::{Badge, Body, ReportReason, Votes};
use dumka_domain::comment::{CommentId, Marks, Status, StoredComment, UnixMillis};
use dumka_domain::thread_settings::ThreadSettings;
use dumka_domain::thread_tree::TreeNode;
use dumka_domain::vote::Vote;

use crate::comment::Visibility;
use crate::error::StoreError;

/// The separator of records.
pub(super) const RECORD_END: char = '\u{1E}';
const FIELD_END: char = '\u{1F}';

/// The SQL expression for the record of a row of `comments` named `c`.
macro_rules! comment_record {
    () => {
        "c.id || '\u{1F}' || COALESCE(c.parent_id, '') || '\u{1F}' || COALESCE(c.badge, '') || '\u{1F}' \
         || c.created_at || '\u{1F}' || COALESCE(CAST(c.edited_at AS TEXT), '') || '\u{1F}' || c.status \
         || '\u{1F}' || c.votes_up || '\u{1F}' || c.votes_down || '\u{1F}' || (2 * c.pinned + c.featured) || '\u{1F}' || c.body || '\u{1F}' \
         || REPLACE(c.author_name, '\u{1E}', '')"
    };
}
pub(super) use comment_record;

/// The SQL expression for the record of a row's place in its tree, likewise.
macro_rules! tree_index_record {
    () => {
        "c.id || '\u{1F}' || COALESCE(c.parent_id, '') || '\u{1F}' || c.visible || '\u{1F}' \
         || (OCTET_LENGTH(c.body) + OCTET_LENGTH(c.author_name))"
    };
}
pub(super) use tree_index_record;

/// A comment's place in its tree and its size, by which a page is chosen.
pub(super) struct TreeIndexRow {
    pub(super) id: CommentId,
    pub(super) parent: Option<CommentId>,
    pub(super) visibility: Visibility,
    pub(super) text_bytes: usize,
}

impl TreeNode for TreeIndexRow {
    fn id(&self) -> CommentId {
        self.id
    }

    fn parent(&self) -> Option<CommentId> {
        self.parent
    }
}

/// A top-level comment, by which a page is chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct TopLevelComment {
    pub(super) id: CommentId,
    pub(super) position: u64,
}

/// Decodes a top-level comment.
pub(super) fn top_level(id: &str, position: i64) -> Result<TopLevelComment, StoreError> {
    Ok(TopLevelComment { id: self::id(id)?, position: count(position)? })
}

/// Decodes top-level comments, each written `POSITION:ID`, with a space between two.
pub(super) fn top_level_list(records: &str) -> Result<Vec<TopLevelComment>, StoreError> {
    let fields = records.split_terminator(' ').map(|record| record.split_once(':').unwrap_or_default());
    fields.map(|(position, id)| top_level(id, number(position)?)).collect()
}

/// Decodes the record of a place in a tree.
pub(super) fn tree_index(record: &str) -> Result<TreeIndexRow, StoreError> {
    let fields: Vec<&str> = record.split(FIELD_END).collect();
    let &[id, parent, visible, text_bytes] = fields.as_slice() else {
        return Err(unexpected("place in a tree", record));
    };
    Ok(TreeIndexRow {
        id: self::id(id)?,
        parent: optional(parent).map(self::id).transpose()?,
        visibility: Visibility::from_column(number(visible)?),
        text_bytes: number(text_bytes)?,
    })
}

/// Decodes the record of a comment.
pub(super) fn comment(record: &str) -> Result<StoredComment, StoreError> {
    let fields: Vec<&str> = record.splitn(11, FIELD_END).collect();
    let &[id, parent, badge, created_at, edited_at, status, up, down, marks, body, name] = fields.as_slice()
    else {
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
        marks: self::marks(number(marks)?),
    })
}

/// Decodes a comment's marks: bits, of which the lowest says that it is featured.
fn marks(bits: u8) -> Marks {
    Marks { featured: bits & 1 == 1, pinned: bits & 2 == 2 }
}

/// Decodes an id.
pub(super) fn id(text: &str) -> Result<CommentId, StoreError> {
    text.parse().map_err(|_| unexpected("id", text))
}

/// Decodes a status.
pub(super) fn status(word: &str) -> Result<Status, StoreError> {
    Status::from_word(word).ok_or_else(|| unexpected("status", word))
}

/// State, its end, the pause of a slow thread, announcement, its end.
pub(super) type SettingsColumns = (String, Option<i64>, Option<i64>, Option<String>, Option<i64>);

/// Decodes the settings of a thread.
pub(super) fn thread_settings(columns: SettingsColumns) -> Result<ThreadSettings, StoreError> {
    let (state, mode_until, slow_secs, notice, notice_until) = columns;
    let pause = |secs: i64| secs.try_into().map_err(|_| unexpected("pause", &secs.to_string()));
    Ok(ThreadSettings {
        mode: ThreadMode::from_word(&state).ok_or_else(|| unexpected("thread's state", &state))?,
        mode_until: mode_until.map(UnixMillis),
        slow_secs: slow_secs.map(pause).transpose()?,
        notice,
        notice_until: notice_until.map(UnixMillis),
    })
}

/// Decodes a report's reason.
pub(super) fn reason(word: &str) -> Result<ReportReason, StoreError> {
    ReportReason::from_word(word).ok_or_else(|| unexpected("reason", word))
}

/// Decodes a count.
pub(super) fn count(number: i64) -> Result<u64, StoreError> {
    number.try_into().map_err(|_| unexpected("count", &number.to_string()))
}

/// Decodes a number of votes.
pub(super) fn votes(number: i64) -> Result<u32, StoreError> {
    number.try_into().map_err(|_| unexpected("number of votes", &number.to_string()))
}

/// Decodes a vote.
pub(super) fn vote(value: i64) -> Result<Vote, StoreError> {
    Vote::from_value(value).ok_or_else(|| unexpected("vote", &value.to_string()))
}

/// Encodes a hash or secret.
pub(super) fn encode_hash(hash: &[u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(hash)
}

/// Decodes a hash or secret.
pub(super) fn hash(text: &str) -> Result<[u8; 32], StoreError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    // The text is a secret: it stays out of the message.
    bytes.ok_or_else(|| unexpected("hash", "of another length"))
}

/// Encodes the names of the phases that spoke, as a JSON array; none where none did.
pub(super) fn encode_detected(detected: &[&str]) -> Option<String> {
    let json = || serde_json::to_string(detected).expect("names are strings");
    (!detected.is_empty()).then(json)
}

/// Encodes a body.
pub(super) fn encode_body(body: &Body) -> String {
    serde_json::to_string(body).expect("a body has string keys only")
}

fn optional(field: &str) -> Option<&str> {
    (!field.is_empty()).then_some(field)
}

/// Decodes a number.
fn number<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| unexpected("number", text))
}

/// Returns the word for a badge.
pub(super) fn badge_word(badge: Badge) -> &'static str {
    match badge {
        Badge::Staff => "staff",
        Badge::Moderator => "moderator",
    }
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
