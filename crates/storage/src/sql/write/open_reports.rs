//! Resolves open reports.

use dumka_domain::comment::{CommentId, UnixMillis};
use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::sql;

/// Resolves the open reports of a comment, on which a moderator has decided or which its author deleted. The addresses
/// have done their work and are forgotten.
pub(super) async fn close_open_reports(
    connection: &mut AnyConnection,
    comment: CommentId,
    at: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "UPDATE reports SET resolved_at = $1, address_hash = NULL \
               WHERE comment_id = $2 AND resolved_at IS NULL";
    sql::query(sql).bind(at.0).bind(comment.to_string()).execute(connection).await?;
    Ok(())
}
