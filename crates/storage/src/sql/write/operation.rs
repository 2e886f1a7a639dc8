//! The trait of all writes.

use async_trait::async_trait;
use sqlx::AnyConnection;

use crate::engine::WrittenThread;
use crate::error::StoreError;

/// A write, ready to be applied.
#[async_trait]
pub(crate) trait Write: Send + Sync + 'static {
    /// The result for whoever asked for the write.
    type Outcome: Send;
    /// Returns the threads that are written to, in which nobody else writes until the commit; none for a write that is no
    /// thread's.
    fn threads(&self) -> Vec<WrittenThread> {
        Vec::new()
    }
    /// Writes inside a transaction that begins before and commits after. It may be called again after a failure.
    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError>;
}
