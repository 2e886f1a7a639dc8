//! Measures what the database itself bears: one small row in a transaction of its own, by its own load generator.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::figures::Sample;

/// The environment variable with the address of the cluster.
const CLUSTER: &str = "TEST_POSTGRES";
/// The environment variable with the folder of PostgreSQL's programs.
const PROGRAMS: &str = "POSTGRES_BIN";

/// The table, of one text as long as a comment and its body.
const TABLE: &str =
    "DROP TABLE IF EXISTS bench; CREATE TABLE bench (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)";
/// The script that each client runs again and again.
const INSERT: &str = "INSERT INTO bench (text) VALUES (repeat('п', 600));\n";

/// Inserts rows by as many clients as there are authors, for as long as the others are loaded.
pub(crate) fn run() -> Result<Sample> {
    let url = variable(CLUSTER)?;
    let programs = variable(PROGRAMS)?;
    let program = |name: &str| Command::new(format!("{programs}/{name}"));
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("insert.sql");
    std::fs::write(&script, INSERT)?;
    let table = program("psql").args(["-q", "-c", TABLE, &url]).status()?;
    ensure!(table.success(), "no table can be made");
    let mut pgbench = program("pgbench");
    pgbench.args(["-n", "-c", "8", "-j", "2", "-T", "3", "-f"]).arg(&script).arg(&url);
    let printed = String::from_utf8(pgbench.output()?.stdout)?;
    let line = printed.lines().find_map(|line| line.strip_prefix("tps = "));
    let rate = line.and_then(|line| line.split(' ').next()).context("pgbench tells no rate")?;
    Ok(Sample::new([("posts/s", Some(rate.parse()?))]))
}

#[expect(clippy::disallowed_methods, reason = "the bench is told where the cluster is by what runs it")]
fn variable(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set"))
}
