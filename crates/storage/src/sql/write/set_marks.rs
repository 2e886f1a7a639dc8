//! Features and pins comments, or takes that back.

use async_trait::async_trait;
use dumka_domain::comment::CommentId;
use sqlx::AnyConnection;

use super::operation::Write;
use super::thread_totals::bump_revision;
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::moderation::{MarksChange, MarksOutcome};
use crate::sql;

/// Changes the marks of a comment.
pub(crate) struct SetMarks {
    /// The comment.
    pub(crate) id: CommentId,
    /// The changes.
    pub(crate) change: MarksChange,
}

#[async_trait]
impl Write for SetMarks {
    type Outcome = MarksOutcome;

    fn thread(&self) -> Option<WrittenThread> {
        Some(WrittenThread::Of(self.id))
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<MarksOutcome, StoreError> {
        set_marks(connection, self.id, self.change).await
    }
}

/// Thread, 1 for a reply, the marks so far.
type MarksRow = (String, i64, i64, i64);

/// Changes the marks of a comment that is published. Only top-level comments are pinned.
pub(super) async fn set_marks(
    connection: &mut AnyConnection,
    id: CommentId,
    change: MarksChange,
) -> Result<MarksOutcome, StoreError> {
    let sql = "SELECT thread_id, CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, featured, pinned \
               FROM comments WHERE id = $1 AND status = 'published'";
    let row = sql::query_as(sql).bind(id.to_string()).fetch_optional(&mut *connection).await?;
    let Some((thread, is_reply, featured, pinned)): Option<MarksRow> = row else {
        return Ok(MarksOutcome::NotPublished);
    };
    if is_reply == 1 && change.pinned == Some(true) {
        return Ok(MarksOutcome::NotTopLevel);
    }
    let after = (change.featured.map_or(featured, i64::from), change.pinned.map_or(pinned, i64::from));
    if after == (featured, pinned) {
        return Ok(MarksOutcome::Set);
    }
    let revision = bump_revision(connection, &thread, 0).await?;
    let sql = "UPDATE comments SET featured = $1, pinned = $2, changed_revision = $3, marked_revision = $3 \
               WHERE id = $4";
    let update = sql::query(sql).bind(after.0).bind(after.1).bind(revision).bind(id.to_string());
    update.execute(connection).await?;
    Ok(MarksOutcome::Set)
}
