//! Databases of this and of earlier versions, each in a directory of its own.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dumka_storage::Store;
use sqlx::any::install_default_drivers;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, SqlSafeStr};
use tempfile::TempDir;

/// A store in a directory of its own, which is removed with it.
pub(crate) struct TestStore {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: TempDir,
}

impl TestStore {
    /// Opens a fresh store.
    pub(crate) async fn open() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let store = dumka_storage::open(&address(&directory)).await.expect("a new database can be made");
        Self { store, directory }
    }
}

/// Creates the empty database of the version with this migration, and connects to it.
pub(crate) async fn database_of(version: i64) -> (TempDir, AnyConnection) {
    install_default_drivers();
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let url = format!("{}?mode=rwc", address(&directory));
    let mut connection = AnyConnection::connect(&url).await.expect("a new database can be made");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let steps = files.iter().map(|file| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let (number, description) = name.split_once('_').expect("a migration has a number and a name");
        let sql = AssertSqlSafe(fs::read_to_string(file).unwrap()).into_sql_str();
        let description = description.to_owned().into();
        Migration::new(number.parse().unwrap(), description, MigrationType::Simple, sql, false)
    });
    let steps = steps.filter(|step| step.version <= version).collect();
    Migrator::with_migrations(steps).run_direct(None, &mut connection, false).await.unwrap();
    (directory, connection)
}

/// The address of the database in a directory.
pub(crate) fn address(directory: &TempDir) -> String {
    format!("sqlite://{}", directory.path().join("dumka.db").display())
}
