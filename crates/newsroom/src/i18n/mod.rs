//! The program's words in the moderator's language.

mod catalog;
mod failure;
mod plural;
#[cfg(test)]
mod tests;

use dumka_api::Timestamp;
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

pub use catalog::{Catalog, Key, PluralKey};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Ukrainian.
    Uk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Lang {
    /// Every language, each with its own name.
    pub const ALL: [(Self, &str); 3] =
        [(Self::Uk, "Українська"), (Self::Ru, "Русский"), (Self::En, "English")];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language that a tag begins with.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let first = tag.split('-').next()?;
        Self::ALL.into_iter().map(|(lang, _)| lang).find(|lang| lang.tag().eq_ignore_ascii_case(first))
    }

    /// The file of `locales/newsroom/`.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Uk => include_str!("../../../../locales/newsroom/uk.json"),
            Self::Ru => include_str!("../../../../locales/newsroom/ru.json"),
            Self::En => include_str!("../../../../locales/newsroom/en.json"),
        }
    }
}

/// A language with its words.
#[derive(Debug)]
pub struct Locale {
    /// The language.
    pub lang: Lang,
    catalog: Catalog,
}

impl Locale {
    /// Reads the words of a language.
    pub fn new(lang: Lang) -> Self {
        Self { lang, catalog: Catalog::read(lang.file()) }
    }

    /// The text of a key.
    pub fn text(&self, key: Key) -> &str {
        self.catalog.text(key)
    }

    /// The text of a key with a value for its one placeholder `{…}`.
    pub fn with(&self, key: Key, value: &str) -> String {
        filled(self.text(key), value)
    }

    /// The plural form for a number, which takes the place of `{n}`.
    pub fn count(&self, phrase: PluralKey, n: u64) -> String {
        let number = if n > 10_000 { "10 000+".into() } else { n.to_string() };
        filled(self.catalog.form(phrase, plural::category(self.lang, n)), &number)
    }

    /// The text for a word of the wire, by the beginning of its key; the word itself where there is none.
    pub fn named<'a>(&'a self, prefix: &str, word: &'a str) -> &'a str {
        self.catalog.named(prefix, word).unwrap_or(word)
    }

    /// A time as date and time of day, in the browser's zone.
    pub fn exact(&self, time: &Timestamp) -> String {
        let options = Object::new();
        for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            // An object of our own takes every property.
            let _ = Reflect::set(&options, &name.into(), &value.into());
        }
        Date::new(&time.0.as_str().into()).to_locale_string(self.lang.tag(), &options).into()
    }

    /// A time in words of distance within a day, else as [`Self::exact`].
    pub fn time(&self, time: &Timestamp) -> String {
        let minutes = (Date::now() - Date::parse(&time.0)) / 60_000.0;
        let (number, unit) = match minutes {
            -1.0..1.0 => return self.text(Key::JustNow).into(),
            1.0..60.0 => (-minutes, "minute"),
            60.0..1_440.0 => (-minutes / 60.0, "hour"),
            _ => return self.exact(time),
        };
        let options = Object::new();
        let _ = Reflect::set(&options, &"numeric".into(), &JsValue::from("auto"));
        let format = Intl::RelativeTimeFormat::new(&Array::of1(&self.lang.tag().into()), &options);
        format.format(number.round(), unit).into()
    }
}

fn filled(text: &str, value: &str) -> String {
    let around = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    around.map_or_else(|| text.into(), |(before, after)| [before, value, after].concat())
}
