//! SQLite: the contract, a database file in trouble, databases of earlier versions.

mod changes;
mod column_names;
mod earlier;
mod file;
pub(crate) mod fixture;
mod merge_threads;
mod newer;
mod reparse;

use std::sync::Arc;

use dumka_storage::Store;
use tempfile::TempDir;

/// Opens a fresh store, which goes with its directory.
async fn fresh() -> (Arc<dyn Store>, TempDir) {
    let fixture::TestStore { store, directory } = fixture::TestStore::open().await;
    (store, directory)
}

/// The promises that every engine keeps.
mod contract {
    crate::contract::contract! { crate::sqlite::fresh }
}
