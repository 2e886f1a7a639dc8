//! Words of a text as they are searched for: in small letters, without their endings.
//!
//! Ukrainian and Russian words change their endings with case, number and person. Both the texts and the search are cut to
//! stems by the same rule, and a stem that is searched for finds every one that begins with it; so a word is found in its
//! other forms, the same on every database.

mod endings;

use std::collections::BTreeSet;

use endings::{ENDINGS, ENGLISH_ENDINGS, REFLEXIVE};
use icu_normalizer::ComposingNormalizerBorrowed;

/// Letters of the longest stem: longer words differ before that.
const MAX_STEM_CHARS: usize = 24;
/// Letters that an ending leaves at least.
const MIN_STEM_CHARS: usize = 4;
/// Likewise of an English word.
const MIN_ENGLISH_STEM_CHARS: usize = 3;
/// Words of a search beyond which the others are not looked at.
const MAX_WORDS: usize = 12;

/// The stems of a search, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchWords(Vec<String>);

impl SearchWords {
    /// Reads what was typed; none where it holds no letter and no digit.
    pub fn parse(typed: &str) -> Option<Self> {
        let stems: BTreeSet<_> = stems(typed).take(MAX_WORDS).collect();
        (!stems.is_empty()).then(|| Self(stems.into_iter().collect()))
    }

    /// Returns the stems: letters and digits alone, in small letters.
    pub fn stems(&self) -> &[String] {
        &self.0
    }
}

/// Returns the different stems of the texts, sorted, with a space between two.
pub fn index_words(texts: &[&str]) -> String {
    let stems: BTreeSet<String> = texts.iter().flat_map(|text| stems(text)).collect();
    stems.into_iter().collect::<Vec<_>>().join(" ")
}

/// Cuts a text into stems.
fn stems(text: &str) -> impl Iterator<Item = String> {
    let text = ComposingNormalizerBorrowed::new_nfkc().normalize(text).to_lowercase();
    // An apostrophe stands inside Ukrainian words, written in many ways or left out; an accent is no letter.
    let text: String =
        text.chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ' | '`' | '\u{301}' | '\u{AD}')).collect();
    let text = text.replace('ё', "е").replace('ґ', "г");
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| stem(word).chars().take(MAX_STEM_CHARS).collect())
        .collect();
    words.into_iter()
}

/// Cuts a word's ending, unless too little would be left.
fn stem(word: &str) -> &str {
    if word.is_ascii() {
        return cut(word, ENGLISH_ENDINGS, MIN_ENGLISH_STEM_CHARS);
    }
    cut(cut(word, REFLEXIVE, MIN_STEM_CHARS), ENDINGS, MIN_STEM_CHARS)
}

/// Cuts the longest of these endings that leaves enough.
fn cut<'a>(word: &'a str, endings: &[&str], least: usize) -> &'a str {
    let rests = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    let rests = rests.filter(|rest| rest.chars().count() >= least);
    rests.min_by_key(|rest| rest.len()).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tells whether a search finds a text, as the databases do.
    fn finds(search: &str, text: &str) -> bool {
        let words = index_words(&[text]);
        let search = SearchWords::parse(search).unwrap();
        search.stems().iter().all(|stem| words.split(' ').any(|word| word.starts_with(stem)))
    }

    #[test]
    fn word_is_found_in_its_other_forms() {
        for (search, text) in [
            ("річка", "Біля річки, вздовж річок і річкою"),
            ("депутат", "про депутатів"),
            ("голосування", "Після голосуванням усе скінчилось"),
            ("дорога", "На дорогах ями"),
            ("ремонтувати", "знову ремонтують"),
            ("новость", "Хорошие новости"),
            ("мост", "по мосту"),
            ("построили", "Когда построить успеют"),
            ("учителя", "двум учителям"),
            ("комментарий", "в комментариях"),
            ("vote", "She voted twice"),
            ("cities", "in this city"),
        ] {
            assert!(
                finds(search, text),
                "{search} in {text}: {} / {:?}",
                index_words(&[text]),
                SearchWords::parse(search)
            );
        }
    }

    #[test]
    fn spelling_does_not_matter() {
        assert!(finds("обєкт", "Об’єкт") && finds("об'єкт", "обʼєкта"));
        assert!(
            finds("елка", "Ёлка")
                && finds("МІСТО", "містом")
                && finds("і\u{306}жак", "йжак") == finds("їжак", "йжак")
        );
        assert!(finds("ﬁre", "fire"));
    }

    #[test]
    fn every_word_must_be_there() {
        assert!(finds("міст дорога", "Дороги та міст"));
        assert!(!finds("міст дорога", "Дороги"));
        assert!(!finds("кіт", "собака"));
    }

    #[test]
    fn what_holds_no_word_asks_for_nothing() {
        for nothing in ["", " ", "*", "\"\"", "-- ' ;", "🙂"] {
            assert_eq!(SearchWords::parse(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn stems_hold_nothing_but_letters_and_digits() {
        let words = SearchWords::parse("a\"b* NEAR(c) d:e \u{0} 2026-05").unwrap();
        assert!(words.stems().iter().all(|stem| stem.chars().all(char::is_alphanumeric)), "{words:?}");
        assert!(SearchWords::parse(&"слово ".repeat(1_000)).unwrap().stems().len() <= MAX_WORDS);
    }
}
