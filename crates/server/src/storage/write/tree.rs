//! What a change of one comment does to its tree: which comments of it stand.

use sqlx::AnyConnection;

use crate::domain::comment::Status;
use crate::domain::forest::{self, Node};
use crate::storage::error::StoreError;
use crate::storage::record;

/// Decides anew which comments of a tree stand; those whose answer is another one now have changed at
/// `revision`. Costs as much as the tree is large.
pub(super) async fn settle(
    connection: &mut AnyConnection,
    root_id: &str,
    revision: i64,
) -> Result<(), StoreError> {
    let (nodes, stood) = tree(connection, root_id).await?;
    let standing = forest::standing(&nodes);
    for (node, stood) in nodes.iter().zip(stood) {
        let stands = standing.contains(&node.id);
        if stands != stood {
            sqlx::query("UPDATE comments SET standing = $1, changed_revision = $2 WHERE id = $3")
                .bind(i64::from(stands))
                .bind(revision)
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
