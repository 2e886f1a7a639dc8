//! What the browser's own `Intl` knows of a language: how it counts, and how it writes moments in the reader's zone.

use js_sys::{Array, Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{Category, Moment, Tongue};
use crate::json;

/// What the browser knows of one language. Made once per widget: making an `Intl` object costs fifty times what using
/// it does.
#[derive(Debug)]
pub struct Intl {
    exact: Option<Format>,
    relative: Option<Format>,
    plural: Option<Format>,
}

/// An object of `Intl` and its method, where the browser has them.
#[derive(Debug)]
struct Format {
    object: JsValue,
    method: Function,
}

/// Units of time, largest first, with their seconds. A month is a twelfth of a year of 365 days.
const UNITS: [(&str, f64); 6] = [
    ("year", 31_536_000.0),
    ("month", 2_628_000.0),
    ("week", 604_800.0),
    ("day", 86_400.0),
    ("hour", 3_600.0),
    ("minute", 60.0),
];

impl Intl {
    /// What is known of this language, which writes its dates as `dates` does: itself, or another one that browsers
    /// know better. In words, «now» is less than a minute ago, and there are «yesterday» and the like.
    pub fn new(lang: &str, dates: &str) -> Self {
        // The digits are those of the numbers in the phrases.
        let digits = ("numberingSystem", "latn".into());
        let exact = [("dateStyle", "medium".into()), ("timeStyle", "short".into()), digits.clone()];
        let relative = [("numeric", "auto".into()), digits];
        Self {
            exact: Format::new("DateTimeFormat", "format", dates, &exact),
            // What the other language says in words is not this one's.
            relative: if lang == dates {
                Format::new("RelativeTimeFormat", "format", lang, &relative)
            } else {
                None
            },
            plural: Format::new("PluralRules", "select", lang, &[]),
        }
    }

    /// So many seconds ago, in words; nothing where that is no number. A clock that is a little behind the server's
    /// tells no future.
    fn ago(&self, secs: f64) -> Option<String> {
        let secs = if secs < 0.0 { 0.0 } else { secs };
        let &(unit, length) = UNITS.iter().find(|(_, length)| secs >= *length).unwrap_or(&("second", 60.0));
        let number = -(secs / length).floor();
        self.relative.as_ref()?.write(&number.into(), &unit.into())
    }
}

impl Format {
    fn new(class: &str, method: &str, lang: &str, options: &[(&str, JsValue)]) -> Option<Self> {
        let class = json::get(&json::get(&js_sys::global(), "Intl"), class).dyn_into::<Function>().ok()?;
        let object = Reflect::construct(&class, &Array::of2(&lang.into(), &json::object(options))).ok()?;
        let method = json::get(&object, method).dyn_into().ok()?;
        Some(Self { object, method })
    }

    /// What it makes of a value; nothing where it throws, as at what is no number and no date.
    fn write(&self, value: &JsValue, unit: &JsValue) -> Option<String> {
        self.method.call2(&self.object, value, unit).ok()?.as_string()
    }
}

impl Tongue for Intl {
    fn category(&self, n: u64) -> Category {
        #[expect(clippy::cast_precision_loss, reason = "a number of comments, characters or seconds")]
        let number = (n as f64).into();
        let word = self.plural.as_ref().and_then(|plural| plural.write(&number, &JsValue::UNDEFINED));
        let known = word.and_then(|word| Category::NAMES.iter().position(|name| *name == word));
        known.map_or(Category::Other, |number| Category::ALL[number])
    }

    /// In the reader's zone; the wire's own text where it is no moment.
    fn moment(&self, rfc3339: &str) -> Moment {
        let date = Date::new(&rfc3339.into());
        let written = self.exact.as_ref().and_then(|exact| exact.write(&date, &JsValue::UNDEFINED));
        let exact = written.unwrap_or_else(|| rfc3339.into());
        match self.ago((Date::now() - date.get_time()) / 1_000.0) {
            Some(words) => Moment { words, exact: Some(exact) },
            None => Moment { words: exact, exact: None },
        }
    }
}
