//! Words: how doc comments open, and which names are out.

use super::source::Source;

/// Openings of a sentence that tells nothing: a doc comment says what an item does or is.
const QUESTIONS: &[&str] = &[
    "What",
    "Whatever",
    "How",
    "However",
    "Whether",
    "Where",
    "Wherever",
    "Who",
    "Whoever",
    "Which",
    "Whichever",
    "Whose",
    "Why",
];

/// Words of our own that stood for terms of the field, each with the term. In pieces, so that this file is no exception.
const OUT: &[(&str, &str)] = &[
    (concat!("Sh", "elf"), "cache"),
    (concat!("Ton", "gue"), "locale"),
    (concat!("Do", "or"), "source"),
    (concat!("Pul", "se"), "heartbeat"),
    (concat!("Boo", "th"), "vote log"),
    (concat!("Judge", "ment"), "result"),
    (concat!("Happen", "ing"), "event"),
    (concat!("Plan", "ted"), "inserted"),
    (concat!("Grou", "nds"), "report"),
];

/// Finds the doc comments of a Rust file that open with a question word.
pub(super) fn questions(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before = None;
    for (at, line) in source.text.lines().enumerate() {
        let mark = ["///", "//!"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let first = line.split_whitespace().nth(1).unwrap_or_default();
        if mark.is_some() && mark != before && QUESTIONS.contains(&first) {
            let opening = format!("a doc comment says what there is, and opens without `{first}`");
            faults.push(format!("{}:{}: {opening}", source.path, at + 1));
        }
        before = mark;
    }
    faults
}

/// Finds the names of types that are out.
pub(super) fn names(source: &Source) -> Vec<String> {
    let lines = source.code_lines().flat_map(|(number, line)| {
        let line = line.split(" // ").next().unwrap_or(line);
        let found = OUT.iter().filter(move |(word, _)| has_segment(line, word));
        found.map(move |(word, term)| {
            format!("{}:{number}: `{word}` is no term here; say {term}", source.path)
        })
    });
    lines.collect()
}

/// Tells whether a name in camel case has the word as one of its parts.
fn has_segment(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let is_quoted = line[..at].matches('"').count() % 2 == 1;
        !is_quoted
            && before.is_none_or(|c| !c.is_uppercase())
            && after.is_none_or(|c| !c.is_lowercase() || c == 's')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { path: "src/a.rs".into(), text: text.into() }
    }

    #[test]
    fn question_that_opens_a_doc_comment_is_found() {
        let text = "//! A file.\n//!\n//! What follows.\n/// Whether it is so.\n/// What goes on.\nfn f() {}\n/// Asks.\n";
        let faults = questions(&source(text));
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("src/a.rs:4:"), "{faults:?}");
    }

    #[test]
    fn name_that_is_out_is_found_as_a_part_of_another_and_in_no_text() {
        let out = [concat!("struct Sh", "elf;"), concat!("LatestSh", "elf::new()")];
        assert!(out.iter().all(|line| names(&source(line)).len() == 1));
        assert_eq!(names(&source(concat!("let text = \"Sh", "elf\"; // a Sh", "elf"))), Vec::<String>::new());
        assert_eq!(names(&source("doors; Doorway; Indoor")), Vec::<String>::new());
    }
}
