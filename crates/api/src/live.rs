//! What a stream of server-sent events tells about a thread.

use serde::{Deserialize, Serialize};

use crate::{Comment, Votes};

/// Media type of a stream.
pub const MEDIA_TYPE: &str = "text/event-stream";
/// The event of a comment that everybody sees from now on; its data is a [`LiveComment`].
pub const COMMENT: &str = "comment";
/// The event of a comment whose text has changed; its data is a [`LiveComment`].
pub const EDITED: &str = "edited";
/// The event of a comment that nobody sees any more; its data is a [`LiveDeleted`].
pub const DELETED: &str = "deleted";
/// The event of a comment whose votes have changed; its data is a [`LiveVotes`].
pub const VOTES: &str = "votes";

/// A comment as in a list, and its thread's number of comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveComment {
    /// The comment as it is now.
    #[serde(flatten)]
    pub comment: Comment,
    /// How many comments of the thread are published.
    pub total: u64,
}

/// A comment that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveDeleted {
    /// Its id.
    pub id: String,
    /// How many comments of the thread are published.
    pub total: u64,
    /// The empty mark in its place, if others answered it; absent where nothing stands there any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Comment>,
}

/// The votes of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveVotes {
    /// Its id.
    pub id: String,
    /// How readers judged it.
    pub votes: Votes,
}
