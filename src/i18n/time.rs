//! Moments as readers write them, by the browser's own `Intl`, which knows the reader's zone.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// Writes moments in one language. Made once per widget: making an `Intl` object costs
/// fifty times what using it does.
#[derive(Debug)]
pub struct Formatter(Function);

impl Formatter {
    /// A formatter of this language.
    pub fn new(lang: &str) -> Self {
        let options = Object::new();
        for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&options, &name.into(), &value.into());
        }
        Self(Intl::DateTimeFormat::new(&Array::of1(&lang.into()), &options).format())
    }

    /// The moment in the reader's zone; the wire's own text where it is none.
    pub fn format(&self, rfc3339: &str) -> String {
        let date = Date::new(&rfc3339.into());
        let written = self.0.call1(&JsValue::UNDEFINED, &date);
        written.ok().and_then(|text| text.as_string()).unwrap_or_else(|| rfc3339.into())
    }
}
