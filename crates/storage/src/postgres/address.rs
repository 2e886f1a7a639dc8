//! The address of a PostgreSQL database, and connections to it.

use std::time::Duration;
use std::{fmt, io};

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::postgres::PgListener;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};
use tokio::time::timeout;
use url::Url;

use super::{ACQUIRE_TIMEOUT, READ_CONNECTIONS};
use crate::open_error::OpenError;

/// The settings of a session: nothing waits for ever on the server. A transaction whose server says nothing more, because it
/// is cut off or halted, holds its threads' rows for no longer than others wait for them.
const SESSION: &str = "SET statement_timeout = '10s'; SET lock_timeout = '5s'; \
     SET idle_in_transaction_session_timeout = '4s'";
/// The time after which a connection that does not answer counts as lost.
const PING_TIMEOUT: Duration = Duration::from_secs(1);
/// The time in which a connection is made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The address of a database. It is shown without its password.
#[derive(Clone)]
pub(crate) struct PgAddress {
    url: Url,
}

impl PgAddress {
    /// Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, or the same with `postgresql:`.
    pub(crate) fn parse(text: &str) -> Result<Self, OpenError> {
        let unknown = || OpenError::AddressUnknown("postgres://…".into());
        let mut url = Url::parse(text).map_err(|_| unknown())?;
        // sqlx reads the rest, and says what is wrong with it.
        text.parse::<AnyConnectOptions>().map_err(|_| unknown())?;
        if !url.query_pairs().any(|(name, _)| name == "application_name") {
            url.query_pairs_mut().append_pair("application_name", "dumka");
        }
        Ok(Self { url })
    }

    /// Tells whether a text begins as such an address does.
    pub(crate) fn is_one(text: &str) -> bool {
        text.starts_with("postgres:") || text.starts_with("postgresql:")
    }

    /// Opens one connection.
    pub(super) async fn connect(&self) -> sqlx::Result<AnyConnection> {
        let options = self.options()?;
        in_time(CONNECT_TIMEOUT, options.connect()).await
    }

    /// Opens one connection on which nothing waits for ever.
    pub(super) async fn session(&self) -> sqlx::Result<AnyConnection> {
        let mut connection = self.connect().await?;
        in_time(CONNECT_TIMEOUT, connection.execute(SESSION)).await?;
        Ok(connection)
    }

    /// Opens a pool of connections, as they are needed; `has_sessions` where each of them has a session of its own.
    pub(super) async fn pool(&self, has_sessions: bool) -> sqlx::Result<AnyPool> {
        let pool = AnyPoolOptions::new()
            .max_connections(READ_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // The pool's own test waits for as long as the network does.
            .test_before_acquire(false)
            .before_acquire(|connection, _| Box::pin(async move { ping(connection).await.map(|()| true) }))
            // A read that was given up may have left a connection on which nothing comes any more.
            .after_release(|connection, _| Box::pin(async move { ping(connection).await.map(|()| true) }))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if has_sessions {
                        connection.execute(SESSION).await?;
                    }
                    Ok(())
                })
            });
        pool.connect_with(self.options()?).await
    }

    /// Opens a connection that hears notifications.
    pub(super) async fn listener(&self) -> sqlx::Result<PgListener> {
        PgListener::connect(self.url.as_str()).await
    }

    fn options(&self) -> sqlx::Result<AnyConnectOptions> {
        self.url.as_str().parse()
    }
}

/// Fails where a connection does not answer.
pub(super) async fn ping(connection: &mut AnyConnection) -> sqlx::Result<()> {
    in_time(PING_TIMEOUT, connection.ping()).await
}

/// Fails where something takes longer than `limit`.
pub(super) async fn in_time<T>(
    limit: Duration,
    work: impl Future<Output = sqlx::Result<T>>,
) -> sqlx::Result<T> {
    let too_late =
        || sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database does not answer"));
    timeout(limit, work).await.unwrap_or_else(|_| Err(too_late()))
}

impl fmt::Display for PgAddress {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut url = self.url.clone();
        // It can be set on any address that has a host; on others there is none.
        let _ = url.set_password(None);
        url.set_query(None);
        write!(f, "{url}")
    }
}

impl fmt::Debug for PgAddress {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "PgAddress({self})")
    }
}
