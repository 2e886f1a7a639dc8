//! Moments as readers write them, by the browser's own `Intl`, which knows the reader's zone.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Moment;

/// Writes moments in one language. Made once per widget: making an `Intl` object costs
/// fifty times what using it does.
#[derive(Debug)]
pub struct Formatter {
    exact: Function,
    /// The formatter and its method, where the browser has them.
    relative: Option<(JsValue, Function)>,
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

impl Formatter {
    /// A formatter of this language.
    pub fn new(lang: &str) -> Self {
        let locales = Array::of1(&lang.into());
        let styles = options([("dateStyle", "medium"), ("timeStyle", "short")]);
        let exact = Intl::DateTimeFormat::new(&locales, &styles).format();
        Self { exact, relative: relative(&locales) }
    }

    /// The moment in the reader's zone; the wire's own text where it is none.
    pub fn format(&self, rfc3339: &str) -> Moment {
        let date = Date::new(&rfc3339.into());
        let written = self.exact.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string());
        let exact = written.unwrap_or_else(|| rfc3339.into());
        match self.ago((Date::now() - date.get_time()) / 1_000.0) {
            Some(words) => Moment { words, exact: Some(exact) },
            None => Moment { words: exact, exact: None },
        }
    }

    /// So many seconds ago, in words; nothing where that is no number. A clock that is a little behind the server's
    /// tells no future.
    fn ago(&self, secs: f64) -> Option<String> {
        let secs = if secs < 0.0 { 0.0 } else { secs };
        let &(unit, length) = UNITS.iter().find(|(_, length)| secs >= *length).unwrap_or(&("second", 60.0));
        let (formatter, format) = self.relative.as_ref()?;
        let number = -(secs / length).floor();
        // Throws where there is no number.
        format.call2(formatter, &number.into(), &unit.into()).ok()?.as_string()
    }
}

/// `Intl.RelativeTimeFormat` with words such as «yesterday»; «now» is less than a minute ago.
fn relative(locales: &Array) -> Option<(JsValue, Function)> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"RelativeTimeFormat".into()).ok()?.dyn_into().ok()?;
    let formatter = Reflect::construct(&class, &Array::of2(locales, &options([("numeric", "auto")]))).ok()?;
    let format = Reflect::get(&formatter, &"format".into()).ok()?.dyn_into().ok()?;
    Some((formatter, format))
}

fn options<const N: usize>(options: [(&str, &str); N]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    object
}
