//! Features and pins comments for a moderator.

use super::Actor;
use super::moderate::{ModerateError, require_moderator};
use crate::domain::comment::CommentId;
use crate::storage::{MarksChange, MarksOutcome, ModerationStore, StoreError};

/// The reason that a comment was not marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The actor is no moderator, or the store failed.
    #[error(transparent)]
    Moderate(#[from] ModerateError),
    /// No published comment has this id.
    #[error("the comment is not there, or not published")]
    NotPublished,
    /// Replies are not pinned.
    #[error("only a comment that answers none can be pinned")]
    NotTopLevel,
}

/// Changes the marks of a published comment. `Ok` means it is on disk.
pub async fn mark(
    store: &(impl ModerationStore + ?Sized),
    actor: &Actor<'_>,
    id: CommentId,
    change: MarksChange,
) -> Result<(), MarkError> {
    require_moderator(actor)?;
    let failed = |error: StoreError| ModerateError::from(error);
    match store.set_marks(id, change).await.map_err(failed)? {
        MarksOutcome::Set => Ok(()),
        MarksOutcome::NotPublished => Err(MarkError::NotPublished),
        MarksOutcome::NotTopLevel => Err(MarkError::NotTopLevel),
    }
}
