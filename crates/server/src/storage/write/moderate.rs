//! A comment's status, and a moderator's decision on it.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, count_up, public, published, report, tree};
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::storage::error::StoreError;
use crate::storage::record;

/// A moderator's decision: the comment's status, and the end of its open reports.
pub(in crate::storage) struct SetStatus {
    /// The comment.
    pub(in crate::storage) id: CommentId,
    /// Its new status.
    pub(in crate::storage) status: Status,
    /// When it was decided.
    pub(in crate::storage) at: UnixMillis,
}

#[async_trait]
impl Write for SetStatus {
    /// Whether there is such a comment, with its words.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        report::settle(connection, self.id, self.at).await?;
        let is_there = set_status(connection, self.id, self.status, self.at).await?;
        // From now on reports alone do not hold this text.
        let approved_at = (is_there && self.status == Status::Published).then_some(self.at.0);
        let sql = "UPDATE comments SET approved_at = $1 WHERE id = $2";
        sqlx::query(sql).bind(approved_at).bind(self.id.to_string()).execute(connection).await?;
        Ok(is_there)
    }
}

/// Gives a comment another status at this moment and keeps what depends on it true: its thread's total, name and age,
/// and which comments of its tree stand. Tells whether there is such a comment.
pub(super) async fn set_status(
    connection: &mut AnyConnection,
    id: CommentId,
    status: Status,
    at: UnixMillis,
) -> Result<bool, StoreError> {
    // What its author took back is empty; there is nothing left to decide about.
    let sql = "SELECT thread_id, root_id, status FROM comments WHERE id = $1 AND text <> ''";
    let row = sqlx::query_as(sql).bind(id.to_string()).fetch_optional(&mut *connection).await?;
    let Some((thread_id, root_id, former)): Option<(String, String, String)> = row else {
        return Ok(false);
    };
    let former = record::status(&former)?;
    if former == status {
        return Ok(true);
    }
    let revision = count_up(connection, &thread_id, published(status) - published(former)).await?;
    let sql = "UPDATE comments SET status = $1, changed_revision = $2, \
               shown_revision = CASE WHEN $3 = 1 THEN $2 ELSE shown_revision END WHERE id = $4";
    sqlx::query(sql)
        .bind(status.as_str())
        .bind(revision)
        .bind(published(status))
        .bind(id.to_string())
        .execute(&mut *connection)
        .await?;
    tree::settle(connection, &root_id, revision).await?;
    match (former, status) {
        (_, Status::Published) => public::came(connection, id, at).await?,
        (Status::Published, _) => public::went(connection, id).await?,
        _ => {}
    }
    Ok(true)
}
