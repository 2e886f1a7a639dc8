//! The files tidy reads, and how a line of Rust is searched for a name.

use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;

/// A text file of the repository.
pub(super) struct Source {
    /// Its path from the root, with forward slashes.
    pub(super) path: String,
    /// All of it.
    pub(super) text: String,
}

/// Every text file that git tracks or would track.
pub(super) fn all(repo: &Repo) -> Result<Vec<Source>> {
    let listed = cmd!(repo.sh, "git ls-files --cached --others --exclude-standard").quiet().read()?;
    let read = |path: &str| repo.sh.read_file(path).ok().map(|text| Source { path: path.to_owned(), text });
    // What is not UTF-8 is a picture; what cannot be read was deleted and not yet committed.
    Ok(listed.lines().filter_map(read).collect())
}

impl Source {
    /// Tells whether the rules for Rust apply.
    pub(super) fn is_rust(&self) -> bool {
        self.has_extension("rs")
    }

    /// Tells whether the rules for JavaScript apply.
    pub(super) fn is_javascript(&self) -> bool {
        self.has_extension("js")
    }

    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// Tells whether the file is `place` or lies below it.
    pub(super) fn is_within(&self, place: &str) -> bool {
        self.path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Tells whether the file gives a reason for breaking `rule`.
    pub(super) fn excepts(&self, rule: &str) -> bool {
        let opening = format!("// tidy: {rule}: ");
        self.text
            .lines()
            .any(|line| line.trim_start().strip_prefix(&opening).is_some_and(|reason| !reason.is_empty()))
    }

    /// The lines that are not comments, numbered from 1.
    pub(super) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Tells whether `line` names `word` as a whole word; `word::` only as part of a path or an import.
pub(super) fn names(line: &str, word: &str) -> bool {
    let Some(module) = word.strip_suffix("::") else { return has_word(line, word) };
    let imports = line.trim_start().starts_with("use ") || line.trim_start().starts_with("pub use ");
    has_word(line, word) || has_word(line, &format!("::{module}")) || (imports && has_word(line, module))
}

fn has_word(line: &str, word: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    line.match_indices(word).any(|(at, found)| {
        let before = line[..at].chars().next_back().is_some_and(is_part);
        let after = line[at + found.len()..].chars().next().is_some_and(is_part);
        // A path's `::` separates words by itself, on the side where it stands.
        (!before || word.starts_with(':')) && (!after || word.ends_with(':'))
    })
}
