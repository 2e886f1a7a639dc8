//! A database file: its address, its connections and their settings.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions, Executor};

use super::error_code::{self as code, primary_code};
use crate::error::StoreError;
use crate::open_error::OpenError;
use crate::sql::dialect::Dialect;
use crate::sql::migrations::UpgradeError;
use crate::sql::{merge_threads, migrations, reparse};

/// Begins a write at once, so that waiting for another writer happens here and nowhere later.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Begins reads that see one snapshot of the database.
pub(crate) const BEGIN_READ: &str = "BEGIN";

/// Readers and the writer do not wait for each other (WAL), and every commit is synced (FULL). Deleted content is
/// overwritten, so that a comment deleted by its author is not found in the file.
const WRITER_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";
/// The first read opens every file that SQLite opens late, while it is there.
const READER_SETTINGS: &str =
    "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; SELECT COUNT(*) FROM sqlite_schema;";
const READ_CONNECTIONS: u32 = 4;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// A database file.
#[derive(Debug, Clone)]
pub(crate) struct SqliteFile {
    path: PathBuf,
    /// The address without the mode in which it is opened.
    address: String,
    /// Its largest size in pages; no limit but the disk's when absent.
    max_page_count: Option<u32>,
}

/// A connection that writes, and the file that it writes to.
pub(super) struct WriteConnection {
    pub(super) connection: AnyConnection,
    pub(super) file_id: FileId,
}

/// The identity of a file, whatever its name: device and inode. None where there is no file.
///
/// SQLite goes on writing to a file that was moved away or deleted; such a write would be lost.
/// (On systems other than Unix an open file cannot be taken away.)
pub(super) type FileId = Option<(u64, u64)>;

impl SqliteFile {
    /// Reads `sqlite://PATH`, relative to the working directory; `?max_page_count=N` limits the file's size.
    pub(crate) fn at(url: &str) -> Result<Self, OpenError> {
        Self::parse(url).ok_or_else(|| OpenError::AddressUnknown(url.into()))
    }

    fn parse(url: &str) -> Option<Self> {
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let (path, limit) = path.split_once('?').map_or((path, None), |(path, limit)| (path, Some(limit)));
        if path.is_empty() || path == ":memory:" || path.contains('\0') {
            return None;
        }
        let max_page_count = match limit {
            None => None,
            Some(limit) => Some(limit.strip_prefix("max_page_count=")?.parse().ok()?),
        };
        let path = std::path::absolute(path).ok()?;
        let file_url = url::Url::from_file_path(&path).ok()?;
        let address = format!("sqlite:{}", file_url.as_str().trim_start_matches("file:"));
        Some(Self { path, address, max_page_count })
    }

    /// Fails where there is no such file.
    pub(crate) fn require(&self) -> Result<(), OpenError> {
        if self.path.exists() { Ok(()) } else { Err(OpenError::Missing { file: self.path.clone() }) }
    }

    /// Creates the file if it is missing, upgrades its tables, and returns a writing connection.
    pub(super) async fn open(&self) -> Result<WriteConnection, OpenError> {
        install_driver();
        let directory = self.path.parent().unwrap_or(Path::new("/"));
        if !directory.is_dir() {
            let directory = directory.into();
            return Err(OpenError::DirectoryMissing { file: self.path.clone(), directory });
        }
        self.write_connection("rwc").await
    }

    /// Returns a writing connection to the file that is there now, after the former one failed.
    pub(super) async fn reopen(&self) -> Result<WriteConnection, StoreError> {
        self.write_connection("rw").await.map_err(|error| match error {
            OpenError::Failed { source, .. } => source.into(),
            other => StoreError::Unavailable(other.to_string()),
        })
    }

    /// Opens the file for a move: upgraded like any, also where it is half filled.
    pub(crate) async fn open_to_move(&self) -> Result<AnyConnection, OpenError> {
        Ok(self.open().await?.connection)
    }

