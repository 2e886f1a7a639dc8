//! JSON: read and written by the browser.
//!
//! A parser and its error messages in the bundle cost the reader some 20 KB on the wire for what
//! the browser has already; so values are read from what `JSON.parse` makes, and the only error
//! is that they are not what was expected. How they are read and written is declared here: what serde derives
//! weighs four times as much.

mod reader;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
mod wire;
mod writer;

use js_sys::JSON;
use wasm_bindgen::JsValue;

pub(crate) use reader::{FromJs, get};
pub(crate) use writer::{ToJs, object};

/// Arrays and objects in one another, at most. A comment's tree has half of them; whoever walked a deeper one, which any
/// endpoint may send, would run out of stack.
const LEVELS_MAX: usize = 128;

/// Reads a text; nothing where it is not whole JSON or not of this shape.
pub(crate) fn parse<T: FromJs>(text: &str) -> Option<T> {
    read(&open(text)?)
}

/// Lets the browser parse a text; nothing where it is not whole JSON or too deep for whoever walks it.
pub(crate) fn open(text: &str) -> Option<JsValue> {
    if is_shallow(text) { JSON::parse(text).ok() } else { None }
}

/// Reads a value that the browser parsed; nothing where it is not of this shape.
pub(crate) fn read<T: FromJs>(value: &JsValue) -> Option<T> {
    let mut wrong = false;
    let read = T::from_js(value, &mut wrong);
    if wrong { None } else { Some(read) }
}

/// Writes a value.
pub(crate) fn write(value: &impl ToJs) -> String {
    let text = JSON::stringify(&value.to_js()).expect("plain objects can always be written");
    text.into()
}

fn is_shallow(text: &str) -> bool {
    let (mut level, mut in_string, mut is_escaped) = (0_usize, false, false);
    text.bytes().all(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => level += 1,
            b']' | b'}' if !in_string => level = level.saturating_sub(1),
            _ => {}
        }
        level <= LEVELS_MAX
    })
}
