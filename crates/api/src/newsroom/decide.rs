//! Requests that decide on comments or take decisions back, and their answers.

use serde::{Deserialize, Serialize};

use super::{Act, Decision, DecisionReason, NewsroomComment, QueueQuery};
use crate::{CommentId, ProblemKind, Timestamp};

/// A comment that is decided on, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentRef {
    /// The comment.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CommentId,
    /// The revision of the text that was seen.
    pub text_revision: u64,
}

/// The body of a `POST` to `decisions`: either `comments`, or `query` with `expect`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDecisions {
    /// The comments, at most 1,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comments: Option<Vec<CommentRef>>,
    /// The query that finds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<QueueQuery>,
    /// The number of comments that the query found when it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<u64>,
    /// The act.
    pub decision: Act,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DecisionReason>,
    /// A note for moderators alone, at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Words to the comments' authors, at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// The answer for one comment or one decision of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionOutcome {
    /// The comment.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CommentId,
    /// 200 where it was decided, else the status of `kind`.
    pub status: u16,
    /// The record, where it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// The reason why it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ProblemKind>,
    /// The comment as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Box<NewsroomComment>>,
}

/// The answer to decisions and to what takes them back: one outcome for each, in the order asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionsMade {
    /// The number of comments decided on.
    pub decided: u64,
    /// The outcomes.
    pub results: Vec<DecisionOutcome>,
}

/// The body of a `POST` to `decisions/undo`: takes back everything of somebody since a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoSet {
    /// The id of a member of staff or of a key, or `shell`.
    pub by: String,
    /// The time of the earliest decision to take back.
    pub since: Timestamp,
    /// The time before which the latest was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Only those on this site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}
