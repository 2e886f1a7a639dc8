//! Creates the tables and upgrades them from every earlier version.
//!
//! A schema has two numbers: its own, and the oldest one whose programs may still use the tables, which stands in `meta`.
//! So the servers of a rolling upgrade work side by side: the first of the new version upgrades the tables, and those of
//! the version before go on.

use std::borrow::Cow;

use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AssertSqlSafe, SqlSafeStr};

use super::dialect::Dialect;
use super::search;

/// Every step, oldest first. A step that was released never changes; a new one is added.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "comments", include_str!("../../migrations/0001_comments.sql")),
    (2, "revision", include_str!("../../migrations/0002_revision.sql")),
    (3, "changes", include_str!("../../migrations/0003_changes.sql")),
    (4, "votes", include_str!("../../migrations/0004_votes.sql")),
    (5, "reports", include_str!("../../migrations/0005_reports.sql")),
    (6, "latest", include_str!("../../migrations/0006_latest.sql")),
    (7, "live", include_str!("../../migrations/0007_live.sql")),
    (9, "pages", include_str!("../../migrations/0009_pages.sql")),
    (10, "changed", include_str!("../../migrations/0010_changed.sql")),
    (11, "names", include_str!("../../migrations/0011_names.sql")),
    (12, "schema", include_str!("../../migrations/0012_schema.sql")),
    (13, "rate_limits", include_str!("../../migrations/0013_rate_limits.sql")),
    (14, "newsroom", include_str!("../../migrations/0014_newsroom.sql")),
    (15, "search", SEARCH),
];

/// Stands for the step in which each engine makes the index of words in its own way.
const SEARCH: &str = "";

/// The newest schema version this program knows.
pub(crate) const NEWEST: i64 = STEPS[STEPS.len() - 1].0;

/// sqlx's own table of the steps that were applied.
const APPLIED: &str = "_sqlx_migrations";

/// The failure of an upgrade.
#[derive(Debug)]
pub(crate) enum UpgradeError {
    /// A newer version has changed the tables so that this one may not use them.
    Newer {
        /// Their schema version.
        found: i64,
    },
    /// The tables cannot be read.
    Read(sqlx::Error),
    /// A step failed.
    Migrate(MigrateError),
}

/// Upgrades the tables to [`NEWEST`]. Those of a newer version that lets this one in are left as they are.
pub(crate) async fn migrate(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), UpgradeError> {
    let steps = STEPS.iter().map(|&(version, description, sql)| {
        let sql = AssertSqlSafe(translate(dialect, sql).into_owned()).into_sql_str();
        Migration::new(version, description.into(), MigrationType::Simple, sql, false)
    });
    let mut migrator = Migrator::with_migrations(steps.collect());
    migrator.set_ignore_missing(true);
    refuse_newer(connection).await?;
    // `run` would do the same through `Acquire`, whose future the compiler cannot prove `Send`.
    migrator.run_direct(None, connection, false).await.map_err(UpgradeError::Migrate)
}

/// Fails where a newer version has shut this one out.
async fn refuse_newer(connection: &mut AnyConnection) -> Result<(), UpgradeError> {
    connection.ensure_migrations_table(APPLIED).await.map_err(UpgradeError::Migrate)?;
    let newest = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations");
    let found: i64 = newest.fetch_one(&mut *connection).await.map_err(UpgradeError::Read)?;
    if found <= NEWEST {
        return Ok(());
    }
    let oldest = sqlx::query_scalar("SELECT value FROM meta WHERE name = 'oldest_schema'");
    let oldest: Option<String> = oldest.fetch_optional(connection).await.map_err(UpgradeError::Read)?;
    match oldest.and_then(|oldest| oldest.parse::<i64>().ok()) {
        Some(oldest) if oldest <= NEWEST => {
            tracing::info!(
                schema = found,
                known = NEWEST,
                "the tables are those of a newer version, which lets this one in"
            );
            Ok(())
        }
        _ => Err(UpgradeError::Newer { found }),
    }
}

/// Translates a step, so that both engines compare texts by their bytes, and PostgreSQL keeps no log of what may be lost.
fn translate(dialect: Dialect, sql: &'static str) -> Cow<'static, str> {
    match dialect {
        _ if sql == SEARCH => search::tables(dialect).into(),
        Dialect::Sqlite => sql.into(),
        Dialect::Postgres => {
            sql.replace(" TEXT", " TEXT COLLATE \"C\"").replace("/* UNLOGGED */", "UNLOGGED").into()
        }
    }
}
