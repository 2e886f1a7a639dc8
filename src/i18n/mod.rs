//! The widget's words in the reader's language.

pub mod catalog;
pub mod failure;
pub mod plural;
pub mod time;

pub use catalog::{Catalog, Key};
use plural::Category;

/// A language with its words and its way of writing moments.
#[derive(Debug)]
pub struct Locale {
    /// The BCP 47 tag, for `lang` attributes.
    pub lang: String,
    catalog: Catalog,
    times: time::Formatter,
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
    /// A language and its catalog.
    pub fn new(lang: String, catalog: Catalog) -> Self {
        let times = time::Formatter::new(&lang);
        Self { lang, catalog, times }
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

    /// A moment as a reader writes it; the wire's own text where it is none.
    pub fn moment(&self, rfc3339: &str) -> String {
        self.times.format(rfc3339)
    }
}
