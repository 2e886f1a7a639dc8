//! The connection that writes, and the locks by which several servers write to one database.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::any::Any;
use sqlx::{AnyConnection, Connection, Executor, Transaction};

use super::address::{PgAddress, ping};
use crate::engine::{WriteEngine, WrittenThread};
use crate::error::StoreError;
use crate::sql;

/// Begins a transaction on a session that has its timeouts already.
const BEGIN: &str = "BEGIN";
/// Begins one through a pooler, whose sessions are everybody's.
const BEGIN_WITH_TIMEOUTS: &str = "BEGIN; SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '5s'; \
     SET LOCAL idle_in_transaction_session_timeout = '4s'";
/// Tells the other servers, once for all writes of the transaction.
const NOTIFY: &str = "NOTIFY dumka_commits";

/// Locks the rows of threads until the commit, in the order of their ids, so that no two servers wait for each other.
/// The threads come as two JSON arrays: `[["SITE", "PAGE"], …]` and the ids of comments.
const LOCK: &str = "SELECT t.id FROM threads t WHERE t.id IN \
     (SELECT n.id FROM threads n JOIN jsonb_array_elements($1::jsonb) k ON n.site = k->>0 AND n.page = k->>1 \
     UNION SELECT c.thread_id FROM comments c JOIN jsonb_array_elements_text($2::jsonb) k ON c.id = k) \
     ORDER BY t.id FOR NO KEY UPDATE";

/// The connection that writes.
pub(super) struct PgWriteEngine {
    address: PgAddress,
    has_sessions: bool,
    connection: Option<AnyConnection>,
}

impl PgWriteEngine {
    /// Writes to the database at `address`, connecting where it must; `has_sessions` where that is no pooler's.
    pub(super) fn to(address: PgAddress, has_sessions: bool) -> Self {
        Self { address, has_sessions, connection: None }
    }

    async fn connect(&mut self) -> sqlx::Result<AnyConnection> {
        if self.has_sessions { self.address.session().await } else { self.address.connect().await }
    }

    /// Returns a connection that answers. One that was idle may have been cut meanwhile.
    async fn connection(&mut self) -> sqlx::Result<&mut AnyConnection> {
        if let Some(current) = &mut self.connection
            && ping(current).await.is_err()
        {
            self.connection = None;
        }
        let current = match self.connection.take() {
            Some(current) => current,
            None => self.connect().await?,
        };
        Ok(self.connection.insert(current))
    }
}

#[async_trait]
impl WriteEngine for PgWriteEngine {
    const PATIENCE: Duration = Duration::from_secs(9);

    async fn begin(&mut self, threads: &[WrittenThread]) -> Result<Transaction<'_, Any>, StoreError> {
        let begin = if self.has_sessions { BEGIN } else { BEGIN_WITH_TIMEOUTS };
        let mut transaction = self.connection().await?.begin_with(begin).await?;
        if !threads.is_empty() {
            let (named, comments) = keys(threads);
            sql::query(LOCK).bind(named).bind(comments).fetch_all(&mut *transaction).await?;
        }
        Ok(transaction)
    }

    async fn commit(mut transaction: Transaction<'_, Any>) -> Result<(), StoreError> {
        transaction.execute(NOTIFY).await?;
        Ok(transaction.commit().await?)
    }

    async fn discard(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Closing may fail likewise.
            let _ = connection.close_hard().await;
        }
    }

    async fn close(mut self: Box<Self>) {
        if let Some(connection) = self.connection.take() {
            // Every answered write is committed already; there is nothing left to lose.
            let _ = connection.close().await;
        }
    }
}

/// The keys of the threads that are named, and the comments by which the others are known, as JSON arrays.
fn keys(threads: &[WrittenThread]) -> (String, String) {
    let (mut named, mut comments) = (Vec::new(), Vec::new());
    for thread in threads {
        match thread {
            WrittenThread::Named(key) => named.push([&key.site, &key.page]),
            WrittenThread::Of(comment) => comments.push(comment.to_string()),
        }
    }
    let json = "texts are JSON";
    (serde_json::to_string(&named).expect(json), serde_json::to_string(&comments).expect(json))
}
