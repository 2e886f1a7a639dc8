//! A new comment on its way in, and the answer to it.

use serde::{Deserialize, Serialize};

use crate::{Comment, CommentId, EditToken, Timestamp};

/// The body of a `POST` to the collection. A missing field counts as an empty one, so that its refusal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// The site's id.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub site: String,
    /// The page's id, at most 512 bytes.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub page: String,
    /// The comment it answers.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub parent: Option<CommentId>,
    /// The author.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub author: NewAuthor,
    /// The text, 1–10,000 characters after trimming.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub text: String,
    /// The page's title, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The page's address, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The author of a new comment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAuthor {
    /// The name to show, 1–80 characters after trimming.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub name: String,
    /// An address for notices; never shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// The answer to an accepted `POST` or `PATCH`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submitted {
    /// The comment as stored.
    pub comment: Comment,
    /// Bearer token that edits and deletes it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub edit_token: Option<EditToken>,
    /// Until when the token does.
    #[serde(default)]
    pub edit_until: Option<Timestamp>,
    /// The server's time, by which `edit_until` is meant.
    #[serde(default)]
    pub server_time: Option<Timestamp>,
}
