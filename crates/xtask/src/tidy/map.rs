//! The tree in `ARCHITECTURE.md` against the real one.
//!
//! Every indented line of the document that begins with a path names what is there; every source folder and file that
//! stands directly in a mapped place is named.

use super::source::Source;

const DOCUMENT: &str = "ARCHITECTURE.md";

/// Folders whose every child the map names.
const MAPPED: &[&str] = &[
    "src",
    "embed",
    "crates",
    "crates/api/src",
    "crates/domain/src",
    "crates/markup/src",
    "crates/newsroom/src",
    "crates/storage/src",
    "crates/server/src",
];

/// Names that every crate has.
const OBVIOUS: &[&str] = &["lib.rs", "main.rs", "mod.rs"];

/// Finds what the map names and nobody has, and what it leaves out.
pub(super) fn faults(sources: &[Source]) -> Vec<String> {
    let Some(document) = sources.iter().find(|source| source.path == DOCUMENT) else {
        return vec![format!("{DOCUMENT} is missing")];
    };
    let named = named(&document.text);
    let is_there = |path: &str| sources.iter().any(|source| source.is_within(path.trim_end_matches('/')));
    let stale = named.iter().filter(|path| !is_there(path));
    let stale = stale.map(|path| format!("{DOCUMENT}: `{path}` is not there"));
    let missing = children(sources).into_iter().filter(|child| !named.iter().any(|path| covers(path, child)));
    stale.chain(missing.map(|child| format!("{DOCUMENT}: `{child}` is not named"))).collect()
}

/// The paths at the beginning of the document's indented lines; several may share a line.
fn named(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    let words = lines.flat_map(|line| line.split_whitespace().take_while(|word| is_path(word)));
    words.map(|word| word.trim_end_matches(',').to_owned()).collect()
}

fn is_path(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    word.contains('/') && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte))
}

fn covers(named: &str, child: &str) -> bool {
    named.trim_end_matches('/') == child
}

/// Lists what stands directly in a mapped folder; a module's file beside its folder counts once.
fn children(sources: &[Source]) -> Vec<String> {
    let mut children: Vec<String> = Vec::new();
    for source in sources {
        for folder in MAPPED {
            let Some(rest) = source.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else {
                continue;
            };
            let name = rest.split('/').next().unwrap_or(rest);
            let is_left_out = OBVIOUS.contains(&name) || name.contains("test") || name.starts_with("Cargo");
            if !is_left_out {
                children.push(format!("{folder}/{name}"));
            }
        }
    }
    children.sort();
    children.dedup();
    let folders: Vec<String> = children.iter().map(|child| format!("{child}.rs")).collect();
    children.retain(|child| !folders.contains(child));
    children
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn what_is_gone_and_what_is_new_are_found() {
        let document = "# Map\n\n    src/state/      what it knows\n    src/old.rs, src/view/   draw\n";
        let sources = [
            source(DOCUMENT, document),
            source("src/lib.rs", ""),
            source("src/state/mod.rs", ""),
            source("src/view.rs", ""),
            source("src/view/a.rs", ""),
            source("src/new.rs", ""),
        ];
        let faults = faults(&sources);
        assert_eq!(
            faults,
            ["ARCHITECTURE.md: `src/old.rs` is not there", "ARCHITECTURE.md: `src/new.rs` is not named"]
        );
    }
}
