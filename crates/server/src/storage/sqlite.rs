//! What is special to SQLite: its address, its settings, its error codes.

use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions, Executor};

use super::error::{OpenError, StoreError};
use super::sqlite_code::{self as code, primary_code};
use super::{merge_threads, reparse, schema};

/// Begins a write at once, so that waiting for another writer happens here and nowhere later.
pub(super) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Begins reads that see one state of the database.
pub(super) const BEGIN_READ: &str = "BEGIN";

/// Readers and the writer do not wait for each other (WAL), and every commit is synced (FULL). What is deleted
/// is overwritten, so that what an author took back is not found in the file.
const WRITER_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";
/// The first read opens what SQLite opens late, while it is there.
const READER_SETTINGS: &str =
    "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; SELECT COUNT(*) FROM sqlite_schema;";
const READERS: u32 = 4;
const READER_WAIT: Duration = Duration::from_secs(5);

/// A database file.
#[derive(Debug, Clone)]
pub(super) struct SqliteFile {
    path: PathBuf,
    /// The address without the mode in which it is opened.
    address: String,
    /// How large it may grow, in pages; no limit but the disk's when absent.
    max_page_count: Option<u32>,
}

/// A connection that writes, and which file it writes to.
pub(super) struct Session {
    pub(super) connection: AnyConnection,
    pub(super) identity: Identity,
}

/// What makes a file that file, whatever its name: device and inode. None where there is no file.
///
/// SQLite goes on writing to a file that was moved away or deleted; such a write would be lost.
/// (On systems other than Unix an open file cannot be taken away.)
pub(super) type Identity = Option<(u64, u64)>;

impl SqliteFile {
    /// The file that `sqlite://PATH` names, relative to the working directory; `?max_page_count=N`
    /// limits how large it may grow.
    pub(super) fn at(url: &str) -> Result<Self, OpenError> {
        static DRIVER: Once = Once::new();
        DRIVER.call_once(sqlx::any::install_default_drivers);
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
    pub(super) fn require(&self) -> Result<(), OpenError> {
        if self.path.exists() { Ok(()) } else { Err(OpenError::Missing { file: self.path.clone() }) }
    }

    /// Makes the file if it is missing, brings its tables up to date, and gives a writing connection.
    pub(super) async fn open(&self) -> Result<Session, OpenError> {
        let directory = self.path.parent().unwrap_or(Path::new("/"));
        if !directory.is_dir() {
            let directory = directory.into();
            return Err(OpenError::DirectoryMissing { file: self.path.clone(), directory });
        }
        self.session("rwc").await
    }

    /// Gives a writing connection to the file that is there now, after the former one failed.
    pub(super) async fn reopen(&self) -> Result<Session, StoreError> {
        self.session("rw").await.map_err(|error| match error {
            OpenError::Failed { source, .. } => source.into(),
            other => StoreError::Unavailable(other.to_string()),
        })
    }

    /// Which file is there now.
    pub(super) fn identity(&self) -> Identity {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            self.path.metadata().ok().map(|file| (file.dev(), file.ino()))
        };
        #[cfg(not(unix))]
        let identity = self.path.exists().then_some((0, 0));
        identity
    }

    /// A pool of reading connections, all of them open: what is open can be read whatever happens to the file.
    pub(super) async fn readers(&self) -> sqlx::Result<AnyPool> {
        let pool = AnyPoolOptions::new()
            .min_connections(READERS)
            .max_connections(READERS)
            .acquire_timeout(READER_WAIT)
            .max_lifetime(None)
            .idle_timeout(None)
            // A round trip per read that a local file has no use for.
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(READER_SETTINGS).await.map(drop) })
            });
        pool.connect_with(self.options("rw")?).await
    }

    /// A connection that reads and stays the same, so that it can tell what others wrote.
    pub(super) async fn watcher(&self) -> sqlx::Result<AnyConnection> {
        let mut connection = self.options("rw")?.connect().await?;
        connection.execute(READER_SETTINGS).await?;
        Ok(connection)
    }

    async fn session(&self, mode: &str) -> Result<Session, OpenError> {
        let mut connection = self.connect(mode).await.map_err(|e| self.open_error(e))?;
        let identity = self.identity();
        self.refuse_foreign(&mut connection).await?;
        schema::migrate(&mut connection).await.map_err(|e| self.migrate_error(e))?;
        merge_threads::run(&mut connection).await.map_err(|e| self.open_error(e))?;
        probe_write(&mut connection).await.map_err(|e| self.open_error(e))?;
        reparse::reparse(&mut connection).await.map_err(|e| self.open_error(e))?;
        Ok(Session { connection, identity })
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

    /// Says what a failure to open means to whoever started the program.
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

/// Fails where the file can be read but not written.
async fn probe_write(connection: &mut AnyConnection) -> sqlx::Result<()> {
    connection.execute(BEGIN_WRITE).await?;
    connection.execute("ROLLBACK").await?;
    Ok(())
}
