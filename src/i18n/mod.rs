//! The widget's words in the reader's language.

pub mod catalog;
pub mod failure;
#[cfg(feature = "csr")]
pub mod intl;

use std::fmt;
use std::sync::Arc;

use dumka_api::Sort;

pub use catalog::{Catalog, Category, Key, PluralKey};

/// A language with its texts, plural rules and date formats.
pub struct Locale {
    /// The BCP 47 tag, for `lang` attributes.
    pub lang: String,
    catalog: Arc<Catalog>,
    rules: Box<dyn LocaleRules>,
}

/// The plural rules and date formats of a language, which a browser and a server implement by different means.
pub trait LocaleRules {
    /// Returns the plural category of a number.
    fn category(&self, n: u64) -> Category;

    /// Formats a date, given in RFC 3339.
    fn format_date(&self, rfc3339: &str) -> FormattedDate;
}

/// A formatted date.
#[derive(Debug)]
pub struct FormattedDate {
    /// The visible text, such as «5 minutes ago».
    pub words: String,
    /// The date to the minute, if the text is relative.
    pub exact: Option<String>,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lang)
    }
}

impl Locale {
    /// Creates a locale.
    pub fn new(lang: String, catalog: Arc<Catalog>, rules: impl LocaleRules + 'static) -> Self {
        Self { lang, catalog, rules: Box::new(rules) }
    }

    /// Returns the text of a key.
    pub fn text(&self, key: Key) -> &str {
        self.catalog.text(key)
    }

    /// Returns the text of a key with a value for its one placeholder `{…}`.
    pub fn with(&self, key: Key, value: &str) -> String {
        filled(self.text(key), value)
    }

    /// Returns the plural form for a number, which replaces `{n}`.
    pub fn count(&self, phrase: PluralKey, n: u64) -> String {
        filled(self.catalog.form(phrase, self.rules.category(n)), &n.to_string())
    }

    /// Formats a date, given in RFC 3339.
    pub fn format_date(&self, rfc3339: &str) -> FormattedDate {
        self.rules.format_date(rfc3339)
    }
}

fn filled(text: &str, value: &str) -> String {
    let around = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    around.map_or_else(|| text.into(), |(before, after)| [before, value, after].concat())
}

impl Key {
    /// Returns the name of an order.
    pub fn for_sort(sort: Sort) -> Self {
        match sort {
            Sort::Oldest => Self::Oldest,
            Sort::Newest => Self::Newest,
            Sort::Best => Self::Best,
            Sort::Featured => Self::Featured,
        }
    }
}
