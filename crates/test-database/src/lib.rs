//! A fresh PostgreSQL database for each test, copied from one that was made ready once.
//!
//! `cargo xtask test` starts a cluster for all tests and says where it is in [`CLUSTER`].

use std::future::Future;
use std::{env, thread};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use uuid::Uuid;

/// The environment variable with the address of the cluster's database `postgres`.
pub const CLUSTER: &str = "TEST_POSTGRES";

/// A test takes this lock while it makes the template ready.
const LOCK: &str = "SELECT pg_advisory_lock(1)";
/// The database that the others are copies of; named for the tables in it.
const TEMPLATE: &str = "dumka_template";

/// A database that is dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    cluster: String,
    name: String,
}

impl TestDatabase {
    /// Creates a database as `prepare` makes it, which is called with the address of an empty one where no test called it
    /// before. None where there is no cluster.
    pub async fn create<F: Future<Output = ()>>(prepare: impl FnOnce(String) -> F) -> Option<Self> {
        let cluster = cluster()?;
        let mut connection = connect(&cluster).await;
        connection.execute(LOCK).await.expect("the cluster is there");
        let template = format!("SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'");
        let template =
            connection.fetch_optional(AssertSqlSafe(template)).await.expect("databases are listed");
        if template.is_none() {
            run(
                &mut connection,
                format!("CREATE DATABASE {TEMPLATE}_new ENCODING 'UTF8' TEMPLATE template0"),
            )
            .await;
            prepare(url_of(&cluster, &format!("{TEMPLATE}_new"))).await;
            run(&mut connection, format!("ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")).await;
        }
        let name = format!("test_{}", Uuid::new_v4().simple());
        run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
        connection.close().await.expect("the cluster is there");
        Some(Self { cluster, name })
    }

    /// Creates a database without any table. None where there is no cluster.
    pub async fn create_empty() -> Option<Self> {
        let cluster = cluster()?;
        let mut connection = connect(&cluster).await;
        let name = format!("test_{}", Uuid::new_v4().simple());
        run(&mut connection, format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).await;
        connection.close().await.expect("the cluster is there");
        Some(Self { cluster, name })
    }

    /// Returns the address of the database.
    pub fn url(&self) -> String {
        url_of(&self.cluster, &self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (cluster, name) = (self.cluster.clone(), self.name.clone());
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime can be made").block_on(async {
                let mut connection = connect(&cluster).await;
                run(&mut connection, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            });
        });
        // The cluster goes with the whole run; a database that is left in it does no harm.
        let _ = dropping.join();
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests are told where the cluster is by what runs them")]
fn cluster() -> Option<String> {
    env::var(CLUSTER).ok()
}

async fn connect(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().expect("the cluster has an address");
    options.connect().await.expect("the cluster is there")
}

async fn run(connection: &mut PgConnection, sql: String) {
    connection.execute(AssertSqlSafe(sql)).await.expect("the cluster's owner may do everything");
}

/// Returns the address of another database of the cluster, `postgres:///postgres?…`.
fn url_of(cluster: &str, database: &str) -> String {
    cluster.replacen("/postgres?", &format!("/{database}?"), 1)
}
