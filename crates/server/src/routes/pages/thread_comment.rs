//! Finds the comment of a thread that a form is about.

use crate::commands::{Actor, Context, OwnComment};
use crate::domain::comment::CommentId;
use crate::domain::thread::ThreadKey;
use crate::http::problem::ApiError;
use crate::storage::CommentRecord;

/// Finds a comment of this thread.
pub(super) async fn thread_comment(
    context: &Context,
    thread: &ThreadKey,
    id: &str,
) -> Result<CommentRecord, ApiError> {
    let id: CommentId = id.parse().map_err(|_| ApiError::not_found())?;
    let record = context.store.comment(id).await?;
    record.filter(|record| record.thread == *thread).ok_or_else(ApiError::not_found)
}

/// Finds a comment of this thread that the actor wrote.
pub(super) async fn own_comment(
    context: &Context,
    thread: &ThreadKey,
    id: &str,
    actor: &Actor<'_>,
) -> Result<OwnComment, ApiError> {
    Ok(OwnComment::claim(context, actor, thread_comment(context, thread, id).await?)?)
}
