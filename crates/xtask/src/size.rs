//! `size`: checks the size of the files that a reader downloads against their budgets.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::bundle;
use crate::repo::Repo;

/// The most bytes after brotli that a part of the widget may have.
struct Budget {
    part: &'static str,
    bytes: u64,
    holds: fn(&str) -> bool,
}

const BUDGETS: [Budget; 6] = [
    Budget { part: "loader", bytes: 3_760, holds: |name| name == "embed.js" },
    // The server sends it in the loader's place, with a thread in it.
    Budget { part: "loader for a thread", bytes: 3_850, holds: |name| name == "embed.ready.js" },
    Budget { part: "style of what is read", bytes: 1_850, holds: |name| name == "reading.css" },
    Budget { part: "whole style", bytes: 2_450, holds: |name| name == "widget.css" },
    Budget { part: "start of the program", bytes: 2_150, holds: |name| name == "program.js" },
    // What newsrooms set may cost a reader 300 bytes in all. Their words, in a language's file, weigh 136 at most, their rules
    // in the style sheet 21, their lines in files that are loaded by need 32; 110 remain for the program, which was 105,975.
    Budget { part: "program and glue", bytes: 106_085, holds: |name| name.starts_with("dumka") },
];

/// The budget of every other file, each loaded by need: a language, a rarely used part of the loader.
const OTHER_BYTES: u64 = 2_048;

/// The most bytes after brotli of all that a moderator downloads, once for each version.
const NEWSROOM_BYTES: u64 = 250_000;

/// The sizes of one file.
struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Builds the bundle and prints its sizes; fails when a budget is passed.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    bundle::build(repo)?;
    let rows = rows(repo)?;
    let newsroom = rows_in(repo, vec![], &repo.newsroom())?;
    println!("\n{:<16} {:>9} {:>9} {:>9}", "file", "bytes", "gzip", "brotli");
    for Row { name, raw, gzip, brotli } in rows.iter().chain(&newsroom) {
        println!("{name:<16} {raw:>9} {gzip:>9} {brotli:>9}");
    }
    println!("\n{:<20} {:>9} {:>9}", "budget", "brotli", "at most");
    let mut passed = Vec::new();
    let newsroom = newsroom.iter().map(|row| row.brotli).sum();
    for (part, brotli, most) in
        parts(&rows).into_iter().chain([("newsroom, all of it".into(), newsroom, NEWSROOM_BYTES)])
    {
        println!("{part:<20} {brotli:>9} {most:>9}{}", if brotli > most { "  TOO LARGE" } else { "" });
        passed.extend((brotli > most).then(|| format!("{part} by {} bytes", brotli - most)));
    }
    ensure!(passed.is_empty(), "over budget: {}", passed.join(", "));
    Ok(())
}

fn rows(repo: &Repo) -> Result<Vec<Row>> {
    let widget = repo.widget();
    rows_in(repo, vec![widget.join("embed.js")], &widget)
}

/// The rows of `files` and of what lies in the folder's `assets`.
fn rows_in(repo: &Repo, mut files: Vec<PathBuf>, folder: &Path) -> Result<Vec<Row>> {
    files.extend(repo.sh.read_dir(folder.join("assets"))?);
    let compressed = |path: &Path| path.extension().is_some_and(|it| it == "br" || it == "gz");
    files.iter().filter(|path| !compressed(path)).map(|path| row(path)).collect()
}

fn row(path: &Path) -> Result<Row> {
    let bytes = |suffix: &str| fs::metadata(format!("{}{suffix}", path.display())).map(|it| it.len());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Row { name, raw: bytes("")?, gzip: bytes(".gz")?, brotli: bytes(".br")? })
}

/// Every budgeted part with its size and its budget.
fn parts(rows: &[Row]) -> Vec<(String, u64, u64)> {
    let sum =
        |budget: &Budget| rows.iter().filter(|row| (budget.holds)(&row.name)).map(|row| row.brotli).sum();
    let fixed = BUDGETS.iter().map(|budget| (budget.part.to_owned(), sum(budget), budget.bytes));
    let others = rows.iter().filter(|row| BUDGETS.iter().all(|budget| !(budget.holds)(&row.name)));
    fixed.chain(others.map(|row| (row.name.clone(), row.brotli, OTHER_BYTES))).collect()
}
