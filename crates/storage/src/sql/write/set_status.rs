//! Changes the status of a comment, by a moderator's decision or by reports.

use async_trait::async_trait;
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use sqlx::AnyConnection;

use super::open_reports::close_open_reports;
use super::operation::Write;
use super::thread_totals::{bump_revision, total_of};
use super::{thread_metadata, visibility};
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;

/// Applies a moderator's decision: sets the comment's status and resolves its open reports.
pub(crate) struct SetStatus {
    /// The comment.
    pub(crate) id: CommentId,
    /// Its new status.
    pub(crate) status: Status,
    /// The time of the decision.
    pub(crate) at: UnixMillis,
}

#[async_trait]
impl Write for SetStatus {
    /// True where there is such a comment that its author has not deleted.
    type Outcome = bool;

    fn thread(&self) -> Option<WrittenThread> {
        Some(WrittenThread::Of(self.id))
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        close_open_reports(connection, self.id, self.at).await?;
        let is_there = set_status(connection, self.id, self.status, self.at).await?;
        // From now on reports alone do not hold this text.
        let approved_at = (is_there && self.status == Status::Published).then_some(self.at.0);
        let sql = "UPDATE comments SET approved_at = $1 WHERE id = $2";
        sql::query(sql).bind(approved_at).bind(self.id.to_string()).execute(connection).await?;
        Ok(is_there)
    }
}

/// Sets a comment's status and updates everything that depends on it: its thread's total, title, address and age, and the
/// visibility of its tree. Returns false where there is no such comment.
pub(super) async fn set_status(
    connection: &mut AnyConnection,
    id: CommentId,
    status: Status,
    at: UnixMillis,
) -> Result<bool, StoreError> {
    // What its author took back is empty; there is nothing left to decide about.
    let sql = "SELECT thread_id, root_id, status FROM comments WHERE id = $1 AND text <> ''";
    let row = sql::query_as(sql).bind(id.to_string()).fetch_optional(&mut *connection).await?;
    let Some((thread_id, root_id, current)): Option<(String, String, String)> = row else {
        return Ok(false);
    };
    let current = row::status(&current)?;
    if current == status {
        return Ok(true);
    }
    let revision = bump_revision(connection, &thread_id, total_of(status) - total_of(current)).await?;
    let sql = "UPDATE comments SET status = $1, changed_revision = $2, \
               shown_revision = CASE WHEN $3 = 1 THEN $2 ELSE shown_revision END WHERE id = $4";
    sql::query(sql)
        .bind(status.as_str())
        .bind(revision)
        .bind(total_of(status))
        .bind(id.to_string())
        .execute(&mut *connection)
        .await?;
    visibility::update(connection, &root_id, revision).await?;
    match (current, status) {
        (_, Status::Published) => thread_metadata::comment_published(connection, id, at).await?,
        (Status::Published, _) => thread_metadata::comment_left(connection, id).await?,
        _ => {}
    }
    Ok(true)
}
