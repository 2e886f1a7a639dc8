//! A comment as everybody may see it.

use dumka_markup::Body;
use serde::{Deserialize, Serialize};

use crate::CommentId;

/// A moment as RFC 3339 text in UTC, for example `2026-05-01T09:30:00.000Z`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(format = DateTime))]
#[serde(transparent)]
pub struct Timestamp(pub String);

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// Opaque to clients; Dumka's own server uses `UUIDv7`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CommentId,
    /// The comment this one answers.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub parent: Option<CommentId>,
    /// The author.
    #[serde(default)]
    pub author: Author,
    /// The time at which it was accepted.
    pub created_at: Timestamp,
    /// The time of the last change of its text.
    #[serde(default)]
    pub edited_at: Option<Timestamp>,
    /// The state, which decides who may see it.
    #[serde(default)]
    pub state: CommentState,
    /// The text as a tree; empty for a deleted comment.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::BodySchema))]
    pub body: Body,
    /// The votes of readers.
    #[serde(default)]
    pub votes: Votes,
    /// True where the site recommends it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub featured: bool,
    /// True where it stands before all others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// The writer of a comment as shown; never an address of any kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Author {
    /// The name given, 1–80 characters; empty for a deleted comment.
    pub name: String,
    /// The site's own mark beside the name.
    #[serde(default)]
    pub badge: Option<Badge>,
    /// Address of a picture, only where the site asked for pictures.
    #[serde(default)]
    pub avatar: Option<String>,
}

/// The site's own mark beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// Works for the site.
    Staff,
    /// Moderates its comments.
    Moderator,
}

/// The state of a comment, which decides who may see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommentState {
    /// Everybody.
    #[default]
    Published,
    /// Its author alone, until a moderator decides.
    Pending,
    /// Nobody; it stands in its place because others answered it.
    Deleted,
}

/// Votes counted on a comment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Votes {
    /// Votes for it.
    pub up: u32,
    /// Votes against it.
    pub down: u32,
}