    /// Returns the identity of the file that is there now.
    pub(super) fn id(&self) -> FileId {
        #[cfg(unix)]
        let id = {
            use std::os::unix::fs::MetadataExt;
            self.path.metadata().ok().map(|file| (file.dev(), file.ino()))
        };
        #[cfg(not(unix))]
        let id = self.path.exists().then_some((0, 0));
        id
    }

    /// Opens a pool of reading connections, all of them at once: an open file can be read whatever happens to its name.
    pub(super) async fn read_pool(&self) -> sqlx::Result<AnyPool> {
        let pool = AnyPoolOptions::new()
            .min_connections(READ_CONNECTIONS)
            .max_connections(READ_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .max_lifetime(None)
            .idle_timeout(None)
            // A local file has no use for one more round trip per read.
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(READER_SETTINGS).await.map(drop) })
            });
        pool.connect_with(self.options("rw")?).await
    }

    /// Opens a connection that reads and stays the same, so that it notices the writes of others.
    pub(super) async fn watch_connection(&self) -> sqlx::Result<AnyConnection> {
        let mut connection = self.options("rw")?.connect().await?;
        connection.execute(READER_SETTINGS).await?;
        Ok(connection)
    }

    async fn write_connection(&self, mode: &str) -> Result<WriteConnection, OpenError> {
        let mut connection = self.connect(mode).await.map_err(|e| self.open_error(e))?;
        let file_id = self.id();
        self.refuse_foreign(&mut connection).await?;
        migrations::migrate(&mut connection, Dialect::Sqlite).await.map_err(|e| self.migrate_error(e))?;
        merge_threads::run(&mut connection, BEGIN_WRITE).await.map_err(|e| self.open_error(e))?;
        probe_write(&mut connection).await.map_err(|e| self.open_error(e))?;
        reparse::run(&mut connection, BEGIN_WRITE).await.map_err(|e| self.open_error(e))?;
        Ok(WriteConnection { connection, file_id })
    }

    async fn connect(&self, mode: &str) -> sqlx::Result<AnyConnection> {
        let mut connection = self.options(mode)?.connect().await?;
        connection.execute(WRITER_SETTINGS).await?;
        if let Some(pages) = self.max_page_count {
            connection.execute(AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).await?;
        }
        Ok(connection)
    }

    fn options(&self, mode: &str) -> sqlx::Result<AnyConnectOptions> {
        format!("{}?mode={mode}", self.address).parse()
    }

    /// Refuses another program's database, which must not get our tables.
    async fn refuse_foreign(&self, connection: &mut AnyConnection) -> Result<(), OpenError> {
        let ours = "SELECT COUNT(*), COALESCE(SUM(name = '_sqlx_migrations'), 0) FROM sqlite_master WHERE type = 'table'";
        let (tables, ours): (i64, i64) =
            sqlx::query_as(ours).fetch_one(connection).await.map_err(|e| self.open_error(e))?;
        if tables > 0 && ours == 0 {
            return Err(OpenError::Foreign { file: self.path.clone() });
        }
        Ok(())
    }

    /// Translates a failure to open for whoever started the program.
    pub(super) fn open_error(&self, source: sqlx::Error) -> OpenError {
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

    fn migrate_error(&self, error: UpgradeError) -> OpenError {
        match error {
            UpgradeError::Newer { found } => OpenError::Newer {
                database: self.path.display().to_string(),
                found,
                known: migrations::NEWEST,
            },
            UpgradeError::Read(source)
            | UpgradeError::Migrate(
                MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _),
            ) => self.open_error(source),
            UpgradeError::Migrate(other) => self.open_error(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}

impl fmt::Display for SqliteFile {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.path.display().fmt(f)
    }
}

/// Installs sqlx's drivers, which must happen before the first connection.
fn install_driver() {
    static DRIVER: Once = Once::new();
    DRIVER.call_once(sqlx::any::install_default_drivers);
}

/// Fails where the file can be read but not written.
async fn probe_write(connection: &mut AnyConnection) -> sqlx::Result<()> {
    connection.execute(BEGIN_WRITE).await?;
    connection.execute("ROLLBACK").await?;
    Ok(())
}
