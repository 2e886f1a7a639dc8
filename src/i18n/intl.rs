//! Plural rules and date formats of the browser's `Intl`, in the reader's time zone.

use js_sys::{Array, Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{Category, FormattedDate, LocaleRules};
use crate::json;

/// The rules of one language. Made once per widget: making an `Intl` object costs fifty times what using
/// it does.
#[derive(Debug)]
pub struct Intl {
    exact: Option<Format>,
    /// Formats a time relative to the server's clock.
    ago: Option<Function>,
    plural: Option<Format>,
}

/// An object of `Intl` and its method, where the browser has them.
#[derive(Debug)]
struct Format {
    object: JsValue,
    method: Function,
}

impl Intl {
    /// Creates the rules of a language. Dates are formatted in the language `dates`, which is itself or one that more
    /// browsers know. `ago` takes a time and returns the relative time in words.
    pub fn new(lang: &str, dates: &str, ago: JsValue) -> Self {
        // The digits are those of the numbers in the phrases.
        let digits = ("numberingSystem", "latn".into());
        let exact = [("dateStyle", "medium".into()), ("timeStyle", "short".into()), digits];
        Self {
            exact: Format::new("DateTimeFormat", "format", dates, &exact),
            // What the other language says in words is not this one's.
            ago: ago.dyn_into().ok().filter(|_| lang == dates),
            plural: Format::new("PluralRules", "select", lang, &[]),
        }
    }

    fn ago(&self, rfc3339: &str) -> Option<String> {
        self.ago.as_ref()?.call1(&JsValue::UNDEFINED, &rfc3339.into()).ok()?.as_string()
    }
}

impl Format {
    fn new(class: &str, method: &str, lang: &str, options: &[(&str, JsValue)]) -> Option<Self> {
        let class = json::get(&json::get(&js_sys::global(), "Intl"), class).dyn_into::<Function>().ok()?;
        let object = Reflect::construct(&class, &Array::of2(&lang.into(), &json::object(options))).ok()?;
        let method = json::get(&object, method).dyn_into().ok()?;
        Some(Self { object, method })
    }

    /// Formats a value; `None` if the browser throws.
    fn write(&self, value: &JsValue) -> Option<String> {
        self.method.call1(&self.object, value).ok()?.as_string()
    }
}

impl LocaleRules for Intl {
    fn category(&self, n: u64) -> Category {
        #[expect(clippy::cast_precision_loss, reason = "a number of comments, characters or seconds")]
        let number = (n as f64).into();
        let word = self.plural.as_ref().and_then(|plural| plural.write(&number));
        let known = word.and_then(|word| Category::NAMES.iter().position(|name| *name == word));
        known.map_or(Category::Other, |number| Category::ALL[number])
    }

    /// Formats a date in the reader's time zone; text that is no date stays as it is.
    fn format_date(&self, rfc3339: &str) -> FormattedDate {
        let date = Date::new(&rfc3339.into());
        let written = self.exact.as_ref().and_then(|exact| exact.write(&date));
        let exact = written.unwrap_or_else(|| rfc3339.into());
        match self.ago(rfc3339) {
            Some(words) => FormattedDate { words, exact: Some(exact) },
            None => FormattedDate { words: exact, exact: None },
        }
    }
}
