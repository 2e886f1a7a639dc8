//! The words behind `cargo xtask test`, as a choice of tests.

use anyhow::{Context, Result, ensure};

use crate::browsers::Engine;

/// The tests to run, and their engines.
#[derive(Debug, PartialEq)]
pub(super) struct Choice<'a> {
    pub(super) filter: Option<&'a str>,
    pub(super) engines: Vec<Engine>,
    /// The settings of the stories, as environment variables.
    pub(super) settings: Vec<(&'static str, &'a str)>,
    /// The story of an upgrade.
    pub(super) upgrade: Upgrade,
}

/// The story of an upgrade: told or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Upgrade {
    Told,
    LeftOut,
}

/// The option that has stories try every example at every stage of the program, with its environment variable. Usually
/// the first of a kind is, and each that follows at one stage, in turn.
const EVERY_CASE: (&str, &str) = ("--every-case", "EVERY_CASE");

/// The option that has servers of two versions share a database; the one before is built for it, which takes minutes.
pub(super) const UPGRADE: &str = "--upgrade";

/// The options of pages that meddle, the number of rounds and the seed of a single one, with their environment variables.
const MEDDLING: [(&str, &str); 2] = [("--rounds", "MEDDLING_ROUNDS"), ("--seed", "MEDDLING_SEED")];

/// Reads `[filter] [--engines a,b] [--every-case] [--rounds n] [--seed n]`, in any order.
pub(super) fn choice(words: &[String]) -> Result<Choice<'_>> {
    let mut choice = Choice {
        filter: None,
        engines: vec![Engine::Chromium],
        settings: Vec::new(),
        upgrade: Upgrade::LeftOut,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, value) =
            word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        let mut value = |what| {
            value.or_else(|| words.next().map(String::as_str)).with_context(|| format!("{name} wants {what}"))
        };
        if name == "--engines" {
            choice.engines = engines(value("names, or all")?)?;
        } else if name == UPGRADE {
            choice.upgrade = Upgrade::Told;
        } else if name == EVERY_CASE.0 {
            choice.settings.push((EVERY_CASE.1, "1"));
        } else if let Some((_, variable)) = MEDDLING.iter().find(|(option, _)| *option == name) {
            let number = value("a number")?;
            ensure!(
                number.parse::<u32>().is_ok_and(|number| number > 0),
                "{name} wants a number, not {number}"
            );
            choice.settings.push((variable, number));
        } else {
            ensure!(choice.filter.is_none(), "one filter at a time, not {word} too");
            choice.filter = Some(word);
        }
    }
    Ok(choice)
}

fn engines(names: &str) -> Result<Vec<Engine>> {
    if names == "all" {
        return Ok(Engine::ALL.to_vec());
    }
    let engine = |name: &str| {
        let known = Engine::ALL.into_iter().find(|engine| engine.name() == name);
        known.with_context(|| format!("{name} is none of chromium, firefox, webkit and all"))
    };
    names.split(',').map(engine).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn chromium_is_tested_unless_engines_are_named() -> Result<()> {
        let all = Engine::ALL.to_vec();
        for (line, filter, engines) in [
            ("", None, vec![Engine::Chromium]),
            ("draft", Some("draft"), vec![Engine::Chromium]),
            ("--engines all draft", Some("draft"), all.clone()),
            ("draft --engines=firefox,webkit", Some("draft"), all[1..].to_vec()),
        ] {
            assert_eq!(
                choice(&words(line))?,
                Choice { filter, engines, settings: Vec::new(), upgrade: Upgrade::LeftOut },
                "{line}"
            );
        }
        Ok(())
    }

    #[test]
    fn stories_try_as_much_as_is_asked_for() -> Result<()> {
        for (line, settings) in [
            ("--rounds 200 meddled", vec![("MEDDLING_ROUNDS", "200")]),
            ("meddled --rounds=3 --engines all", vec![("MEDDLING_ROUNDS", "3")]),
            ("meddled --seed 17", vec![("MEDDLING_SEED", "17")]),
            ("meddled --every-case", vec![("EVERY_CASE", "1")]),
        ] {
            let words = words(line);
            let choice = choice(&words)?;
            assert_eq!((choice.filter, choice.settings), (Some("meddled"), settings), "{line}");
        }
        Ok(())
    }

    #[test]
    fn words_that_are_not_understood_are_refused_before_anything_runs() {
        for line in [
            "--engines",
            "--engines opera",
            "--engines chromium,",
            "one two",
            "--rounds",
            "--rounds all",
            "--seed=0",
        ] {
            assert!(choice(&words(line)).is_err(), "{line}");
        }
    }
}
