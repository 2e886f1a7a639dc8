//! Writes of the server itself: its secret, and a write that only tries.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::operation::Write;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;

/// Stores the server's secret the first time.
pub(crate) struct InitSecret {
    /// The secret if there is none yet.
    pub(crate) fresh: [u8; 32],
}

#[async_trait]
impl Write for InitSecret {
    /// The stored secret.
    type Outcome = [u8; 32];

    async fn apply(&self, connection: &mut AnyConnection) -> Result<[u8; 32], StoreError> {
        sql::query("INSERT INTO meta (name, value) VALUES ('secret', $1) ON CONFLICT (name) DO NOTHING")
            .bind(row::encode_hash(&self.fresh))
            .execute(&mut *connection)
            .await?;
        let stored = sql::query_scalar("SELECT value FROM meta WHERE name = 'secret'");
        let stored: String = stored.fetch_one(connection).await?;
        row::hash(&stored)
    }
}

/// Writes nothing: that its transaction commits is the answer.
pub(crate) struct Ping;

#[async_trait]
impl Write for Ping {
    type Outcome = ();

    async fn apply(&self, _: &mut AnyConnection) -> Result<(), StoreError> {
        Ok(())
    }
}
