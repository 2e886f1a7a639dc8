//! What the endpoint says, and what the widget keeps and calls things.

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsCast;

/// What the browser's local storage holds under a key.
pub fn kept(key: &str) -> Option<String> {
    let storage = Reflect::get(&js_sys::global(), &"localStorage".into()).unwrap();
    storage.unchecked_into::<web_sys::Storage>().get_item(key).unwrap()
}

/// What the widget says under a key of its catalog.
pub fn word(key: &str) -> String {
    let catalog = JSON::parse(include_str!("../../locales/ru.json")).unwrap();
    Reflect::get(&catalog, &key.into()).unwrap().as_string().unwrap()
}

/// A listing of plain comments with these ids.
pub fn listing(ids: &[&str], total: u32, next: Option<&str>) -> String {
    let comments: Vec<_> = ids.iter().map(|id| comment(id, "published", &format!("text of {id}"))).collect();
    let next = next.map_or("null".into(), |next| format!("\"{next}\""));
    format!(r#"{{"thread":{{"total":{total}}},"comments":[{}],"next":{next}}}"#, comments.join(","))
}

/// A comment of the wire.
pub fn comment(id: &str, state: &str, body: &str) -> String {
    let body = JSON::stringify(&body.into()).unwrap();
    format!(
        r#"{{"id":"{id}","author":{{"name":"Автор {id}"}},"created_at":"2026-05-01T09:30:00.000Z","state":"{state}","body":{body}}}"#
    )
}

/// The answer to an accepted post.
pub fn accepted(id: &str, state: &str) -> String {
    format!(r#"{{"comment":{}}}"#, comment(id, state, "accepted"))
}
