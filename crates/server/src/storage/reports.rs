//! What readers reported.

use dumka_api::ReportReason;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::error::StoreError;
use super::record;
use crate::domain::comment::{CommentId, UnixMillis};

/// A new report, checked and ready to be kept.
#[derive(Debug, Clone)]
pub struct Report {
    /// The id it gets.
    pub id: Uuid,
    /// The comment.
    pub comment: CommentId,
    /// SHA-256 of the reader's token.
    pub reader_hash: [u8; 32],
    /// What readers of one address have in common.
    pub address_hash: [u8; 32],
    /// What is wrong with the comment.
    pub reason: ReportReason,
    /// The reader's own words.
    pub note: Option<String>,
    /// When it came.
    pub created_at: UnixMillis,
    /// How many addresses' reports hold the comment for a moderator; 0 is never.
    pub to_hold: u32,
}

/// A report that no moderator has settled yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReport {
    /// What is wrong with the comment.
    pub reason: ReportReason,
    /// The reader's own words.
    pub note: Option<String>,
    /// When it came.
    pub created_at: UnixMillis,
}

/// Reads the open reports of a comment, oldest first.
pub(super) async fn open(
    connection: &mut AnyConnection,
    comment: CommentId,
) -> Result<Vec<OpenReport>, StoreError> {
    let sql = "SELECT reason, note, created_at FROM reports WHERE comment_id = $1 AND settled_at IS NULL \
               ORDER BY created_at, id";
    let rows: Vec<(String, Option<String>, i64)> =
        sqlx::query_as(sql).bind(comment.to_string()).fetch_all(connection).await?;
    rows.into_iter().map(report).collect()
}

fn report((reason, note, created_at): (String, Option<String>, i64)) -> Result<OpenReport, StoreError> {
    Ok(OpenReport { reason: record::reason(&reason)?, note, created_at: UnixMillis(created_at) })
}
