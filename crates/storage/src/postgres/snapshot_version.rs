//! The version of a database on PostgreSQL.
//!
//! `pg_current_snapshot` names the transactions whose writes a statement sees. Whenever one has committed in between, it
//! is another text; whoever gets the same text twice has missed nothing. It reads no table. A transaction of another
//! database on the same server changes it, too, which costs one more look at a thread's revision.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::{AnyConnection, Connection, Executor, Row};
use tokio::time::{Instant, timeout};

use super::address::PgAddress;
use crate::changes::Version;
use crate::error::StoreError;
use crate::version_watch::VersionSource;

/// The question, which is sent as it is: one round, and nothing to prepare.
const QUESTION: &str = "SELECT CAST(pg_current_snapshot() AS TEXT)";
/// The time after which a connection that does not answer counts as lost.
const PATIENCE: Duration = Duration::from_secs(1);
/// The time after a failure in which it is repeated to whoever asks.
const RETRY_PAUSE: Duration = Duration::from_millis(200);

/// A connection that is asked for the present snapshot.
pub(super) struct SnapshotVersion {
    address: PgAddress,
    connection: Option<AnyConnection>,
    snapshot: String,
    version: Version,
    failure: Option<(Instant, StoreError)>,
}

impl SnapshotVersion {
    /// Asks the database at `address`, connecting where it must.
    pub(super) fn of(address: PgAddress) -> Self {
        let version = Version { generation: 0, writes: 0 };
        Self { address, connection: None, snapshot: String::new(), version, failure: None }
    }

    /// Asks on the connection there is, or a new one.
    async fn ask(&mut self) -> Result<String, StoreError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.address.session().await?,
        };
        let snapshot = connection.fetch_one(QUESTION).await?.try_get(0)?;
        self.connection = Some(connection);
        Ok(snapshot)
    }

    /// Asks once more where a connection that was there is lost: the database may have been started anew.
    async fn ask_again(&mut self) -> Result<String, StoreError> {
        let had_connection = self.connection.is_some();
        match self.ask().await {
            Err(_) if had_connection => self.ask().await,
            answer => answer,
        }
    }
}

#[async_trait]
impl VersionSource for SnapshotVersion {
    async fn version(&mut self) -> Result<Version, StoreError> {
        if let Some((at, failure)) = &self.failure
            && at.elapsed() < RETRY_PAUSE
        {
            return Err(failure.clone());
        }
        let answer = timeout(PATIENCE, self.ask_again()).await;
        let answer = answer.unwrap_or_else(|_| Err(StoreError::Unavailable("it does not answer".into())));
        self.failure = answer.as_ref().err().map(|error| (Instant::now(), error.clone()));
        let snapshot = answer?;
        if snapshot != self.snapshot {
            self.snapshot = snapshot;
            self.version.writes += 1;
        }
        Ok(self.version)
    }

    async fn close(self) {
        if let Some(connection) = self.connection {
            // Nothing was written through it; there is nothing to lose.
            let _ = connection.close().await;
        }
    }
}
