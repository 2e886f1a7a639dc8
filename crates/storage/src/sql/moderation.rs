//! Reads open reports, and what stands around a comment.

use dumka_domain::comment::{CommentId, UnixMillis};
use sqlx::AnyConnection;

use super::row;
use crate::error::StoreError;
use crate::moderation::OpenReport;
use crate::sql;

/// Reads the open reports of a comment, oldest first.
pub(crate) async fn open_reports(
    connection: &mut AnyConnection,
    comment: CommentId,
) -> Result<Vec<OpenReport>, StoreError> {
    let sql = "SELECT reason, note, created_at FROM reports WHERE comment_id = $1 AND resolved_at IS NULL \
               ORDER BY created_at, id";
    let rows: Vec<(String, Option<String>, i64)> =
        sql::query_as(sql).bind(comment.to_string()).fetch_all(connection).await?;
    rows.into_iter().map(open_report).collect()
}

fn open_report((reason, note, created_at): (String, Option<String>, i64)) -> Result<OpenReport, StoreError> {
    Ok(OpenReport { reason: row::reason(&reason)?, note, created_at: UnixMillis(created_at) })
}

/// Reads the ids of the comments above a comment, the top-level one first. A chain of replies may be of any length.
pub(crate) async fn ancestors(
    connection: &mut AnyConnection,
    comment: CommentId,
) -> Result<Vec<CommentId>, StoreError> {
    let sql = "WITH RECURSIVE above (id, parent_id, position) AS \
               (SELECT id, parent_id, position FROM comments WHERE id = $1 UNION ALL \
               SELECT p.id, p.parent_id, p.position FROM comments p JOIN above a ON p.id = a.parent_id) \
               SELECT id FROM above WHERE id <> $1 ORDER BY position";
    let ids: Vec<String> = sql::query_scalar(sql).bind(comment.to_string()).fetch_all(connection).await?;
    ids.iter().map(|id| row::id(id)).collect()
}

/// Reads the ids of the first comments that answer a comment, oldest first.
pub(crate) async fn answers(
    connection: &mut AnyConnection,
    comment: CommentId,
    limit: u32,
) -> Result<Vec<CommentId>, StoreError> {
    let sql = "SELECT c.id FROM comments c WHERE c.root_id = (SELECT r.root_id FROM comments r WHERE r.id = $1) \
               AND c.parent_id = $1 AND c.text <> '' ORDER BY c.position LIMIT $2";
    let select = sql::query_scalar(sql).bind(comment.to_string()).bind(i64::from(limit));
    let ids: Vec<String> = select.fetch_all(connection).await?;
    ids.iter().map(|id| row::id(id)).collect()
}
