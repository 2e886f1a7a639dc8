//! The trait of all writes.

use async_trait::async_trait;
use sqlx::AnyConnection;

use crate::error::StoreError;

/// A write, ready to be applied.
#[async_trait]
pub(crate) trait Write: Send + Sync + 'static {
    /// The result for whoever asked for the write.
    type Outcome: Send;
    /// Writes inside a transaction that begins before and commits after.
    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError>;
}
