//! Keeping a reader's report, and what it does to the comment.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, moderate};
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::storage::Report;
use crate::storage::error::{ReportError, StoreError};
use crate::storage::record;

/// A report. When enough came, the comment waits for a moderator, unless one has approved the text that it has.
pub(in crate::storage) struct KeepReport(pub(in crate::storage) Report);

#[async_trait]
impl Write for KeepReport {
    type Outcome = Result<(), ReportError>;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        let comment = self.0.comment;
        if !is_published(connection, comment).await? {
            return Ok(Err(ReportError::NotPublished));
        }
        if !self.insert(connection).await? {
            return Ok(Err(ReportError::AlreadyReported));
        }
        let to_hold = i64::from(self.0.to_hold);
        if to_hold > 0
            && addresses(connection, comment).await? >= to_hold
            && !is_approved(connection, comment).await?
        {
            moderate::set_status(connection, comment, Status::Pending, self.0.created_at).await?;
        }
        Ok(Ok(()))
    }
}

impl KeepReport {
    /// Whether it is this reader's first of this comment.
    async fn insert(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let sql = "INSERT INTO reports (id, comment_id, reader_hash, address_hash, reason, note, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (comment_id, reader_hash) DO NOTHING";
        let report = &self.0;
        let inserted = sqlx::query(sql)
            .bind(report.id.to_string())
            .bind(report.comment.to_string())
            .bind(record::hash_text(&report.reader_hash.0))
            .bind(record::hash_text(&report.address_hash))
            .bind(report.reason.as_str())
            .bind(report.note.as_deref())
            .bind(report.created_at.0)
            .execute(connection)
            .await?;
        Ok(inserted.rows_affected() == 1)
    }
}

async fn is_published(connection: &mut AnyConnection, comment: CommentId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM comments WHERE id = $1 AND status = 'published'";
    let row = sqlx::query(sql).bind(comment.to_string()).fetch_optional(connection).await?;
    Ok(row.is_some())
}

async fn is_approved(connection: &mut AnyConnection, comment: CommentId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM comments WHERE id = $1 AND approved_at IS NOT NULL";
    let row = sqlx::query(sql).bind(comment.to_string()).fetch_optional(connection).await?;
    Ok(row.is_some())
}

/// From how many addresses the open reports came: many readers may be one with many browsers.
async fn addresses(connection: &mut AnyConnection, comment: CommentId) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(DISTINCT address_hash) FROM reports WHERE comment_id = $1 AND settled_at IS NULL";
    Ok(sqlx::query_scalar(sql).bind(comment.to_string()).fetch_one(connection).await?)
}

/// Settles the open reports of a comment, on which a moderator has decided or which its author took back. The
/// addresses have done their work.
pub(super) async fn settle(
    connection: &mut AnyConnection,
    comment: CommentId,
    at: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "UPDATE reports SET settled_at = $1, address_hash = NULL \
               WHERE comment_id = $2 AND settled_at IS NULL";
    sqlx::query(sql).bind(at.0).bind(comment.to_string()).execute(connection).await?;
    Ok(())
}
