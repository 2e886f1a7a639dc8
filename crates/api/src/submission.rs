//! A new comment on its way in, and the answer to it.

use serde::{Deserialize, Serialize};

use crate::{Comment, Timestamp};

/// The body of a `POST` to the collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// The site's id.
    pub site: String,
    /// The page's id, at most 512 bytes.
    pub page: String,
    /// The comment it answers.
    #[serde(default)]
    pub parent: Option<String>,
    /// Who writes.
    pub author: NewAuthor,
    /// The text, 1–10,000 characters after trimming.
    pub text: String,
    /// The page's title, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The page's address, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Who writes a new comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAuthor {
    /// The name to show, 1–80 characters after trimming.
    pub name: String,
    /// An address for notices; never shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// The answer to an accepted `POST`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submitted {
    /// The comment as stored.
    pub comment: Comment,
    /// Bearer token that edits and deletes it.
    #[serde(default)]
    pub edit_token: Option<String>,
    /// Until when the token does.
    #[serde(default)]
    pub edit_until: Option<Timestamp>,
}
