//! What is special to SQLite: its address, its settings, its error codes.

use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Executor};

use super::error::{OpenError, StoreError};
use super::schema;

/// Begins a write at once, so that waiting for another writer happens here and nowhere later.
pub(super) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Readers and the writer do not wait for each other (WAL), and every commit is synced (FULL).
const WRITER_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
const READER_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;";
const READERS: u32 = 4;
const READER_WAIT: Duration = Duration::from_secs(5);

/// A database file.
#[derive(Debug, Clone)]
pub(super) struct SqliteFile {
    path: PathBuf,
    /// The address without the mode in which it is opened.
    address: String,
}

impl SqliteFile {
    /// The file that `sqlite://PATH` names, relative to the working directory.
    pub(super) fn at(url: &str) -> Result<Self, OpenError> {
        static DRIVER: Once = Once::new();
        DRIVER.call_once(sqlx::any::install_default_drivers);

        let unknown = || OpenError::AddressUnknown(url.into());
        let path = url.strip_prefix("sqlite:").ok_or_else(unknown)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.contains(['?', '\0']) || path == ":memory:" {
            return Err(unknown());
        }
        let path = std::path::absolute(path).map_err(|_| unknown())?;
        let file_url = url::Url::from_file_path(&path).map_err(|()| unknown())?;
        let address = format!("sqlite:{}", file_url.as_str().trim_start_matches("file:"));
        Ok(Self { path, address })
    }

    /// Makes the file if it is missing, brings its tables up to date, and gives the writing connection.
    pub(super) async fn open(&self) -> Result<AnyConnection, OpenError> {
        let directory = self.path.parent().unwrap_or(Path::new("/"));
        if !directory.is_dir() {
            let directory = directory.into();
            return Err(OpenError::DirectoryMissing { file: self.path.clone(), directory });
        }
        let mut connection = self.connect("rwc", WRITER_SETTINGS).await.map_err(|e| self.open_error(e))?;
        self.refuse_foreign(&mut connection).await?;
        schema::migrate(&mut connection).await.map_err(|e| self.migrate_error(e))?;
        self.probe_write(&mut connection).await.map_err(|e| self.open_error(e))?;
        Ok(connection)
    }

    /// Gives a writing connection to the file as it is, after the former one failed.
    pub(super) async fn reopen(&self) -> Result<AnyConnection, StoreError> {
        Ok(self.connect("rw", WRITER_SETTINGS).await?)
    }

    /// A pool of reading connections.
    pub(super) fn readers(&self) -> Result<AnyPool, OpenError> {
        let options = self.options("rw").map_err(|e| self.open_error(e))?;
        let pool = AnyPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(READER_WAIT)
            .max_lifetime(None)
            .idle_timeout(None)
            // A round trip per read that a local file has no use for.
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(READER_SETTINGS).await.map(drop) })
            });
        Ok(pool.connect_lazy_with(options))
    }

    async fn connect(&self, mode: &str, settings: &'static str) -> sqlx::Result<AnyConnection> {
        let mut connection = self.options(mode)?.connect().await?;
        connection.execute(settings).await?;
        Ok(connection)
    }

    fn options(&self, mode: &str) -> sqlx::Result<AnyConnectOptions> {
        format!("{}?mode={mode}", self.address).parse()
    }

    /// Another program's database must not get our tables.
    async fn refuse_foreign(&self, connection: &mut AnyConnection) -> Result<(), OpenError> {
        let ours = "SELECT COUNT(*), COALESCE(SUM(name = '_sqlx_migrations'), 0) FROM sqlite_master WHERE type = 'table'";
        let (tables, ours): (i64, i64) =
            sqlx::query_as(ours).fetch_one(connection).await.map_err(|e| self.open_error(e))?;
        if tables > 0 && ours == 0 {
            return Err(OpenError::Foreign { file: self.path.clone() });
        }
        Ok(())
    }

    async fn probe_write(&self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        connection.execute(BEGIN_WRITE).await?;
        connection.execute("ROLLBACK").await?;
        Ok(())
    }

    fn open_error(&self, source: sqlx::Error) -> OpenError {
        let file = self.path.clone();
        match primary_code(&source) {
            Some(code::BUSY | code::LOCKED) => OpenError::Locked { file },
            Some(code::READONLY | code::CANTOPEN | code::PERM) => {
                OpenError::NotWritable { file, reason: source.to_string() }
            }
            Some(code::NOTADB) => OpenError::Foreign { file },
            _ => OpenError::Failed { file, source },
        }
    }

    fn migrate_error(&self, error: MigrateError) -> OpenError {
        match error {
            MigrateError::VersionMissing(found) | MigrateError::VersionTooNew(found, _) => {
                OpenError::Newer { file: self.path.clone(), found, known: schema::NEWEST }
            }
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                self.open_error(source)
            }
            other => self.open_error(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let said = error.to_string();
        match primary_code(&error) {
            Some(code::FULL) => Self::Full,
            Some(code::BUSY | code::LOCKED | code::READONLY | code::CANTOPEN | code::IOERR | code::PERM) => {
                Self::Unavailable(said)
            }
            Some(_) => Self::Corrupt(said),
            None if is_decoding(&error) => Self::Corrupt(said),
            None => Self::Unavailable(said),
        }
    }
}

fn is_decoding(error: &sqlx::Error) -> bool {
    use sqlx::Error::{ColumnDecode, ColumnIndexOutOfBounds, ColumnNotFound, Decode, RowNotFound};
    matches!(
        error,
        ColumnDecode { .. } | ColumnIndexOutOfBounds { .. } | ColumnNotFound(_) | Decode(_) | RowNotFound
    )
}

/// SQLite's primary result codes (<https://sqlite.org/rescode.html>).
mod code {
    pub(super) const PERM: i32 = 3;
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READONLY: i32 = 8;
    pub(super) const IOERR: i32 = 10;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
}

/// The low byte of the extended result code that sqlx gives.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xFF)
}
