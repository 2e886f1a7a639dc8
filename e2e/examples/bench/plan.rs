//! The plan of a run: it measures everything, unless the command line names parts.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::texts::Texts;

const PARTS: [&str; 5] = ["pages", "all", "clicks", "load", "burning"];
const CONTESTANTS: [&str; 5] = ["article", "floor", "dumka", "postgres", "isso"];
const LINES: [&str; 2] = ["plain", "slow"];
const SIZES: [usize; 5] = [0, 10, 100, 1_000, 10_000];

/// The size of the thread that is clicked in and loaded.
pub(crate) const USUAL_SIZE: usize = 100;

/// Fewer comments than these are shown at once.
const LONG: usize = 1_000;

/// The measurements of a run.
pub(crate) struct Plan {
    /// Parts, contestants and lines.
    words: Vec<&'static str>,
    /// Numbers of comments.
    pub(crate) sizes: Vec<usize>,
    /// The number of times each figure is taken; the table shows the median.
    pub(crate) rounds: usize,
    /// The texts of the comments.
    pub(crate) texts: Texts,
    /// True where there is no PostgreSQL.
    without_postgres: bool,
    /// The figures of an earlier run to compare with.
    pub(crate) earlier: Option<PathBuf>,
}

impl Plan {
    /// Reads words such as `pages`, `dumka`, `slow`, `100`, `--quick`, `--short`, `--compare bench.json`; of what no word
    /// names, all is taken.
    pub(crate) fn from_words(arguments: &[String]) -> Result<Self> {
        let (words, sizes, texts) = (Vec::new(), Vec::new(), Texts::default());
        let mut plan = Self { words, sizes, rounds: 5, texts, without_postgres: false, earlier: None };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--compare" {
                let file = arguments.next().context("--compare wants the bench.json of an earlier run")?;
                plan.earlier = Some(file.into());
            } else {
                plan.add(argument)?;
            }
        }
        for kind in [&PARTS[..], &CONTESTANTS, &LINES] {
            if !kind.iter().any(|word| plan.wants(word)) {
                plan.words.extend(kind);
            }
        }
        if plan.without_postgres {
            plan.words.retain(|word| *word != "postgres");
        }
        if plan.sizes.is_empty() {
            plan.sizes = SIZES.to_vec();
        }
        Ok(plan)
    }

    fn add(&mut self, argument: &str) -> Result<()> {
        let known = [&PARTS[..], &CONTESTANTS, &LINES].concat().into_iter().find(|&word| word == argument);
        if let Some(word) = known {
            self.words.push(word);
        } else if let Some(size) = argument.parse().ok().filter(|size| SIZES.contains(size)) {
            self.sizes.push(size);
        } else if argument == "--quick" {
            self.rounds = 3;
        } else if argument == "--without-postgres" {
            self.without_postgres = true;
        } else if argument == "--short" {
            self.texts = Texts::Short;
        } else {
            bail!(
                "what is {argument}? Known are --quick, --short, --without-postgres, --compare FILE, {PARTS:?}, {CONTESTANTS:?}, {LINES:?} \
                 and {SIZES:?}"
            );
        }
        Ok(())
    }

    /// `true` where a part, contestant or line is measured.
    pub(crate) fn wants(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// The lines that pages come over.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &'static str> {
        LINES.into_iter().filter(|line| self.wants(line))
    }

    /// The sizes of the threads that all comments are shown of.
    pub(crate) fn long_threads(&self) -> impl Iterator<Item = usize> {
        self.sizes.iter().copied().filter(|&size| size >= LONG)
    }

    /// The sizes of all threads that are needed.
    pub(crate) fn threads(&self) -> Vec<usize> {
        let pages = self.sizes.iter().copied().filter(|_| self.wants("pages"));
        let long = self.long_threads().filter(|_| self.wants("all"));
        let mut sizes: Vec<_> = pages.chain(long).chain([USUAL_SIZE]).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }
}
