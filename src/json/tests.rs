//! What is read and written here is what serde reads and writes, and what serde refuses is refused.

use std::fmt::Debug;

use dumka_api::{
    Body, Comment, CommentEdit, Listing, NewComment, NewPreview, NewReport, NewVote, Problem, Thread,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::reader::FromJs;
use super::{LEVELS_MAX, ToJs, parse, write};
use crate::state::Draft;

wasm_bindgen_test_configure!(run_in_browser);

/// JSON that is not in the golden tests of the wire: what is missing, of another kind, or unknown.
const OBJECTS: &[&str] = &[
    "{}",
    "null",
    "1",
    r#""text""#,
    r#"{"comments":[]}"#,
    r#"{"comments":{}}"#,
    r#"{"comments":[],"thread":null}"#,
    r#"{"comments":[],"earlier":"yes"}"#,
    r#"{"comments":[],"next":1}"#,
    r#"{"state":"closed","total":12,"event":"7","features":["live","report","edit","vote","preview"]}"#,
    r#"{"state":"ajar"}"#,
    r#"{"total":-1}"#,
    r#"{"total":1.5}"#,
    r#"{"features":[1]}"#,
    r#"{"id":"1","created_at":"x","body":"hi","author":{"name":"A","badge":"moderator","avatar":"a"}}"#,
    r#"{"id":"1","created_at":"x","body":"hi","author":{"name":"A","badge":"king"}}"#,
    r#"{"id":"1","created_at":"x","body":"hi","author":{}}"#,
    r#"{"id":"1","created_at":"x","body":"hi","author":"A"}"#,
    r#"{"id":"1","created_at":"x","body":"hi","votes":null}"#,
    r#"{"id":"1","created_at":"x","body":"hi","votes":{"up":4294967295,"down":1}}"#,
    r#"{"id":"1","created_at":"x","body":"hi","votes":{"up":4294967296,"down":1}}"#,
    r#"{"id":1,"created_at":"x","body":"hi"}"#,
    r#"{"id":"1","body":"hi"}"#,
    r#"{"id":"1","created_at":"x","body":{}}"#,
    r#"{"type":"t","title":"T","status":422,"detail":"d","kind":"text_too_long","field":"text","limit":9,"retry_after":8}"#,
    r#"{"kind":"unknown","status":70000}"#,
    r#"{"kind":null}"#,
    r#"{"text":"t","attempt":{"key":"k","request":{"site":"s","author":{"name":"n","email":"e"}}}}"#,
    r#"{"text":"t","attempt":{"key":"k"}}"#,
];

/// Bodies likewise, whole ones and broken ones.
const BODIES: &[&str] = &[
    "[]",
    r#"[{"paragraph":["a",{"em":["b",{"strong":["c"]}]},{"code":"d"},{"link":{"href":"e","content":["f"]}}]}]"#,
    r#"[{"quote":[{"code":"a"}]},{"list":{"items":[[{"paragraph":[]}]]}},{"list":{"start":3,"items":[]}}]"#,
    r#"[{"image":"a"}]"#,
    r#"[{"paragraph":[{"blink":["a"]}]}]"#,
    r#"[{"paragraph":[{"link":{"href":"e"}}]}]"#,
    r#"[{"list":{"start":-1,"items":[]}}]"#,
    "[{}]",
    r#"["text"]"#,
];

/// Every JSON of the golden tests.
fn golden() -> impl Iterator<Item = &'static str> {
    let tests = include_str!("../../crates/api/tests/golden.rs");
    tests.split("r#\"").skip(1).map(|rest| rest.split("\"#").next().unwrap_or_default())
}

fn is_read_alike<T: FromJs + DeserializeOwned + Debug + PartialEq>(json: &str) -> bool {
    let expected = serde_json::from_str::<T>(json).ok();
    assert_eq!(parse::<T>(json), expected, "{json}");
    expected.is_some()
}

#[wasm_bindgen_test]
fn every_text_is_read_or_refused_as_serde_does() {
    assert!(golden().count() > 15);
    let mut read = [0; 7];
    for json in golden().chain(OBJECTS.iter().chain(BODIES).copied()) {
        read[3] += u32::from(is_read_alike::<Body>(json));
        // Serde takes an array for a structure without names, which nobody sends.
        if json.starts_with('[') {
            continue;
        }
        read[0] += u32::from(is_read_alike::<Listing>(json));
        read[1] += u32::from(is_read_alike::<Thread>(json));
        read[2] += u32::from(is_read_alike::<Comment>(json));
        read[4] += u32::from(is_read_alike::<Problem>(json));
        read[5] += u32::from(is_read_alike::<NewComment>(json));
        read[6] += u32::from(is_read_alike::<Draft>(json));
    }
    assert!(read.iter().all(|number| *number > 1), "each is read at some time: {read:?}");
}

#[wasm_bindgen_test]
fn what_is_half_there_or_too_deep_is_refused() {
    assert_eq!(parse::<Body>(r#"[{"paragraph":["#), None);
    let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    assert!(super::open(&nested(LEVELS_MAX)).is_some());
    assert!(super::open(&nested(LEVELS_MAX + 1)).is_none());
}

/// Whether a text can be such a thing; then it is written as serde writes it, but for the order.
fn is_written_alike<T: ToJs + DeserializeOwned + Serialize>(json: &str) -> bool {
    let Ok(value) = serde_json::from_str::<T>(json) else { return false };
    let written: serde_json::Value = serde_json::from_str(&write(&value)).expect("it is JSON");
    assert_eq!(written, serde_json::to_value(&value).expect("serde writes it"), "{json}");
    true
}

#[wasm_bindgen_test]
fn everything_is_written_as_serde_does() {
    let mut written = [0; 6];
    for json in golden().chain(OBJECTS.iter().copied()) {
        written[0] += u32::from(is_written_alike::<NewComment>(json));
        written[1] += u32::from(is_written_alike::<CommentEdit>(json));
        written[2] += u32::from(is_written_alike::<NewReport>(json));
        written[3] += u32::from(is_written_alike::<NewPreview>(json));
        written[4] += u32::from(is_written_alike::<NewVote>(json));
        written[5] += u32::from(is_written_alike::<Draft>(json));
    }
    assert!(written.iter().all(|number| *number > 0), "each is written at some time: {written:?}");
}
