//! Decides on comments for a moderator: approve, reject, delete.

use super::Actor;
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::storage::{ModerationStore, OpenReport, QueueFilter, QueuedComment, StoreError};

/// A moderator's decision on a comment.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    /// The comment.
    pub comment: CommentId,
    /// The verdict.
    pub verdict: Verdict,
    /// The time of the decision.
    pub at: UnixMillis,
}

/// The verdict of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Shows the comment to everybody.
    Approve,
    /// Refuses the comment.
    Reject,
    /// Removes the comment; one that was answered leaves a tombstone.
    Delete,
}

impl Verdict {
    /// Returns the status that follows from the verdict.
    pub fn status(self) -> Status {
        match self {
            Self::Approve => Status::Published,
            Self::Reject => Status::Rejected,
            Self::Delete => Status::Deleted,
        }
    }
}

/// The reason that a moderator's command failed.
#[derive(Debug, thiserror::Error)]
pub enum ModerateError {
    /// The actor is no moderator.
    #[error("only moderators may do this")]
    NotAllowed,
    /// There is no such comment, or its author deleted it.
    #[error("the comment is not there")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides on a comment, which resolves its open reports. `Ok` means it is on disk.
pub async fn moderate(
    store: &(impl ModerationStore + ?Sized),
    actor: &Actor<'_>,
    decision: Decision,
) -> Result<Status, ModerateError> {
    require_moderator(actor)?;
    let Decision { comment, verdict, at } = decision;
    let status = verdict.status();
    if store.set_status(comment, status, at).await? { Ok(status) } else { Err(ModerateError::NotFound) }
}

/// Lists the comments that a moderator asks for, newest first.
pub async fn moderation_queue(
    store: &(impl ModerationStore + ?Sized),
    actor: &Actor<'_>,
    filter: &QueueFilter,
) -> Result<Vec<QueuedComment>, ModerateError> {
    require_moderator(actor)?;
    Ok(store.queue(filter).await?)
}

/// Lists the open reports of a comment, oldest first.
pub async fn open_reports(
    store: &(impl ModerationStore + ?Sized),
    actor: &Actor<'_>,
    id: CommentId,
) -> Result<Vec<OpenReport>, ModerateError> {
    require_moderator(actor)?;
    Ok(store.open_reports(id).await?)
}

/// Fails where the actor may not decide on the comments of others.
pub(super) fn require_moderator(actor: &Actor<'_>) -> Result<(), ModerateError> {
    if actor.is_moderator() { Ok(()) } else { Err(ModerateError::NotAllowed) }
}
