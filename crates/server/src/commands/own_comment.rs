//! Shows, edits and deletes a comment for its author.

use dumka_api::{CommentEdit, SingleComment, Submitted};

use super::submit::moderated;
use super::{Actor, Context, SitePolicy};
use crate::domain::comment::{Status, StoredComment, UnixMillis};
use crate::domain::edit;
use crate::domain::submission::Invalid;
use crate::moderation::Moderated;
use crate::storage::{CommentRecord, EditError, EditInput, StoreError, Visibility};

/// The reason that an author's command failed.
#[derive(Debug, thiserror::Error)]
pub enum OwnCommentError {
    /// It is not there, or a moderator has removed it.
    #[error("the comment is not there")]
    NotFound,
    /// The token is another one's.
    #[error("the token is not the one of the comment's author")]
    NotYours,
    /// It was accepted too long ago.
    #[error("the time in which the comment can be changed is over")]
    WindowOver,
    /// Its text is not the one that the author began from.
    #[error("the text has changed since the edit began")]
    Conflict,
    /// The text breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A comment whose author acts.
#[derive(Debug)]
pub struct OwnComment(CommentRecord);

impl OwnComment {
    /// Lets the author of a comment act on it. A hidden one is there for nobody else.
    pub fn claim(
        context: &Context,
        actor: &Actor<'_>,
        record: CommentRecord,
    ) -> Result<Self, OwnCommentError> {
        match record.visibility {
            _ if actor.is_author_of(context, &record) => Ok(Self(record)),
            Visibility::Visible => Err(OwnCommentError::NotYours),
            Visibility::Hidden => Err(OwnCommentError::NotFound),
        }
    }
}

/// Shows a comment to its author, with the text as written; what was removed, as everybody sees it.
pub fn show(
    context: &Context,
    policy: &SitePolicy,
    own: OwnComment,
) -> Result<SingleComment, OwnCommentError> {
    let CommentRecord { comment, text, visibility, .. } = own.0;
    let is_whole = matches!(comment.status, Status::Published | Status::Pending);
    if !is_whole && visibility == Visibility::Hidden {
        return Err(OwnCommentError::NotFound);
    }
    Ok(SingleComment {
        text: is_whole.then_some(text),
        edit_until: is_whole.then(|| policy.edit_until(comment.created_at).into()),
        server_time: Some(context.clock.now().into()),
        comment: comment.for_author(),
    })
}

/// Returns the text of a comment as written, and the time of its last change, while its author may still change it.
pub fn source(
    context: &Context,
    policy: &SitePolicy,
    own: OwnComment,
) -> Result<(String, Option<UnixMillis>), OwnCommentError> {
    let CommentRecord { comment, text, .. } = own.0;
    if !matches!(comment.status, Status::Published | Status::Pending) {
        return Err(OwnCommentError::NotFound);
    }
    require_window(policy, &comment, context.clock.now())?;
    Ok((text, comment.edited_at))
}

/// Gives a comment another text, which is checked, parsed and moderated like a new one. `Ok` means it is on disk.
pub async fn edit(
    context: &Context,
    policy: &SitePolicy,
    own: &OwnComment,
    edit: &CommentEdit,
) -> Result<Submitted, OwnCommentError> {
    let comment = &own.0.comment;
    if !matches!(comment.status, Status::Published | Status::Pending) {
        return Err(OwnCommentError::NotFound);
    }
    let now = context.clock.now();
    require_window(policy, comment, now)?;
    let edit::CheckedEdit { text, base } = edit::check(edit)?;
    let body = dumka_markup::parse(&text);
    let Moderated { status, detected } = moderated(context, policy, &own.0.thread).await?;
    let edit = EditInput { id: comment.id, text, body, base, status, detected, edited_at: now };
    let edited = context.store.edit(edit).await?;
    Ok(Submitted {
        edit_token: None,
        edit_until: Some(policy.edit_until(edited.created_at).into()),
        server_time: Some(now.into()),
        comment: edited.for_author(),
    })
}

/// Deletes a comment for its author, with all that they wrote in it. Once more is as good as once.
pub async fn delete(context: &Context, policy: &SitePolicy, own: &OwnComment) -> Result<(), OwnCommentError> {
    let comment = &own.0.comment;
    let now = context.clock.now();
    match comment.status {
        Status::Deleted => return Ok(()),
        Status::Rejected => return Err(OwnCommentError::NotFound),
        Status::Published | Status::Pending => require_window(policy, comment, now)?,
    }
    if context.store.delete_by_author(comment.id, now).await? {
        Ok(())
    } else {
        Err(OwnCommentError::NotFound)
    }
}

fn require_window(
    policy: &SitePolicy,
    comment: &StoredComment,
    now: UnixMillis,
) -> Result<(), OwnCommentError> {
    let is_open = policy.lets_authors_edit() && now <= policy.edit_until(comment.created_at);
    if is_open { Ok(()) } else { Err(OwnCommentError::WindowOver) }
}

impl From<EditError> for OwnCommentError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotThere => Self::NotFound,
            EditError::Conflict => Self::Conflict,
            EditError::Store(error) => Self::Store(error),
        }
    }
}
