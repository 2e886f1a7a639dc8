//! The server's paths that both sides name.

/// The comments collection.
pub const COMMENTS: &str = "/api/v1/comments";
/// One comment.
pub const COMMENT: &str = "/api/v1/comments/{id}";
/// A reader's vote on it.
pub const VOTE: &str = "/api/v1/comments/{id}/vote";
/// A thread as a page of its own.
pub const THREAD: &str = "/thread";
/// Published comments of many pages at once.
pub const COUNTS: &str = "/api/v1/comments/counts";
/// The newest comments of a site.
pub const LATEST: &str = "/api/v1/comments/latest";
/// The most discussed pages of a site.
pub const DISCUSSED: &str = "/api/v1/comments/discussed";
/// A thread's changes as they come.
pub const LIVE: &str = "/api/v1/comments/live";
/// A text as it would be shown.
pub const PREVIEW: &str = "/api/v1/comments/preview";
/// A comment's reports.
pub const REPORT: &str = "/api/v1/comments/{id}/report";
/// The OpenAPI description.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// The moderators' program.
pub const NEWSROOM: &str = "/newsroom/";
/// The newsroom's calls.
pub const NEWSROOM_API: &str = "/api/v1/newsroom";
