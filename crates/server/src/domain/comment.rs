//! A comment as it is kept.

use dumka_api::{Badge, Body, Votes};
use uuid::Uuid;

/// A comment's id, a `UUIDv7`: ids sort by the moment they were given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommentId(pub Uuid);

/// A moment in milliseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMillis(pub i64);

/// What moderation made of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everybody sees it.
    Published,
    /// It waits for a moderator.
    Pending,
    /// A moderator refused it.
    Rejected,
    /// Its author or a moderator removed it.
    Deleted,
}

/// A comment as it is kept, less what no reader may learn.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredComment {
    /// Its id.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The name shown.
    pub author_name: String,
    /// The site's mark beside the name.
    pub badge: Option<Badge>,
    /// When it was accepted.
    pub created_at: UnixMillis,
    /// When its text last changed.
    pub edited_at: Option<UnixMillis>,
    /// What moderation made of it.
    pub status: Status,
    /// The parsed text.
    pub body: Body,
    /// How readers judged it.
    pub votes: Votes,
}
