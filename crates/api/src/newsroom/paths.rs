//! The paths of comments, decisions and threads in the newsroom.

/// Comments in queues.
pub const COMMENTS: &str = "/api/v1/newsroom/comments";
/// One comment with all that stands around it.
pub const COMMENT: &str = "/api/v1/newsroom/comments/{id}";
/// An answer to it.
pub const REPLIES: &str = "/api/v1/newsroom/comments/{id}/replies";
/// The numbers of the queues.
pub const COUNTERS: &str = "/api/v1/newsroom/counters";
/// Decisions.
pub const DECISIONS: &str = "/api/v1/newsroom/decisions";
/// Takes many decisions back.
pub const DECISIONS_UNDO: &str = "/api/v1/newsroom/decisions/undo";
/// Takes one decision back.
pub const DECISION_UNDO: &str = "/api/v1/newsroom/decisions/{id}/undo";
/// Counters and comments as they change.
pub const LIVE: &str = "/api/v1/newsroom/live";
/// Threads.
pub const THREADS: &str = "/api/v1/newsroom/threads";
