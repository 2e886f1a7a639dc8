//! Texts that were hard once, and a long search for others.

use std::env;
use std::fs;
use std::panic;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};

use super::account;
use super::texts::{dense, repeated};

/// The folder that keeps them, one in each file.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parse/corpus");

#[test]
fn every_text_of_the_corpus_is_accounted_for() {
    let texts = fs::read_dir(CORPUS).unwrap().map(|file| file.unwrap().path());
    let texts: Vec<_> = texts.map(|path| (fs::read_to_string(&path).unwrap(), path)).collect();
    assert!(texts.len() >= 10, "the corpus is there");
    for (text, path) in texts {
        account::check(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    }
}

/// Searches for `FUZZ_SECS` seconds, ten minutes unless said otherwise, and puts the shortest text that fails into the
/// corpus.
#[test]
#[ignore = "takes ten minutes; CONTRIBUTING.md says how to run it"]
#[allow(clippy::disallowed_methods, reason = "a chore has no settings but these")]
fn no_text_is_found_that_is_not_accounted_for() {
    let secs = env::var("FUZZ_SECS").map_or(600, |secs| secs.parse().unwrap());
    let end = Instant::now() + Duration::from_secs(secs);
    let config = ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() };
    let strategy = prop_oneof![6 => dense(), 3 => mutated(), 1 => repeated(), 1 => any::<String>()];
    let mut texts = 0_u64;
    while Instant::now() < end {
        let found = TestRunner::new(config.clone()).run(&strategy, |typed| {
            let checked = panic::catch_unwind(|| account::check(&typed));
            let fault = checked.unwrap_or_else(|_| Err("panic".into()));
            fault.map_err(TestCaseError::fail)
        });
        if let Err(TestError::Fail(why, text)) = found {
            fs::write(Path::new(CORPUS).join(format!("found-{}.txt", text.len())), &text).unwrap();
            panic!("{text:?}: {why}");
        }
        texts += u64::from(config.cases);
    }
    println!("{texts} texts in {secs} seconds");
}

/// Texts of the corpus cut in pieces and joined with others.
fn mutated() -> impl Strategy<Value = String> {
    let texts: Vec<Vec<char>> = fs::read_dir(CORPUS)
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap().chars().collect())
        .collect();
    let cut = (proptest::sample::select(texts), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let piece = cut.prop_map(|(text, one, other)| {
        let (one, other) = (one.index(text.len() + 1), other.index(text.len() + 1));
        text[one.min(other)..one.max(other)].iter().collect::<String>()
    });
    proptest::collection::vec(prop_oneof![2 => piece, 1 => dense()], 1..4).prop_map(|pieces| pieces.concat())
}
