//! Writes what the browser makes into text.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Something that can be written.
pub(crate) trait ToJs {
    /// A plain value that says the same; undefined where there is nothing.
    fn to_js(&self) -> JsValue;
}

/// A plain object with these entries, without those that are undefined.
pub(crate) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        if !value.is_undefined() {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&object, &(*name).into(), value);
        }
    }
    object.into()
}

impl ToJs for String {
    fn to_js(&self) -> JsValue {
        self.into()
    }
}

impl<T: ToJs> ToJs for Option<T> {
    fn to_js(&self) -> JsValue {
        self.as_ref().map_or(JsValue::UNDEFINED, T::to_js)
    }
}

/// Declares how objects are written. A field that holds nothing is left out; behind the semicolon, it is null.
macro_rules! written {
    ($($object:ident { $($field:ident),* $(; $($other:ident),*)? })*) => {$(
        impl ToJs for $object {
            fn to_js(&self) -> JsValue {
                writer::object(&[
                    $((stringify!($field), self.$field.to_js()),)*
                    $($((stringify!($other), self.$other.as_ref().map_or(JsValue::NULL, ToJs::to_js)),)*)?
                ])
            }
        }
    )*};
}

pub(super) use written;
