//! A comment by itself: how its author sees it, and how they change it.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{Comment, Timestamp};

/// The body of a `PATCH` of a comment. The answer is the one to a `POST`, without a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentEdit {
    /// The text, 1–10,000 characters after trimming. A missing one counts as an empty one.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub text: String,
    /// The comment's `edited_at` as it was when the author began: where it is given, and the text has changed
    /// since, the edit is refused. Absent, it replaces whatever is there.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Timestamp>))]
    pub edited_at: Option<EditedAt>,
}

/// The time of the last change of a comment's text; none where it never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EditedAt(pub Option<Timestamp>);

/// `null` says that the comment was never edited, which is more than nothing.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EditedAt>, D::Error> {
    EditedAt::deserialize(deserializer).map(Some)
}

/// The answer to a `GET` of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SingleComment {
    /// The comment.
    pub comment: Comment,
    /// The text as written, for its author alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Until when its author may change it, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit_until: Option<Timestamp>,
    /// The server's time, by which `edit_until` is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_time: Option<Timestamp>,
}
