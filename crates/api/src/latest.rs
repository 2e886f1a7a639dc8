//! The newest comments of a site, for a box beside its articles.

use serde::{Deserialize, Serialize};

use crate::{Author, CommentId, Timestamp};

/// The answer to a `GET` of `latest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Latest {
    /// Published comments, newest first.
    pub comments: Vec<LatestComment>,
}

/// A comment as a line that leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LatestComment {
    /// Its id; `comment-` and this is its fragment on the page.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CommentId,
    /// The page's id within the site.
    pub page: String,
    /// The page's title, where it is known.
    #[serde(default)]
    pub title: Option<String>,
    /// The page's address, where it is known and the site's own.
    #[serde(default)]
    pub url: Option<String>,
    /// The author.
    #[serde(default)]
    pub author: Author,
    /// The time at which it was accepted.
    pub created_at: Timestamp,
    /// The first words as plain text in one line, at most 140 characters.
    #[serde(default)]
    pub excerpt: String,
}
