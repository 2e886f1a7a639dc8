//! Writes values as JSON.

use serde::Serialize;

/// Writes a value of which every map has text for keys, as all types of the wire do.
pub fn to_string(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("maps with text for keys become JSON")
}
