//! Stores a reader's report, and holds the comment when enough came.

use async_trait::async_trait;
use dumka_api::newsroom::{Act, ActorKind};
use dumka_domain::comment::{CommentId, Status};
use sqlx::AnyConnection;

use super::decided_comment::DecidedComment;
use super::operation::Write;
use super::record_decision::{NewDecision, record_decision};
use crate::decision::DecidedBy;
use crate::engine::WrittenThread;
use crate::error::{ReportError, StoreError};
use crate::reader::ReportInput;
use crate::sql;
use crate::sql::row;

/// The word for readers' reports among the phases that spoke.
const REPORTS: &str = "reports";

/// Stores a report. When enough came, the comment waits for a moderator, unless one has approved its present text.
pub(crate) struct InsertReport(pub(crate) ReportInput);

#[async_trait]
impl Write for InsertReport {
    type Outcome = Result<(), ReportError>;

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Of(self.0.comment)]
    }

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
            && count_addresses(connection, comment).await? >= to_hold
            && !is_approved(connection, comment).await?
        {
            self.hold(connection).await?;
        }
        Ok(Ok(()))
    }
}

impl InsertReport {
    /// Lets the comment wait for a moderator.
    async fn hold(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let Some(comment) = DecidedComment::read(connection, self.0.comment).await? else { return Ok(()) };
        let at = self.0.created_at;
        comment.set_status(connection, Status::Pending, at).await?;
        let detected = "UPDATE comments SET detected = $1 WHERE id = $2";
        let phases = row::encode_detected(&[REPORTS]);
        sql::query(detected).bind(phases).bind(comment.id.to_string()).execute(&mut *connection).await?;
        let by = DecidedBy::one(ActorKind::Reports);
        let decision = comment.decision(Act::Hold, Status::Pending, at, &by);
        record_decision(connection, &NewDecision { rule: Some(REPORTS), ..decision }).await?;
        Ok(())
    }

    /// Inserts the row; false where the reader has reported the comment before.
    async fn insert(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let sql = "INSERT INTO reports (id, comment_id, reader_hash, address_hash, reason, note, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (comment_id, reader_hash) DO NOTHING";
        let report = &self.0;
        let inserted = sql::query(sql)
            .bind(report.id.to_string())
            .bind(report.comment.to_string())
            .bind(row::encode_hash(&report.reader_hash.0))
            .bind(row::encode_hash(&report.address_hash))
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
    let row = sql::query(sql).bind(comment.to_string()).fetch_optional(connection).await?;
    Ok(row.is_some())
}

async fn is_approved(connection: &mut AnyConnection, comment: CommentId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM comments WHERE id = $1 AND approved_at IS NOT NULL";
    let row = sql::query(sql).bind(comment.to_string()).fetch_optional(connection).await?;
    Ok(row.is_some())
}

/// Counts the addresses from which the open reports came: many readers may be one with many browsers. Of a
/// report that was resolved and is open again, the address is forgotten; it counts by itself.
async fn count_addresses(connection: &mut AnyConnection, comment: CommentId) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(DISTINCT COALESCE(address_hash, id)) FROM reports WHERE comment_id = $1 AND resolved_at IS NULL";
    Ok(sql::query_scalar(sql).bind(comment.to_string()).fetch_one(connection).await?)
}
