//! The reader and the writer accept, refuse and produce the same as serde does.

use std::fmt::Debug;

use dumka_api::{
    Block, Body, Comment, CommentEdit, Listing, LiveAlive, LiveComment, LiveDeleted, LiveVotes, NewComment,
    NewPreview, NewReport, NewVote, Previewed, Problem, SingleComment, Submitted, Thread, Voted,
};
use js_sys::{Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::{MAX_DEPTH, from_str, parse, to_string};
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
    r#"{"total":"12"}"#,
    r#"{"total":9007199254740991}"#,
    r#"{"total":18446744073709551616}"#,
    r#"{"total":1e300}"#,
    r#"{"total":-1e300}"#,
    r#"{"status":65536}"#,
    r#"{"retry_after":null,"limit":-7}"#,
    r#"{"votes":{"up":"1","down":0}}"#,
    r#"{"votes":{"up":1,"down":0},"value":-1}"#,
    r#"{"votes":{"up":1},"value":-1}"#,
    r#"{"votes":{"up":1,"down":0},"value":-9223372036854777856}"#,
    r#"{"page":"p","id":"1","created_at":"x","body":"hi"}"#,
    r#"{"page":"p","id":"1","created_at":"x","body":"hi","total":"2"}"#,
    r#"{"id":"1","comment":{"id":"1"},"votes":{"up":1,"down":0}}"#,
    r#"{"server_time":{},"heartbeat_secs":15}"#,
    r#"{"server_time":"x"}"#,
    r#"{"__proto__":{"id":"1"},"created_at":"x","body":"hi"}"#,
    r#"{"id":"1","created_at":"x","body":"hi","hasOwnProperty":1,"toString":[],"constructor":null}"#,
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

fn is_read_alike<T: DeserializeOwned + Debug + PartialEq>(json: &str) -> bool {
    let expected = serde_json::from_str::<T>(json).ok();
    assert_eq!(from_str::<T>(json), expected, "{json}");
    expected.is_some()
}

/// Counts which of the types can be read from which text, so that none of them goes untested.
macro_rules! read_alike {
    ($json:ident, $count:ident: $($kind:ty)*) => {
        let can_be: Vec<_> = [$(is_read_alike::<$kind>($json)),*].into();
        $count.resize(can_be.len(), 0);
        for (count, can_be) in $count.iter_mut().zip(can_be) {
            *count += u32::from(can_be);
        }
    };
}

#[wasm_bindgen_test]
fn every_text_is_read_or_refused_as_serde_does() {
    assert!(golden().count() > 15);
    let mut read: Vec<u32> = Vec::new();
    for json in golden().chain(OBJECTS.iter().copied()) {
        // Serde takes an array for a structure without names, which nobody sends.
        if json.starts_with('[') {
            continue;
        }
        read_alike! { json, read:
            Listing Thread Comment Problem NewComment Draft LiveComment LiveDeleted LiveVotes LiveAlive
            Submitted SingleComment Previewed Voted
        }
    }
    assert!(read.iter().all(|number| *number > 0), "each is read at some time: {read:?}");
    let bodies = BODIES.iter().filter(|json| is_read_alike::<Body>(json)).count();
    assert!(bodies > 1 && bodies < BODIES.len());
}

#[wasm_bindgen_test]
fn what_is_half_there_or_too_deep_is_refused() {
    assert_eq!(from_str::<Body>(r#"[{"paragraph":["#), None);
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(parse(&nested(MAX_DEPTH)).is_some());
    assert!(parse(&nested(MAX_DEPTH + 1)).is_none());
    assert!(from_str::<Listing>(&format!(r#"{{"comments":{}}}"#, nested(100_000))).is_none());
    // Each quote is an object and an array: as deep as may be, and then one more.
    let quotes = |depth: usize| [r#"[{"quote":"#.repeat(depth), "[]".into(), "}]".repeat(depth)].concat();
    assert!(from_str::<Vec<Block>>(&quotes(MAX_DEPTH / 2 - 1)).is_some());
    assert_eq!(from_str::<Vec<Block>>(&quotes(MAX_DEPTH / 2)), None);
}

fn prototype() -> Object {
    js_sys::eval("Object.prototype").expect("every page has it").into()
}

/// Properties that a page has given to all objects, until this is dropped.
struct Inherited(&'static [&'static str]);

impl Inherited {
    fn with(names: &'static [&'static str], value: &str) -> Self {
        let value = js_sys::eval(value).expect("a value");
        for name in names {
            Reflect::set(&prototype(), &(*name).into(), &value).expect("nobody has frozen it");
        }
        Self(names)
    }
}

impl Drop for Inherited {
    fn drop(&mut self) {
        let all = prototype();
        for name in self.0 {
            Reflect::delete_property(&all, &(*name).into()).expect("it was set");
        }
    }
}

#[wasm_bindgen_test]
fn what_a_page_has_given_to_all_objects_is_not_read() {
    const COMMENT: &str = r#"{"id":"1","created_at":"x","body":[{"paragraph":["a"]}],"author":{"name":"A"}}"#;
    let expected = serde_json::from_str::<Comment>(COMMENT).expect("a comment");
    for value in ["'staff'", "7", "({ up: 1, down: 1 })", "(() => {})"] {
        let _page =
            Inherited::with(&["badge", "parent", "votes", "state", "edited_at", "name", "quote"], value);
        assert_eq!(from_str::<Comment>(COMMENT), Some(expected.clone()), "{value}");
        assert_eq!(from_str::<Comment>(r#"{"id":"1","created_at":"x","body":"hi","author":{}}"#), None);
    }
}

#[wasm_bindgen_test]
fn what_a_page_has_given_to_all_objects_is_not_written() {
    let edit =
        CommentEdit { text: "tab\t, line\n, quote\", slash\\ and \u{1}\u{1f600}".into(), edited_at: None };
    let _page = Inherited::with(&["toJSON"], "(() => 'another')");
    let written = to_string(&edit);
    assert_eq!(serde_json::from_str(&written).ok(), Some(edit), "{written}");
}

/// Returns `true` if the text decodes to `T`, and checks that it is written as serde writes it.
fn is_written_alike<T: DeserializeOwned + Serialize>(json: &str) -> bool {
    let Ok(value) = serde_json::from_str::<T>(json) else { return false };
    let written: serde_json::Value = serde_json::from_str(&to_string(&value)).expect("it is JSON");
    assert_eq!(written, serde_json::to_value(&value).expect("serde writes it"), "{json}");
    true
}

#[wasm_bindgen_test]
fn everything_is_written_as_serde_does() {
    let mut written = [0; 9];
    for json in golden().chain(OBJECTS.iter().copied()) {
        written[0] += u32::from(is_written_alike::<NewComment>(json));
        written[1] += u32::from(is_written_alike::<CommentEdit>(json));
        written[2] += u32::from(is_written_alike::<NewReport>(json));
        written[3] += u32::from(is_written_alike::<NewPreview>(json));
        written[4] += u32::from(is_written_alike::<NewVote>(json));
        written[5] += u32::from(is_written_alike::<Draft>(json));
        written[6] += u32::from(is_written_alike::<Thread>(json));
        written[7] += u32::from(is_written_alike::<Problem>(json));
        written[8] += u32::from(is_written_alike::<Submitted>(json));
    }
    assert!(written.iter().all(|number| *number > 0), "each is written at some time: {written:?}");
}
