//! A moderator's decision.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, published};
use crate::domain::comment::{CommentId, Status};
use crate::domain::forest::{self, Node};
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
        sqlx::query("UPDATE comments SET status = $1 WHERE id = $2")
            .bind(self.status.as_str())
            .bind(self.id.to_string())
            .execute(&mut *connection)
            .await?;
        sqlx::query("UPDATE threads SET total = total + $1, revision = revision + 1 WHERE id = $2")
            .bind(published(self.status) - published(former))
            .bind(thread_id)
            .execute(&mut *connection)
            .await?;
        settle_tree(connection, &root_id).await?;
        Ok(true)
    }
}

/// Decides anew which comments of a tree stand. Costs as much as the tree is large.
async fn settle_tree(connection: &mut AnyConnection, root_id: &str) -> Result<(), StoreError> {
    let (nodes, stood) = tree(connection, root_id).await?;
    let standing = forest::standing(&nodes);
    for (node, stood) in nodes.iter().zip(stood) {
        let stands = standing.contains(&node.id);
        if stands != stood {
            sqlx::query("UPDATE comments SET standing = $1 WHERE id = $2")
                .bind(i64::from(stands))
                .bind(node.id.to_string())
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// A tree's nodes, parents first, and whether each stands so far.
async fn tree(connection: &mut AnyConnection, root_id: &str) -> Result<(Vec<Node>, Vec<bool>), StoreError> {
    let sql = "SELECT id, parent_id, status, standing FROM comments WHERE root_id = $1 ORDER BY position";
    let rows: Vec<(String, Option<String>, String, i64)> =
        sqlx::query_as(sql).bind(root_id).fetch_all(connection).await?;
    let mut nodes = Vec::with_capacity(rows.len());
    for (id, parent, status, _) in &rows {
        nodes.push(Node {
            id: record::id(id)?,
            parent: parent.as_deref().map(record::id).transpose()?,
            published: record::status(status)? == Status::Published,
        });
    }
    Ok((nodes, rows.iter().map(|(.., standing)| *standing == 1).collect()))
}
