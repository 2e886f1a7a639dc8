//! The server-sent events of a live stream.
//!
//! An event's id is the position of every thread of the stream, in the order of its pages, separated by commas: whole
//! numbers that grow.

mod flattened;

use serde::{Deserialize, Serialize};

use crate::{Comment, CommentId, ThreadState, Timestamp, Votes};

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
/// The event of a thread that takes comments otherwise than before, or has another announcement; its data is a
/// [`LiveThread`].
pub const THREAD: &str = "thread";
/// The event that comes when a stream begins and ever again, so that silence means a broken line; its data is a
/// [`LiveAlive`].
pub const ALIVE: &str = "alive";

/// A comment as in a list, its page, and its thread's number of comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveComment {
    /// The page, as whoever follows it has named it.
    pub page: String,
    /// The comment as it is now.
    #[serde(flatten)]
    pub comment: Comment,
    /// The number of published comments of the thread; absent from endpoints that do not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = u64, required))]
    pub total: Option<u64>,
}

/// A comment that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveDeleted {
    /// The page, as whoever follows it has named it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub page: String,
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CommentId,
    /// The number of published comments of the thread; absent from endpoints that do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = u64, required))]
    pub total: Option<u64>,
    /// The empty mark in its place, if others answered it; absent where nothing stands there any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Comment>,
}

/// The votes of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveVotes {
    /// The page, as whoever follows it has named it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub page: String,
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CommentId,
    /// The votes of readers.
    pub votes: Votes,
}

/// A thread as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveThread {
    /// The page, as whoever follows it has named it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub page: String,
    /// The state.
    pub state: ThreadState,
    /// The announcement; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Seconds between two comments of an author; absent where the thread is not slow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_secs: Option<u32>,
}

/// A sign of life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveAlive {
    /// The time of the server's clock.
    pub server_time: Timestamp,
    /// Seconds until the next one, at most.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub heartbeat_secs: u32,
}
