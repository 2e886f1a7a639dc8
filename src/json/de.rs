//! Deserializes values that the browser has parsed.
//!
//! A structure is read in the order of its fields, each looked up by its name, and a variant by its place among the
//! names
//! of its type: what serde derives for names that come in any order weighs several times as much. Names that a type
//! does
//! not have are passed over. Nothing is said about what is wrong: the only question is whether a value can be read.

use js_sys::Array;
use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{
    self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

use super::value::{Entry, Mismatch, Number, Result, entry, own, variant};

/// Reads one value.
#[derive(Clone, Copy)]
pub(super) struct Deserializer<'a>(pub(super) &'a JsValue);

/// Declares the methods for numbers, all alike.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match Number::of(self.0)? {
                Number::Positive(number) => visitor.visit_u64(number),
                Number::Negative(number) => visitor.visit_i64(number),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Deserializer<'_> {
    type Error = Mismatch;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    /// Reads what may be a text, a list, or an object that is named by its one entry.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.0.is_string() {
            self.deserialize_string(visitor)
        } else if Array::is_array(self.0) {
            self.deserialize_seq(visitor)
        } else {
            visitor.visit_map(entry(self.0)?)
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_bool(self.0.as_bool().ok_or(Mismatch)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_string(self.0.as_string().ok_or(Mismatch)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_seq(Items { array: self.0.dyn_ref().ok_or(Mismatch)?, next: 0 })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if self.0.is_object() {
            visitor.visit_seq(Fields { object: self.0, names: fields.iter() })
        } else {
            Err(Mismatch)
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let (index, value) = variant(self.0, variants)?;
        visitor.visit_enum(Variant { index, value: &value })
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

/// The items of an array.
struct Items<'a> {
    array: &'a Array,
    next: u32,
}

impl Items<'_> {
    fn next(&mut self) -> Option<JsValue> {
        let index = self.next;
        self.next += 1;
        (index < self.array.length()).then(|| self.array.get(index))
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.next().map(|item| seed.deserialize(Deserializer(&item))).transpose()
    }
}

/// The fields of a structure in their order. One that is not there counts as the end, behind which the others are asked
/// for all the same: what serde derives takes it for missing, and the field's default in its place.
struct Fields<'a> {
    object: &'a JsValue,
    names: std::slice::Iter<'static, &'static str>,
}

impl Fields<'_> {
    fn next(&mut self) -> Option<JsValue> {
        let name = self.names.next()?;
        // What stands among the fields of another structure is that structure, read once more.
        let value = if name.is_empty() { self.object.clone() } else { own(self.object, name) };
        if value.is_undefined() { None } else { Some(value) }
    }
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.next().map(|value| seed.deserialize(Deserializer(&value))).transpose()
    }
}

impl<'de> MapAccess<'de> for Entry {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let name: StrDeserializer<'_, Mismatch> = self.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(Deserializer(&self.value))
    }
}

/// A variant by its place, and what it holds; undefined where it is a name alone.
#[derive(Clone, Copy)]
struct Variant<'a> {
    index: u32,
    value: &'a JsValue,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let index: U32Deserializer<Mismatch> = self.index.into_deserializer();
        seed.deserialize(index).map(|index| (index, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(Deserializer(self.value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value> {
        de::Deserializer::deserialize_seq(Deserializer(self.value), visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        de::Deserializer::deserialize_struct(Deserializer(self.value), "", fields, visitor)
    }
}
