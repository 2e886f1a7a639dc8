//! Makes a database ready: its tables, their upgrades, and what an upgrade does to stored comments.

use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, Connection, Executor, Row};

use super::address::PgAddress;
use super::error_code::{self as code, sql_state};
use crate::open_error::OpenError;
use crate::sql::dialect::Dialect;
use crate::sql::{merge_threads, migrations, reparse};

/// The oldest version that is known to work, as PostgreSQL numbers its versions.
const OLDEST_VERSION: i32 = 150_000;

/// One server at a time makes the database ready, and the next one finds it so. A session's lock, which needs an address
/// without a pooler, like the one that sqlx takes for migrations.
const LOCK: &str = "SET client_min_messages = warning; SELECT pg_advisory_lock(hashtext('dumka prepares'))";
const UNLOCK: &str = "SELECT pg_advisory_unlock(hashtext('dumka prepares'))";
/// Begins a transaction that moves comments between threads, while nobody writes.
const BEGIN_MERGE: &str = "BEGIN; LOCK TABLE threads, comments IN SHARE ROW EXCLUSIVE MODE";
/// Begins a transaction that replaces what is drawn of a text.
const BEGIN_REPARSE: &str = "BEGIN";

/// Creates the tables where they are missing, upgrades them, and returns the connection by which it was done.
pub(super) async fn prepare(address: &PgAddress) -> Result<AnyConnection, OpenError> {
    let failed = |error: sqlx::Error| open_error(address, &error);
    let mut connection = address.connect().await.map_err(failed)?;
    require_version(address, &mut connection).await?;
    connection.execute(LOCK).await.map_err(failed)?;
    refuse_foreign(address, &mut connection).await?;
    migrations::migrate(&mut connection, Dialect::Postgres)
        .await
        .map_err(|error| migrate_error(address, error))?;
    merge_threads::run(&mut connection, BEGIN_MERGE).await.map_err(failed)?;
    reparse::run(&mut connection, BEGIN_REPARSE).await.map_err(failed)?;
    connection.execute(UNLOCK).await.map_err(failed)?;
    Ok(connection)
}

/// Refuses an address whose sessions are shared: two connections that are open at once have one session of the server, as
/// they do behind a pooler that hands a session on after every transaction.
pub(super) async fn refuse_pooler(address: &PgAddress) -> Result<(), OpenError> {
    let failed = |error: sqlx::Error| open_error(address, &error);
    let mut first = address.connect().await.map_err(failed)?;
    let mut second = address.connect().await.map_err(failed)?;
    let mut sessions = [0; 2];
    for (session, connection) in sessions.iter_mut().zip([&mut first, &mut second]) {
        // Sent as it is: a pooler might give the parts of a prepared statement to two sessions.
        let row = connection.fetch_one("SELECT pg_backend_pid()").await.map_err(failed)?;
        *session = row.try_get(0).map_err(failed)?;
    }
    let [one, other]: [i32; 2] = sessions;
    for connection in [first, second] {
        // Nothing was done through it.
        let _ = connection.close().await;
    }
    if one == other { Err(OpenError::PostgresPooler { address: address.to_string() }) } else { Ok(()) }
}

/// Refuses a version that nobody has tried, and warns of settings by which a commit could be lost.
async fn require_version(address: &PgAddress, connection: &mut AnyConnection) -> Result<(), OpenError> {
    let sql = "SELECT CAST(current_setting('server_version_num') AS INTEGER), current_setting('server_version'), \
               current_setting('server_encoding'), current_setting('synchronous_commit'), current_setting('fsync')";
    let row = sqlx::query_as(sql)
        .fetch_one(connection)
        .await
        .map_err(|error: sqlx::Error| open_error(address, &error))?;
    let (number, version, encoding, synchronous, fsync): (i32, String, String, String, String) = row;
    let address = address.to_string();
    if number < OLDEST_VERSION {
        return Err(OpenError::PostgresTooOld { address, version });
    }
    if encoding != "UTF8" {
        return Err(OpenError::PostgresEncoding { address, encoding });
    }
    if synchronous == "off" || fsync == "off" {
        tracing::warn!(
            synchronous_commit = synchronous,
            fsync,
            "PostgreSQL confirms writes before they are on disk: what was answered can be lost when it stops"
        );
    }
    Ok(())
}

/// Refuses another program's database, which must not get our tables.
async fn refuse_foreign(address: &PgAddress, connection: &mut AnyConnection) -> Result<(), OpenError> {
    let sql = "SELECT to_regclass('_sqlx_migrations') IS NULL AND \
               (to_regclass('threads') IS NOT NULL OR to_regclass('comments') IS NOT NULL OR to_regclass('meta') IS NOT NULL)";
    let is_foreign = sqlx::query_scalar(sql).fetch_one(connection).await;
    if is_foreign.map_err(|error: sqlx::Error| open_error(address, &error))? {
        return Err(OpenError::PostgresForeign { address: address.to_string() });
    }
    Ok(())
}

/// Translates a failure to open for whoever started the program.
pub(super) fn open_error(address: &PgAddress, source: &sqlx::Error) -> OpenError {
    let address = address.to_string();
    let reason = source.to_string();
    match sql_state(source).as_deref() {
        Some(code::NO_SUCH_DATABASE) => OpenError::PostgresMissing { address },
        Some(code::INVALID_AUTHORIZATION | code::INVALID_PASSWORD) => {
            OpenError::PostgresRefused { address, reason }
        }
        Some(code::INSUFFICIENT_PRIVILEGE) => OpenError::PostgresRights { address, reason },
        Some(_) => OpenError::PostgresFailed { address, reason },
        None => OpenError::PostgresUnreachable { address, reason },
    }
}

fn migrate_error(address: &PgAddress, error: migrations::UpgradeError) -> OpenError {
    use migrations::UpgradeError;
    match error {
        UpgradeError::Newer { found } => {
            OpenError::Newer { database: address.to_string(), found, known: migrations::NEWEST }
        }
        UpgradeError::Migrate(MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _))
        | UpgradeError::Read(source) => open_error(address, &source),
        UpgradeError::Migrate(MigrateError::VersionMismatch(_)) => {
            OpenError::PostgresForeign { address: address.to_string() }
        }
        UpgradeError::Migrate(other) => open_error(address, &sqlx::Error::Migrate(Box::new(other))),
    }
}
