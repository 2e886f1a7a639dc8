//! JSON: the types that serde derives, read from what the browser has parsed and written as text.
//!
//! A parser and its error messages would cost the reader over 30 KB on the wire for what the browser has already.

mod de;
mod ser;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
mod value;

use js_sys::{Array, JSON, Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use de::Deserializer;
use ser::Serializer;
pub(crate) use value::own;

/// Arrays and objects in one another, at most. A comment's tree has half of them; whoever walked a deeper one, which
/// any
/// endpoint may send, would run out of stack.
const MAX_DEPTH: usize = 128;

/// Reads a text; nothing where it is not whole JSON or not of this shape.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Option<T> {
    decode(&parse(text)?)
}

/// Lets the browser parse a text; nothing where it is not whole JSON or too deep for whoever walks it.
pub(crate) fn parse(text: &str) -> Option<JsValue> {
    if is_shallow(text) { JSON::parse(text).ok() } else { None }
}

/// Reads a value that was parsed; nothing where it is not of this shape.
pub(crate) fn decode<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    T::deserialize(Deserializer(value)).ok()
}

/// Writes a value.
pub(crate) fn to_string(value: &impl Serialize) -> String {
    let mut serializer = Serializer::default();
    // Fails for kinds of values that none of the types has.
    let _ = value.serialize(&mut serializer);
    serializer.text
}

/// Takes the list out of a parsed object, so that its items can be read one at a time.
pub(crate) fn take_list(object: &JsValue, name: &str) -> Option<Array> {
    let list = own(object, name).dyn_into().ok()?;
    Reflect::set(object, &name.into(), &Array::new()).ok()?;
    Some(list)
}

/// Reads a property; undefined if the object has none, or is none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// A plain object with these entries.
pub(crate) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn is_shallow(text: &str) -> bool {
    let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
    text.bytes().all(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth <= MAX_DEPTH
    })
}
