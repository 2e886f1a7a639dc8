//! Reads what the browser parsed: values first, then what objects and words are made of.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Something that can be read from a parsed value.
///
/// Reading never stops in the middle: what is not there is made up, and `wrong` is set, for whoever asked to throw all of
/// it away. A way out after each field would weigh as much as the fields do.
pub(crate) trait FromJs {
    /// Reads a value.
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self;
}

/// What stands under a name; undefined where there is nothing, or nothing that has names.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// What stands under a name.
pub(super) fn field<T: FromJs>(object: &JsValue, name: &str, wrong: &mut bool) -> T {
    T::from_js(&get(object, name), wrong)
}

/// What stands under a name, or what stands for it where nothing does.
pub(super) fn field_or_default<T: FromJs + Default>(object: &JsValue, name: &str, wrong: &mut bool) -> T {
    let value = get(object, name);
    if value.is_undefined() { T::default() } else { T::from_js(&value, wrong) }
}

/// The one entry of an object that is named by what it holds.
pub(super) fn entry(value: &JsValue) -> Option<(String, JsValue)> {
    let object = value.dyn_ref::<Object>()?;
    let name = Object::keys(object).get(0).as_string()?;
    let value = get(object, &name);
    Some((name, value))
}

/// What was read, or what is made up in its place.
fn known<T>(read: Option<T>, made_up: T, wrong: &mut bool) -> T {
    *wrong |= read.is_none();
    read.unwrap_or(made_up)
}

impl FromJs for String {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        known(value.as_string(), Self::new(), wrong)
    }
}

impl FromJs for bool {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        known(value.as_bool(), false, wrong)
    }
}

/// JSON has one kind of number; what it says must be one of these.
macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl FromJs for $number {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss,
                clippy::cast_lossless,
                clippy::float_cmp,
                reason = "a cast saturates, and the comparison sees it"
            )]
            fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
                let number = known(value.as_f64(), 0.0, wrong);
                *wrong |= number as Self as f64 != number;
                number as Self
            }
        }
    )*};
}

whole_numbers! { u16, u32, u64 }

impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        if value.is_null() || value.is_undefined() { None } else { Some(T::from_js(value, wrong)) }
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        let mut items = Self::new();
        match value.dyn_ref::<Array>() {
            Some(array) => {
                for index in 0..array.length() {
                    items.push(T::from_js(&array.get(index), wrong));
                }
            }
            None => *wrong = true,
        }
        items
    }
}

/// Declares how objects are read. The fields behind the semicolon may be missing, and are the default then.
macro_rules! objects {
    ($($object:ident { $($field:ident),* $(; $($other:ident),*)? })*) => {$(
        impl FromJs for $object {
            fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
                *wrong |= !value.is_object();
                Self {
                    $($field: reader::field(value, stringify!($field), wrong),)*
                    $($($other: reader::field_or_default(value, stringify!($other), wrong),)*)?
                }
            }
        }
    )*};
}

/// Declares how words are read. Behind the semicolon stands what another word is read as; without it, it is wrong.
macro_rules! words {
    ($($kind:ident { $($word:literal = $variant:ident),* $(; _ = $unknown:ident)? })*) => {$(
        impl FromJs for $kind {
            fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
                match String::from_js(value, wrong).as_str() {
                    $($word => Self::$variant,)*
                    _ => words!(@other wrong $($unknown)? ; $($variant)*),
                }
            }
        }
    )*};
    (@other $wrong:ident $unknown:ident ; $($variant:ident)*) => { Self::$unknown };
    (@other $wrong:ident ; $first:ident $($variant:ident)*) => {{
        *$wrong = true;
        Self::$first
    }};
}

pub(super) use {objects, words};
