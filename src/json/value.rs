//! Looks into values that the browser has parsed.

use std::fmt::{self, Display};

use js_sys::{Object, Reflect};
use serde::de::{self, Expected, Unexpected};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// Tells what stands in an object from what a page has given to all objects. Taken from the prototype, since an
    /// object
    /// may have an entry of that name.
    #[wasm_bindgen(js_namespace = ["Object", "prototype", "hasOwnProperty"], js_name = call)]
    fn has_own(object: &JsValue, name: &JsValue) -> bool;
}

/// The property of an object itself, nothing inherited; undefined where there is none, and for what is no object.
pub(crate) fn own(object: &JsValue, name: &str) -> JsValue {
    let name = name.into();
    if object.is_object() && has_own(object, &name) {
        Reflect::get(object, &name).unwrap_or_default()
    } else {
        JsValue::UNDEFINED
    }
}

/// A value is not of the shape that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mismatch;

pub(super) type Result<T> = std::result::Result<T, Mismatch>;

impl Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another shape")
    }
}

impl std::error::Error for Mismatch {}

/// The provided methods would put words together that nobody reads.
impl de::Error for Mismatch {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }
}

/// A whole number, as far as JSON's one kind of number tells it exactly.
pub(super) enum Number {
    Positive(u64),
    Negative(i64),
}

impl Number {
    pub(super) fn of(value: &JsValue) -> Result<Self> {
        let number = value.as_f64().filter(|number| number.fract() == 0.0).ok_or(Mismatch)?;
        // The ends of the two ranges; who asks knows those of the type.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is looked at")]
        match number {
            0.0..18_446_744_073_709_551_616.0 => Ok(Self::Positive(number as u64)),
            -9_223_372_036_854_775_808.0..0.0 => Ok(Self::Negative(number as i64)),
            _ => Err(Mismatch),
        }
    }
}

/// The first entry of an object, which names it.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) value: JsValue,
}

/// Finds that entry.
pub(super) fn entry(value: &JsValue) -> Result<Entry> {
    let object = value.dyn_ref::<Object>().ok_or(Mismatch)?;
    let name = Object::keys(object).get(0).as_string().ok_or(Mismatch)?;
    let value = own(value, &name);
    Ok(Entry { name, value })
}

/// The place of a variant among the names of its type, behind the last where it is none of them, and what it holds.
pub(super) fn variant(value: &JsValue, variants: &[&str]) -> Result<(u32, JsValue)> {
    let Entry { name, value } = match value.as_string() {
        Some(name) => Entry { name, value: JsValue::UNDEFINED },
        None => entry(value)?,
    };
    let known = variants.iter().zip(0..).find(|(known, _)| **known == name);
    Ok((known.map_or(u32::MAX, |(_, index)| index), value))
}
