//! The writes: each a value that is applied inside the writer's transaction.

mod edit;
mod erase;
mod moderate;
mod name;
mod public;
mod report;
mod submit;
mod tree;
mod vote;

use async_trait::async_trait;
use sqlx::AnyConnection;

pub(super) use edit::NewText;
pub(super) use erase::Erase;
pub(super) use moderate::SetStatus;
pub(super) use name::NameThread;
pub(super) use report::KeepReport;
pub(super) use submit::NewRow;
pub(super) use vote::CastVote;

use super::error::StoreError;
use super::record;
use crate::domain::comment::Status;

/// Something to be written.
#[async_trait]
pub(super) trait Write: Send + Sync + 'static {
    /// What the write tells whoever asked for it.
    type Outcome: Send;
    /// Writes inside a transaction that begins before and commits after.
    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError>;
}

/// The server's secret, kept the first time.
pub(super) struct KeepSecret {
    /// The secret if there is none yet.
    pub(super) fresh: [u8; 32],
}

#[async_trait]
impl Write for KeepSecret {
    type Outcome = [u8; 32];

    async fn apply(&self, connection: &mut AnyConnection) -> Result<[u8; 32], StoreError> {
        sqlx::query("INSERT INTO meta (name, value) VALUES ('secret', $1) ON CONFLICT (name) DO NOTHING")
            .bind(record::hash_text(&self.fresh))
            .execute(&mut *connection)
            .await?;
        let kept = sqlx::query_scalar("SELECT value FROM meta WHERE name = 'secret'");
        let kept: String = kept.fetch_one(connection).await?;
        record::hash(&kept)
    }
}

/// Nothing: that it can be written is the answer.
pub(super) struct Probe;

#[async_trait]
impl Write for Probe {
    type Outcome = ();

    async fn apply(&self, _: &mut AnyConnection) -> Result<(), StoreError> {
        Ok(())
    }
}

/// What a comment of this status adds to its thread's total.
fn published(status: Status) -> i64 {
    i64::from(status == Status::Published)
}

/// Counts up a thread's revision and adds to its total; gives the new revision.
async fn count_up(connection: &mut AnyConnection, thread_id: &str, added: i64) -> Result<i64, StoreError> {
    let sql =
        "UPDATE threads SET total = total + $1, revision = revision + 1 WHERE id = $2 RETURNING revision";
    let revision = sqlx::query_scalar(sql).bind(added).bind(thread_id);
    Ok(revision.fetch_one(connection).await?)
}
