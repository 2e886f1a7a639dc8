//! The widget's words in the reader's language.

pub mod catalog;
pub mod failure;
pub mod plural;
#[cfg(feature = "csr")]
pub mod time;

use std::fmt;

pub use catalog::{Catalog, Key};
use plural::Category;

/// A language with its words and its way of writing moments.
pub struct Locale {
    /// The BCP 47 tag, for `lang` attributes.
    pub lang: String,
    catalog: Catalog,
    moment: Box<dyn Fn(&str) -> String>,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lang)
    }
}

/// A counted phrase: one key for each plural category it may need.
#[derive(Debug, Clone, Copy)]
pub enum Counted {
    /// «at most 80 characters».
    CharsLimit,
    /// «try again in 5 seconds».
    RetrySecs,
}

impl Locale {
    /// A language, its catalog, and how it writes a moment that is given in RFC 3339: a browser and a
    /// server know that by different means.
    pub fn new(lang: String, catalog: Catalog, moment: impl Fn(&str) -> String + 'static) -> Self {
        Self { lang, catalog, moment: Box::new(moment) }
    }

    /// The words of a key.
    pub fn text(&self, key: Key) -> &str {
        self.catalog.text(key)
    }

    /// The words of a key with a value in the place of its `{…}`; no key has more than one.
    pub fn with(&self, key: Key, value: &str) -> String {
        let text = self.text(key);
        let around = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
        around.map_or_else(|| text.into(), |(before, after)| [before, value, after].concat())
    }

    /// A counted phrase with the number in the place of `{n}`.
    pub fn count(&self, phrase: Counted, n: u64) -> String {
        let category = plural::category(&self.lang, n);
        let key = match (phrase, category) {
            (Counted::CharsLimit, Category::One) => Key::CharsLimitOne,
            (Counted::CharsLimit, Category::Few) => Key::CharsLimitFew,
            (Counted::CharsLimit, Category::Many) => Key::CharsLimitMany,
            (Counted::CharsLimit, Category::Other) => Key::CharsLimitOther,
            (Counted::RetrySecs, Category::One) => Key::RetrySecsOne,
            (Counted::RetrySecs, Category::Few) => Key::RetrySecsFew,
            (Counted::RetrySecs, Category::Many) => Key::RetrySecsMany,
            (Counted::RetrySecs, Category::Other) => Key::RetrySecsOther,
        };
        self.with(key, &n.to_string())
    }

    /// A moment as a reader writes it.
    pub fn moment(&self, rfc3339: &str) -> String {
        (self.moment)(rfc3339)
    }
}
