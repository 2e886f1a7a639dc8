//! Feeds a parsed JavaScript value to serde.

use std::fmt::{self, Display};

use js_sys::Array;
use serde::de::{self, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::JsValue;

use super::access::{Entries, Items, Tagged};

/// A value as `JSON.parse` made it.
pub(super) struct Reader(pub(super) JsValue);

/// The value is not what was expected. It says no more: nobody reads it but the code that then says «malformed».
#[derive(Debug)]
pub(super) struct Mismatch;

impl Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value is not what was expected")
    }
}

impl std::error::Error for Mismatch {}

/// Every message that serde would compose is declined here, and with it the code that composes it.
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

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let value = self.0;
        if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(number) = value.as_f64() {
            visit_number(number, visitor)
        } else if let Some(answer) = value.as_bool() {
            visitor.visit_bool(answer)
        } else if Array::is_array(&value) {
            visitor.visit_seq(Items::of(&value))
        } else if value.is_object() {
            visitor.visit_map(Entries::of(&value))
        } else {
            visitor.visit_unit()
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if let Some(word) = self.0.as_string() {
            return visitor.visit_enum(word.into_deserializer());
        }
        let mut entries = if self.0.is_object() { Entries::of(&self.0) } else { return Err(Mismatch) };
        let (name, value) = entries.next().ok_or(Mismatch)?;
        visitor.visit_enum(Tagged { name, value })
    }

    // Each of these could be `deserialize_any`; told what comes, they leave the other branches out of the bundle.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_string(self.0.as_string().ok_or(Mismatch)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visit_number(self.0.as_f64().ok_or(Mismatch)?, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if Array::is_array(&self.0) { visitor.visit_seq(Items::of(&self.0)) } else { Err(Mismatch) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_object() { visitor.visit_map(Entries::of(&self.0)) } else { Err(Mismatch) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_u32(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_u32(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

/// JSON has one kind of number; whole ones that fit are told apart for the sake of integer fields.
fn visit_number<'de, V: Visitor<'de>>(number: f64, visitor: V) -> Result<V::Value, Mismatch> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and the comparison sees it"
    )]
    let whole = number as u64;
    #[allow(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "asks for exactness, which the loss refutes"
    )]
    let is_whole = whole as f64 == number;
    if is_whole { visitor.visit_u64(whole) } else { visitor.visit_f64(number) }
}
