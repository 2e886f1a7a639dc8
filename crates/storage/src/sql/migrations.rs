//! Creates the tables and upgrades them from every earlier version.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, SqlSafeStr};

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
];

/// The newest schema version this program knows.
pub(crate) const NEWEST: i64 = STEPS[STEPS.len() - 1].0;

/// Upgrades the tables to [`NEWEST`].
pub(crate) async fn migrate(connection: &mut AnyConnection) -> Result<(), MigrateError> {
    let steps = STEPS.iter().map(|&(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    // `run` would do the same through `Acquire`, whose future the compiler cannot prove `Send`.
    Migrator::with_migrations(steps.collect()).run_direct(None, connection, false).await
}
