//! `tidy`: what must never be, proved by reading the sources. Rules in `rules`; here is how they are read.
//!
//! An exception stands in the file it is for, with its reason: `// tidy: <rule>: <reason>`.

mod circles;
mod clobbered;
mod javascript;
mod lints;
mod map;
mod rules;
mod source;
mod words;

use anyhow::{Result, ensure};
use xshell::cmd;

use self::rules::{MAX_LINES, NEVER_DEPENDS, NOWHERE, WALLS, Wall};
use self::source::Source;
use crate::repo::Repo;

/// Checks every file git knows and every crate's dependencies; the failure lists all that is wrong.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    let mut faults = Vec::new();
    let sources = source::all(repo)?;
    faults.extend(sources.iter().flat_map(judge));
    faults.extend(circles::faults(&sources));
    faults.extend(map::faults(&sources));
    faults.extend(lints::faults(repo)?);
    for (package, never) in NEVER_DEPENDS {
        faults.extend(forbidden_dependencies(repo, package, never)?);
    }
    ensure!(faults.is_empty(), "tidy found {} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

fn judge(source: &Source) -> Vec<String> {
    let mut faults = forbidden_words(source);
    faults.extend(javascript::faults(source));
    faults.extend(clobbered::faults(source));
    if source.is_rust() {
        faults.extend(shape(source));
        faults.extend(words::questions(source));
        faults.extend(words::names(source));
        faults.extend(WALLS.iter().flat_map(|wall| breaches(wall, source)));
    }
    faults
}

fn forbidden_words(source: &Source) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    lines
        .filter_map(|(at, line)| NOWHERE.iter().find(|word| line.contains(**word)).map(|word| (at, word)))
        .map(|(at, word)| format!("{}:{}: `{word}` has no place here", source.path, at + 1))
        .collect()
}

fn shape(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if !source.text.starts_with("//!") {
        faults.push(format!("{}:1: opens without a `//!` that says what it is", source.path));
    }
    let lines = source.text.lines().count();
    match (lines > MAX_LINES, source.excepts("length")) {
        (true, false) => faults.push(format!("{}: {lines} lines, more than {MAX_LINES}", source.path)),
        (false, true) => faults.push(format!("{}: its exception from `length` is needless", source.path)),
        _ => {}
    }
    faults
}

fn breaches(wall: &Wall, source: &Source) -> Vec<String> {
    let within = |folders: &[&str]| folders.iter().any(|folder| source.is_within(folder));
    if !within(wall.inside) || within(wall.except) || source.excepts(wall.name) {
        return Vec::new();
    }
    let found = source.code_lines().filter_map(|(number, line)| {
        let word = wall.never.iter().find(|word| source::names(line, word))?;
        Some(format!("{}:{number}: `{word}`: {} ({})", source.path, wall.because, wall.name))
    });
    found.collect()
}

fn forbidden_dependencies(repo: &Repo, package: &str, never: &[&str]) -> Result<Vec<String>> {
    let tree = cmd!(
        repo.sh,
        "cargo tree --package {package} --edges normal --all-features --target all --prefix none"
    );
    let tree = tree.quiet().read()?;
    let used = |name: &&&str| tree.lines().any(|line| line.split(' ').next() == Some(name));
    Ok(never.iter().filter(used).map(|name| format!("{package} depends on {name}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        judge(&Source { path: path.into(), text: text.into() })
    }

    #[test]
    fn this_repository_is_tidy() {
        run(&Repo::open().unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
    }

    #[test]
    fn state_that_touches_the_browser_is_found() {
        let found = faults("src/state/thread.rs", "//! A thread.\nuse web_sys::Element;\n");
        assert!(found[0].starts_with("src/state/thread.rs:2: `web_sys`"), "{found:?}");
    }

    #[test]
    fn grouped_import_is_no_way_around_a_wall() {
        assert_eq!(faults("src/view/thread.rs", "//! A thread.\nuse crate::{client, state};\n").len(), 1);
    }

    #[test]
    fn comments_and_longer_names_are_no_breach() {
        let text = "//! Not the client::rest.\n// no web_sys here\nlet client_count = my_view::new();\n";
        assert_eq!(faults("src/state/thread.rs", text), Vec::<String>::new());
    }

    #[test]
    fn stated_reason_makes_an_exception() {
        let text =
            "//! Ids.\n// tidy: time-is-an-argument: read once at start\nlet now = SystemTime::now();\n";
        assert_eq!(faults("crates/server/src/ids.rs", text), Vec::<String>::new());
    }

    #[test]
    fn file_without_an_opening_comment_is_found() {
        assert_eq!(faults("crates/api/src/new.rs", "use std::fmt;\n").len(), 1);
    }

    #[test]
    fn long_file_is_found() {
        let text = format!("//! Long.\n{}", "fn f() {}\n".repeat(MAX_LINES));
        assert_eq!(faults("e2e/src/long.rs", &text).len(), 1);
    }
}
