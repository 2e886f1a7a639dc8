//! Tests of every language's file, plurals and dates.

use std::collections::{BTreeMap, BTreeSet};

use dumka_widget::i18n::{Category, Key, LocaleRules, PluralKey};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::Lang;
use super::languages::LANGUAGES;
use super::locale_rules::IcuLocale;

/// The category of some numbers in every language, as the Unicode CLDR has it.
const PLURALS: &str = include_str!("../../tests/plurals.txt");

/// Moments of every month in every language, as Chromium writes them with the CLDR 48.
const DATES: &str = include_str!("../../tests/dates.txt");

/// Numbers among which every whole one of a category is found that has but one.
const NUMBERS: std::ops::RangeInclusive<u64> = 0..=200;

fn tongue(lang: Lang) -> IcuLocale {
    IcuLocale::new(lang, TimeZone::UTC)
}

/// The phrases of each language's file, without its notes to translators.
fn files() -> impl Iterator<Item = (Lang, BTreeMap<String, Value>)> {
    LANGUAGES.iter().zip(Lang::all()).map(|(language, lang)| {
        let mut file: BTreeMap<String, Value> = serde_json::from_str(language.file).unwrap();
        file.retain(|name, _| !name.starts_with('_'));
        (lang, file)
    })
}

fn english() -> BTreeMap<String, Value> {
    files().find(|(lang, _)| *lang == Lang::english()).unwrap().1
}

/// The names between braces in a text.
fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect()
}

#[test]
fn every_file_is_a_language_and_every_language_has_a_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.map(|name| name.into_string().unwrap());
    // The newsroom's words stand in a folder beside them.
    let mut files: Vec<_> = files.filter(|name| name != "newsroom").collect();
    files.sort();
    let listed: Vec<_> = Lang::all().map(|lang| [lang.as_str(), ".json"].concat()).collect();
    assert_eq!(files, listed);
}

#[test]
fn every_language_says_every_key_and_nothing_else() {
    let expected: BTreeSet<_> = Key::NAMES.iter().chain(PluralKey::NAMES).copied().collect();
    for (lang, file) in files() {
        assert_eq!(file.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{lang:?}");
        for name in Key::NAMES {
            assert!(!file[*name].as_str().unwrap().trim().is_empty(), "{lang:?} {name}");
        }
    }
}

#[test]
fn every_language_keeps_the_placeholders() {
    let english = english();
    for (lang, file) in files() {
        for name in Key::NAMES {
            let of = |file: &BTreeMap<String, Value>| -> Vec<String> {
                placeholders(file[*name].as_str().unwrap()).into_iter().map(Into::into).collect()
            };
            assert_eq!(of(&file), of(&english), "{lang:?} {name}");
        }
    }
}

#[test]
fn every_language_counts_in_the_forms_it_has() {
    for (lang, file) in files() {
        let tongue = tongue(lang);
        let needed: BTreeSet<_> = tongue.categories().map(|it| Category::NAMES[it as usize]).collect();
        for phrase in PluralKey::NAMES {
            let forms = file[*phrase].as_object().unwrap();
            let said: BTreeSet<_> = forms.keys().map(String::as_str).collect();
            assert_eq!(said, needed, "{lang:?} {phrase}");
            for (category, form) in forms {
                let is_one_number =
                    |category: Category| NUMBERS.filter(|n| tongue.category(*n) == category).count() == 1;
                let category =
                    Category::ALL[Category::NAMES.iter().position(|name| name == category).unwrap()];
                let found = placeholders(form.as_str().unwrap());
                // «One comment» and «two comments» may be said without a number where nothing else is said so.
                let is_said = found.is_empty() && is_one_number(category);
                assert!(found == ["n"] || is_said, "{lang:?} {phrase} {form}");
            }
        }
    }
}

#[test]
fn numbers_have_the_categories_of_the_cldr() {
    let mut rows = PLURALS.lines().map(str::split_whitespace);
    let numbers: Vec<_> = rows.next().unwrap().collect();
    let mut langs = Vec::new();
    for mut row in rows {
        let lang = Lang::from_tag(row.next().unwrap()).unwrap();
        let tongue = tongue(lang);
        for (number, expected) in numbers.iter().zip(row) {
            let category = tongue.category_of(&number.parse::<fixed_decimal::Decimal>().unwrap());
            assert_eq!(Category::NAMES[category as usize], expected, "{lang:?} {number}");
        }
        langs.push(lang);
    }
    assert_eq!(langs, Lang::all().collect::<Vec<_>>());
}

#[test]
fn letters_run_from_the_right_in_arabic_and_hebrew() {
    for lang in Lang::all() {
        let expected = if ["ar", "he"].contains(&lang.as_str()) { "rtl" } else { "ltr" };
        assert_eq!(lang.catalog().text(Key::Dir), expected, "{lang:?}");
    }
}

#[test]
fn dates_are_written_as_a_browser_writes_them() {
    let mut rows = DATES.lines().map(|row| row.split('\t'));
    let moments: Vec<_> = rows.next().unwrap().skip(1).collect();
    let mut langs = Vec::new();
    for mut row in rows {
        let lang = Lang::from_tag(row.next().unwrap()).unwrap();
        let written: Vec<_> = moments.iter().map(|moment| tongue(lang).format_date(moment).words).collect();
        assert_eq!(written, row.collect::<Vec<_>>(), "{lang:?}");
        langs.push(lang);
    }
    assert_eq!(langs, Lang::all().collect::<Vec<_>>());
}

#[test]
fn loader_knows_every_language() {
    let loader = include_str!("../../../../embed/loader/language.js");
    let (_, tags) = loader.split_once("LANG = /^(").unwrap();
    let (tags, _) = tags.split_once(")\\b/i").unwrap();
    let known: BTreeSet<_> = tags.split('|').collect();
    assert_eq!(known, Lang::all().map(Lang::as_str).collect());
}
