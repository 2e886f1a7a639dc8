//! Walks what is inside a parsed JavaScript value: arrays, objects, variants.

use std::vec::IntoIter;

use js_sys::{Array, Object, Reflect};
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use wasm_bindgen::{JsCast, JsValue};

use super::reader::{Mismatch, Reader};

/// The items of an array.
pub(super) struct Items(IntoIter<JsValue>);

impl Items {
    pub(super) fn of(array: &JsValue) -> Self {
        Self(Array::<JsValue>::from(array).to_vec().into_iter())
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        self.0.next().map(|value| seed.deserialize(Reader(value))).transpose()
    }
}

/// The entries of an object, and the value whose key was read last.
pub(super) struct Entries {
    object: JsValue,
    keys: IntoIter<JsValue>,
    value: JsValue,
}

impl Entries {
    pub(super) fn of(object: &JsValue) -> Self {
        let keys = Object::keys(object.unchecked_ref::<Object>()).to_vec().into_iter();
        Self { object: object.clone(), keys, value: JsValue::UNDEFINED }
    }

    /// The next key and its value.
    pub(super) fn next(&mut self) -> Option<(String, JsValue)> {
        let key = self.keys.next()?;
        // A plain object's own property can always be read.
        let value = Reflect::get(&self.object, &key).unwrap_or_default();
        Some((key.as_string()?, value))
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let Some((name, value)) = self.next() else { return Ok(None) };
        self.value = value;
        let key: StringDeserializer<Mismatch> = name.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(Reader(std::mem::take(&mut self.value)))
    }
}

/// A variant that carries something: an object of one entry.
pub(super) struct Tagged {
    /// The variant's name.
    pub(super) name: String,
    /// What it carries.
    pub(super) value: JsValue,
}

impl<'de> EnumAccess<'de> for Tagged {
    type Error = Mismatch;
    type Variant = Reader;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Reader), Mismatch> {
        let name: StringDeserializer<Mismatch> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, Reader(self.value)))
    }
}

impl<'de> VariantAccess<'de> for Reader {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_any(visitor)
    }
}
