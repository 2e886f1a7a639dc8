//! Reads keys of programs.

use dumka_domain::comment::UnixMillis;
use dumka_domain::token::TokenHash;
use sqlx::AnyConnection;

use super::row;
use super::staff::site_role;
use crate::error::StoreError;
use crate::sql;
use crate::staff::KeyRecord;

/// Id, name, site, role, times at which it was made, used and withdrawn.
type KeyRow = (String, String, String, String, i64, Option<i64>, Option<i64>);

/// Lists keys by name.
pub(crate) async fn keys(connection: &mut AnyConnection) -> Result<Vec<KeyRecord>, StoreError> {
    let sql = "SELECT id, name, site, role, created_at, used_at, revoked_at FROM api_keys ORDER BY name, id";
    let rows: Vec<KeyRow> = sql::query_as(sql).fetch_all(connection).await?;
    rows.into_iter().map(key_record).collect()
}

/// Reads the key with this hash.
pub(crate) async fn key(
    connection: &mut AnyConnection,
    token: TokenHash,
) -> Result<Option<KeyRecord>, StoreError> {
    let sql = "SELECT id, name, site, role, created_at, used_at, revoked_at FROM api_keys \
               WHERE token_hash = $1 AND revoked_at IS NULL";
    let found: Option<KeyRow> =
        sql::query_as(sql).bind(row::encode_hash(&token.0)).fetch_optional(connection).await?;
    found.map(key_record).transpose()
}

fn key_record(row: KeyRow) -> Result<KeyRecord, StoreError> {
    let (id, name, site, role, created_at, used_at, revoked_at) = row;
    Ok(KeyRecord {
        id,
        name,
        role: site_role(site, &role)?,
        created_at: UnixMillis(created_at),
        used_at: used_at.map(UnixMillis),
        revoked_at: revoked_at.map(UnixMillis),
    })
}
