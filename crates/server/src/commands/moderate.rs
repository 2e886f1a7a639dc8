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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use uuid::Uuid;

    use super::*;
    use crate::storage;

    #[tokio::test]
    async fn guests_decide_on_nothing_and_see_no_queue() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
        let store = storage::open(&url).await.unwrap();
        let address = Ipv4Addr::LOCALHOST.into();
        let guests = [Actor::Guest { token: None, address }, Actor::FormGuest { reader: Some("r"), address }];
        let comment = CommentId(Uuid::from_u128(1));
        for guest in guests {
            let decision = Decision { comment, verdict: Verdict::Delete, at: UnixMillis(0) };
            let decided = moderate(&*store, &guest, decision).await;
            assert!(matches!(decided, Err(ModerateError::NotAllowed)));
            let queue = moderation_queue(&*store, &guest, &QueueFilter::default()).await;
            assert!(matches!(queue, Err(ModerateError::NotAllowed)));
            assert!(matches!(open_reports(&*store, &guest, comment).await, Err(ModerateError::NotAllowed)));
        }
    }

    #[tokio::test]
    async fn shell_is_told_that_a_comment_is_not_there() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
        let store = storage::open(&url).await.unwrap();
        let comment = CommentId(Uuid::from_u128(1));
        let decision = Decision { comment, verdict: Verdict::Approve, at: UnixMillis(0) };
        let decided = moderate(&*store, &Actor::Shell, decision).await;
        assert!(matches!(decided, Err(ModerateError::NotFound)));
    }
}
