//! `dumka move-database`: moves everything into another database.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::bail;

use crate::config::database_of_flag;
use crate::storage::{self, MovedTable, Progress, Stage};

/// The pause between two lines of progress.
const PAUSE: Duration = Duration::from_secs(1);

/// The addresses of both databases.
#[derive(Debug, clap::Args)]
pub(super) struct MoveDatabase {
    /// Database that is moved; it keeps all it has
    #[arg(long, value_name = "URL")]
    from: String,
    /// Empty database to move into, or the one in which the same move was interrupted
    #[arg(long, value_name = "URL")]
    to: String,
}

/// Moves the database, and tells stderr how far it is and stdout what came of it.
pub(super) fn main(addresses: &MoveDatabase) -> anyhow::Result<()> {
    let from = database_of_flag("--from", &addresses.from)?;
    let to = database_of_flag("--to", &addresses.to)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut said = None;
    let moving = storage::move_database(from, to, |progress| {
        if said.is_none_or(|at: Instant| at.elapsed() >= PAUSE) {
            said = Some(Instant::now());
            say(progress);
        }
        ControlFlow::Continue(())
    });
    conclude(&runtime.block_on(moving)?, &mut io::stdout())
}

fn say(&Progress { stage, table, rows, total }: &Progress) {
    let compared = match stage {
        Stage::Copying => "",
        Stage::Comparing => "comparing ",
    };
    eprintln!("{compared}{table} {rows}/{total}");
}

/// Writes the rows and checksums of both sides; fails where they are not the same.
fn conclude(tables: &[MovedTable], out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{:14}  {:>10}  {:32}  {:>10}  checksum", "table", "rows", "checksum", "rows")?;
    for MovedTable { name, from, to, .. } in tables {
        writeln!(out, "{name:14}  {:>10}  {from}  {:>10}  {to}", from.rows, to.rows)?;
    }
    for MovedTable { name, altered, .. } in tables.iter().filter(|table| table.altered > 0) {
        writeln!(
            out,
            "{name}: {altered} rows held U+0000, which PostgreSQL cannot keep; it is U+FFFD there"
        )?;
    }
    let differing = tables.iter().filter(|table| !table.is_equal()).map(|table| table.name.as_str());
    let differing: Vec<_> = differing.collect();
    if !differing.is_empty() {
        bail!(
            "the two databases differ in {}: somebody wrote to one of them meanwhile; stop every server that uses \
             them, and move again into an empty database",
            differing.join(", ")
        );
    }
    writeln!(out, "both databases are equal")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Checksum;

    fn comments(rows_then: u64, altered: u64) -> MovedTable {
        let checksum = |rows| Checksum { rows, sum: rows.into() };
        MovedTable { name: "comments".into(), from: checksum(2), to: checksum(rows_then), altered }
    }

    fn said(table: MovedTable) -> (String, anyhow::Result<()>) {
        let mut out = Vec::new();
        let concluded = conclude(&[table], &mut out);
        (String::from_utf8(out).unwrap(), concluded)
    }

    #[test]
    fn equal_sides_are_the_last_word() {
        let (said, concluded) = said(comments(2, 0));
        assert!(concluded.is_ok());
        let lines: Vec<Vec<_>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
        let sum = "00000000000000000000000000000002";
        assert_eq!(lines[0], ["table", "rows", "checksum", "rows", "checksum"]);
        assert_eq!(lines[1], ["comments", "2", sum, "2", sum]);
        assert_eq!(said.lines().last(), Some("both databases are equal"));
    }

    #[test]
    fn differing_table_is_named_with_the_remedy() {
        let (said, concluded) = said(comments(3, 0));
        let why = concluded.unwrap_err().to_string();
        assert!(why.contains("differ in comments:") && why.contains("stop every server"), "{why}");
        assert!(!said.contains("equal"), "{said}");
    }

    #[test]
    fn altered_rows_are_counted() {
        let (said, _) = said(comments(2, 1));
        assert!(said.contains("comments: 1 rows held U+0000"), "{said}");
    }
}
