//! The widget's words in the reader's language.

pub mod catalog;
pub mod failure;
pub mod plural;
#[cfg(feature = "csr")]
pub mod time;

use std::fmt;

pub use catalog::{Catalog, Key};

/// A language with its words and its way of writing moments.
pub struct Locale {
    /// The BCP 47 tag, for `lang` attributes.
    pub lang: String,
    catalog: Catalog,
    moment: Box<dyn Fn(&str) -> Moment>,
}

/// A moment as a reader reads it.
#[derive(Debug)]
pub struct Moment {
    /// In words, such as «5 minutes ago».
    pub words: String,
    /// To the minute, where the words do not say that.
    pub exact: Option<String>,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lang)
    }
}

impl Locale {
    /// A language, its catalog, and how it writes a moment that is given in RFC 3339: a browser and a
    /// server know that by different means.
    pub fn new(lang: String, catalog: Catalog, moment: impl Fn(&str) -> Moment + 'static) -> Self {
        Self { lang, catalog, moment: Box::new(moment) }
    }

    /// The words of a key.
    pub fn text(&self, key: Key) -> &str {
        self.catalog.text(key)
    }

    /// The words of a key with a value in the place of its `{…}`; no key has more than one.
    pub fn with(&self, key: Key, value: &str) -> String {
        filled(self.text(key), value)
    }

    /// A counted phrase, whose first form is `first`, with the number in the place of `{n}`.
    pub fn count(&self, first: Key, n: u64) -> String {
        filled(self.catalog.form(first, plural::category(&self.lang, n)), &n.to_string())
    }

    /// A moment, given in RFC 3339, as a reader reads it.
    pub fn moment(&self, rfc3339: &str) -> Moment {
        (self.moment)(rfc3339)
    }
}

fn filled(text: &str, value: &str) -> String {
    let around = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    around.map_or_else(|| text.into(), |(before, after)| [before, value, after].concat())
}
