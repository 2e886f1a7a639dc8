//! The database of a test.

use dumka_server::storage;
use dumka_test_database::TestDatabase;
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
}
