//! PostgreSQL: the contract, several servers on one database, a database in trouble.

mod cut_off;
mod servers;

use std::sync::Arc;

use dumka_storage::Store;
use dumka_test_database::TestDatabase;

/// Opens a fresh store, which goes with its database.
async fn fresh() -> (Arc<dyn Store>, TestDatabase) {
    let database = database().await;
    let store = dumka_storage::open(database.url()).await.expect("the database can be opened");
    (store, database)
}

/// Creates a database of the present schema.
pub(crate) async fn database() -> TestDatabase {
    let prepare = |url: String| async move {
        dumka_storage::open(url).await.expect("an empty database can be opened").close().await;
    };
    TestDatabase::create(prepare).await.expect("cargo xtask test says where PostgreSQL is")
}

/// The promises that every engine keeps.
mod contract {
    crate::contract::contract! { crate::postgres::fresh, #[ignore = "needs PostgreSQL, which cargo xtask test starts"] }
}
