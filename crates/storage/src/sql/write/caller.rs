//! Writes of one statement about sessions and keys.

use async_trait::async_trait;
use dumka_domain::comment::UnixMillis;
use sqlx::AnyConnection;

use super::operation::Write;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;
use crate::staff::NewKey;

/// A change of one session or key.
pub(crate) enum CallerWrite {
    /// Notes the time of a request in a session.
    NoteSession(String, UnixMillis),
    /// Ends a session.
    EndSession(String),
    /// Stores a key, unless one with its name is in use.
    AddKey(NewKey),
    /// Notes the time of a request with a key.
    NoteKey(String, UnixMillis),
    /// Withdraws the key with this name or id.
    RevokeKey(String, UnixMillis),
}

#[async_trait]
impl Write for CallerWrite {
    /// False where nothing was changed.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let statement = match self {
            Self::NoteSession(id, at) => {
                let sql = "UPDATE staff_sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1";
                sql::query(sql).bind(at.0).bind(id)
            }
            Self::EndSession(id) => sql::query("DELETE FROM staff_sessions WHERE id = $1").bind(id),
            Self::AddKey(new) => {
                let sql = "INSERT INTO api_keys (id, name, token_hash, site, role, created_at) \
                           SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS \
                           (SELECT 1 FROM api_keys WHERE name = $2 AND revoked_at IS NULL)";
                let insert = sql::query(sql).bind(&new.id).bind(&new.name);
                let insert = insert.bind(row::encode_hash(&new.token_hash.0)).bind(&new.role.site);
                insert.bind(new.role.role.as_str()).bind(new.created_at.0)
            }
            Self::NoteKey(id, at) => {
                sql::query("UPDATE api_keys SET used_at = $1 WHERE id = $2").bind(at.0).bind(id)
            }
            Self::RevokeKey(name_or_id, at) => {
                let sql =
                    "UPDATE api_keys SET revoked_at = $1 WHERE (name = $2 OR id = $2) AND revoked_at IS NULL";
                sql::query(sql).bind(at.0).bind(name_or_id)
            }
        };
        Ok(statement.execute(connection).await?.rows_affected() > 0)
    }
}
