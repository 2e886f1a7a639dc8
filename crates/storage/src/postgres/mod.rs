//! PostgreSQL's own: the pool that reads, the connection that writes, and how the commits of other servers are noticed.
//!
//! Several servers may use one database. A write holds the row of its thread, so that the writes to one thread happen one
//! after the other whichever server they come through; its commit notifies the others. The version of the database is
//! asked for before anything cached is sent, so a notification that gets lost delays only those who wait.

mod address;
pub(crate) mod error_code;
mod notifications;
mod prepare;
mod schema;
mod snapshot_version;
mod write_engine;

use std::time::Duration;

use async_trait::async_trait;
use sqlx::{AnyConnection, AnyPool, Connection};
use tokio::sync::watch;
use tokio::task::AbortHandle;

pub(crate) use address::PgAddress;
pub(crate) use schema::LIST_COLUMNS;
use snapshot_version::SnapshotVersion;
use write_engine::PgWriteEngine;

use crate::changes::Version;
use crate::engine::{Engine, ReadConnection, ReadKind};
use crate::error::StoreError;
use crate::open_error::OpenError;
use crate::sql::{self, move_mark};
use crate::sql_store::SqlStore;
use crate::version_watch::VersionWatch;
use crate::writer::Writer;

/// The largest number of connections that read.
const READ_CONNECTIONS: u32 = 10;
/// The time for which a read waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// Begins reads that see one state of the database.
pub(crate) const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
/// Begins one read through a pooler, which keeps a connection for the length of a transaction.
pub(crate) const BEGIN_SINGLE: &str = "BEGIN";

/// The addresses of one database.
#[derive(Debug, Clone)]
pub(crate) struct PgAddresses {
    /// The address for reads and writes, which may be a pooler's.
    pub(crate) pooled: PgAddress,
    /// The address without a pooler, where `pooled` is one's.
    pub(crate) direct: Option<PgAddress>,
}

impl PgAddresses {
    /// Returns the address of connections that keep a session: for migrations, notifications, and the version.
    pub(crate) fn of_sessions(&self) -> &PgAddress {
        self.direct.as_ref().unwrap_or(&self.pooled)
    }

    /// True where each connection for reads and writes has a session of its own.
    fn has_sessions(&self) -> bool {
        self.direct.is_none()
    }
}

/// An open database, as it is read.
pub(crate) struct PgEngine {
    pool: AnyPool,
    has_sessions: bool,
    version_watch: VersionWatch,
    listening: AbortHandle,
}

/// Connects to a database, upgrades its tables, and starts its writer.
pub(crate) async fn open(addresses: PgAddresses) -> Result<SqlStore<PgEngine>, OpenError> {
    sqlx::any::install_default_drivers();
    let sessions = addresses.of_sessions().clone();
    let has_sessions = addresses.has_sessions();
    if !has_sessions {
        sql::keep_none_prepared();
    }
    prepare::refuse_pooler(&sessions).await?;
    let connection = prepare::prepare(&sessions).await?;
    refuse_half_moved(&sessions, connection).await?;
    let failed = |error: sqlx::Error| prepare::open_error(&addresses.pooled, &error);
    let pool = addresses.pooled.pool(has_sessions).await.map_err(failed)?;
    let (committed, commits) = watch::channel(());
    let listening = notifications::listen(sessions.clone(), committed.clone());
    let version_watch = VersionWatch::start(SnapshotVersion::of(sessions));
    let writer = Writer::start(PgWriteEngine::to(addresses.pooled.clone(), has_sessions), committed);
    Ok(SqlStore::new(PgEngine { pool, has_sessions, version_watch, listening }, writer, commits))
}

/// Connects to a database for a move: upgraded like any, also where it is half filled.
pub(crate) async fn connect_to_move(address: &PgAddress) -> Result<AnyConnection, OpenError> {
    sqlx::any::install_default_drivers();
    prepare::prepare(address).await
}

/// Fails where a move into the database is not finished.
async fn refuse_half_moved(address: &PgAddress, mut connection: AnyConnection) -> Result<(), OpenError> {
    let half = move_mark::is_there(&mut connection).await;
    let half = half.map_err(|error| prepare::open_error(address, &error))?;
    // It has written nothing.
    let _ = connection.close().await;
    if half { Err(OpenError::HalfMoved { database: address.to_string() }) } else { Ok(()) }
}

#[async_trait]
impl Engine for PgEngine {
    const READ_PATIENCE: Duration = Duration::from_secs(8);

    const MAY_BE_SHARED: bool = true;

    async fn read(&self, kind: ReadKind) -> Result<ReadConnection, StoreError> {
        Ok(match kind {
            ReadKind::Single if self.has_sessions => ReadConnection::Plain(self.pool.acquire().await?),
            ReadKind::Single => ReadConnection::Snapshot(self.pool.begin_with(BEGIN_SINGLE).await?),
            ReadKind::Snapshot => ReadConnection::Snapshot(self.pool.begin_with(BEGIN_SNAPSHOT).await?),
        })
    }

    async fn version(&self) -> Result<Version, StoreError> {
        self.version_watch.version().await
    }

    async fn close(&self) {
        self.listening.abort();
        self.version_watch.close().await;
        self.pool.close().await;
    }
}
