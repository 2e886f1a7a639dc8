//! The row of `meta` that a database has while another one is moved into it.

use sqlx::AnyConnection;

use crate::sql;

/// Its key.
pub(crate) const NAME: &str = "move";

/// True where a move into this database is not finished, so that no server may use it.
pub(crate) async fn is_there(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    let mark = sql::query("SELECT 1 FROM meta WHERE name = $1").bind(NAME);
    Ok(mark.fetch_optional(connection).await?.is_some())
}
