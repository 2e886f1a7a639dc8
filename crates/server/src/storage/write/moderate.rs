//! A moderator's decision.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, count_up, published, tree};
use crate::domain::comment::{CommentId, Status};
use crate::storage::error::StoreError;
use crate::storage::record;

/// Gives a comment another status and keeps what depends on it true: its thread's total, and
/// which comments of its tree stand.
pub(in crate::storage) struct SetStatus {
    /// The comment.
    pub(in crate::storage) id: CommentId,
    /// Its new status.
    pub(in crate::storage) status: Status,
}

#[async_trait]
impl Write for SetStatus {
    /// Whether there is such a comment.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let sql = "SELECT thread_id, root_id, status FROM comments WHERE id = $1";
        let row = sqlx::query_as(sql).bind(self.id.to_string()).fetch_optional(&mut *connection).await?;
        let Some((thread_id, root_id, former)): Option<(String, String, String)> = row else {
            return Ok(false);
        };
        let former = record::status(&former)?;
        if former == self.status {
            return Ok(true);
        }
        let added = published(self.status) - published(former);
        let revision = count_up(connection, &thread_id, added).await?;
        self.set(connection, revision).await?;
        tree::settle(connection, &root_id, revision).await?;
        Ok(true)
    }
}

impl SetStatus {
    async fn set(&self, connection: &mut AnyConnection, revision: i64) -> Result<(), StoreError> {
        let sql = "UPDATE comments SET status = $1, changed_revision = $2, \
                   shown_revision = CASE WHEN $3 = 1 THEN $2 ELSE shown_revision END WHERE id = $4";
        sqlx::query(sql)
            .bind(self.status.as_str())
            .bind(revision)
            .bind(published(self.status))
            .bind(self.id.to_string())
            .execute(connection)
            .await?;
        Ok(())
    }
}
