//! The database of a test.

use dumka_server::storage;
use dumka_test_database::TestDatabase;
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, Connection, Executor};
use tempfile::TempDir;

/// A database that vanishes with this value: on PostgreSQL where a cluster is named, and a file elsewhere.
pub enum TestStore {
    /// A file.
    File(TempDir),
    /// A database on PostgreSQL.
    Postgres(TestDatabase),
}

impl TestStore {
    /// Creates one without comments.
    pub async fn create() -> Self {
        let prepare = |url: String| async move {
            storage::open(url).await.expect("an empty database can be opened").close().await;
        };
        match TestDatabase::create(prepare).await {
            Some(database) => Self::Postgres(database),
            None => Self::File(tempfile::tempdir().unwrap()),
        }
    }

    /// Returns its address, for the settings of a server, or of another one beside it.
    pub fn url(&self) -> String {
        match self {
            Self::File(directory) => format!("sqlite://{}", directory.path().join("dumka.db").display()),
            Self::Postgres(database) => database.url(),
        }
    }

    /// Locks the database against all who write, as another program may; none where no program can.
    pub async fn lock(&self) -> Option<Lock> {
        let Self::File(_) = self else { return None };
        install_default_drivers();
        let mut connection = AnyConnection::connect(&self.url()).await.unwrap();
        connection.execute("BEGIN IMMEDIATE").await.unwrap();
        Some(Lock(connection))
    }
}

/// A lock of a database.
pub struct Lock(AnyConnection);

impl Lock {
    /// Lets others write again.
    pub async fn release(&mut self) {
        self.0.execute("ROLLBACK").await.unwrap();
    }
}
