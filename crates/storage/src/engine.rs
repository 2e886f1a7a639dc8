//! The traits of an engine: what each does its own way, as connecting, beginning, and noticing the writes of others.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use async_trait::async_trait;
use dumka_domain::comment::CommentId;
use dumka_domain::thread::ThreadKey;
use sqlx::any::Any;
use sqlx::pool::PoolConnection;
use sqlx::{AnyConnection, Transaction};

use crate::changes::Version;
use crate::error::StoreError;

/// An open database of one engine, as it is read.
#[async_trait]
pub(crate) trait Engine: Send + Sync + 'static {
    /// The time after which a read has failed, with the wait for its connection.
    const READ_PATIENCE: Duration;

    /// True where servers on several machines may share a database.
    const MAY_BE_SHARED: bool;

    /// Takes a connection for one read of this kind.
    async fn read(&self, kind: ReadKind) -> Result<ReadConnection, StoreError>;
    /// Reads the present version of the database.
    async fn version(&self) -> Result<Version, StoreError>;
    /// Closes every connection that reads.
    async fn close(&self);
}

/// The connection of the writer, which an engine opens when it is needed.
#[async_trait]
pub(crate) trait WriteEngine: Send + 'static {
    /// The time after which a transaction counts as failed, and its connection as lost.
    const PATIENCE: Duration;

    /// Begins a transaction in which nobody else writes to these threads.
    async fn begin(&mut self, threads: &[WrittenThread]) -> Result<Transaction<'_, Any>, StoreError>;
    /// Commits a transaction, and tells the other servers on the database where there may be some.
    async fn commit(transaction: Transaction<'_, Any>) -> Result<(), StoreError>
    where
        Self: Sized;
    /// Throws the connection away: that rolls back, whatever state a failure has left behind.
    async fn discard(&mut self);
    /// Closes the connection. Every answered write is synced already.
    async fn close(self: Box<Self>);
}

/// The thread that a write belongs to.
#[derive(Debug, Clone)]
pub(crate) enum WrittenThread {
    /// It may not be there yet.
    Named(ThreadKey),
    /// The thread of this comment.
    Of(CommentId),
}

/// The extent of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadKind {
    /// One statement.
    Single,
    /// Several statements that see one state of the database.
    Snapshot,
}

/// A connection that is taken for one read; it goes back when dropped.
pub(crate) enum ReadConnection {
    /// One that sees every commit.
    Plain(PoolConnection<Any>),
    /// One that sees one state of the database.
    Snapshot(Transaction<'static, Any>),
}

impl Deref for ReadConnection {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match self {
            Self::Plain(connection) => connection,
            Self::Snapshot(transaction) => transaction,
        }
    }
}

impl DerefMut for ReadConnection {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match self {
            Self::Plain(connection) => connection,
            Self::Snapshot(transaction) => transaction,
        }
    }
}
