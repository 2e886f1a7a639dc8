//! The visibility of the comments of a tree, after one of them has changed.

use dumka_domain::comment::Status;
use dumka_domain::thread_tree::{VisibilityNode, visible_ids};
use sqlx::AnyConnection;

use crate::comment::Visibility;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;

/// Computes the visibility of a tree's comments again; those that get another one have changed at `revision`. The cost
/// grows with the tree.
pub(super) async fn update(
    connection: &mut AnyConnection,
    root_id: &str,
    revision: i64,
) -> Result<(), StoreError> {
    let (nodes, before) = tree(connection, root_id).await?;
    let visible = visible_ids(&nodes);
    for (node, before) in nodes.iter().zip(before) {
        let is_visible = visible.contains(&node.id);
        if is_visible != (before == Visibility::Visible) {
            sql::query("UPDATE comments SET visible = $1, changed_revision = $2 WHERE id = $3")
                .bind(i64::from(is_visible))
                .bind(revision)
                .bind(node.id.to_string())
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Reads a tree's nodes, parents first, and the visibility of each so far.
async fn tree(
    connection: &mut AnyConnection,
    root_id: &str,
) -> Result<(Vec<VisibilityNode>, Vec<Visibility>), StoreError> {
    let sql = "SELECT id, parent_id, status, visible FROM comments WHERE root_id = $1 ORDER BY position";
    let rows: Vec<(String, Option<String>, String, i64)> =
        sql::query_as(sql).bind(root_id).fetch_all(connection).await?;
    let mut nodes = Vec::with_capacity(rows.len());
    for (id, parent, status, _) in &rows {
        nodes.push(VisibilityNode {
            id: row::id(id)?,
            parent: parent.as_deref().map(row::id).transpose()?,
            published: row::status(status)? == Status::Published,
        });
    }
    Ok((nodes, rows.iter().map(|(.., visible)| Visibility::from_column(*visible)).collect()))
}
