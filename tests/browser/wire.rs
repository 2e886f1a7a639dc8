//! Responses of the endpoint, and the widget's stored values and words.

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsCast;

/// Reads a key of the browser's local storage.
pub fn kept(key: &str) -> Option<String> {
    let storage = Reflect::get(&js_sys::global(), &"localStorage".into()).unwrap();
    storage.unchecked_into::<web_sys::Storage>().get_item(key).unwrap()
}

/// The words of a key of the catalog; a plural form has its category after a dot.
pub fn word(key: &str) -> String {
    let catalog = JSON::parse(include_str!("../../locales/ru.json")).unwrap();
    let word = key.split('.').fold(catalog, |value, name| Reflect::get(&value, &name.into()).unwrap());
    word.as_string().unwrap()
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

/// A listing of an endpoint that can do these things, named in quotes.
pub fn able(features: &str, listing: &str) -> String {
    listing.replacen(r#"{"total""#, &format!(r#"{{"features":[{features}],"total""#), 1)
}

/// All that an endpoint can do.
pub const EVERYTHING: &str = r#""reply","vote","edit","preview","live","report""#;

/// A comment of the wire that answers another.
pub fn reply(id: &str, parent: &str) -> String {
    comment(id, "published", &format!("text of {id}")).replacen(
        r#""author""#,
        &format!(r#""parent":"{parent}","author""#),
        1,
    )
}

/// A listing that brings these comments.
pub fn thread(comments: &[String]) -> String {
    let total = comments.len();
    let listing = format!(r#"{{"thread":{{"total":{total}}},"comments":[{}]}}"#, comments.join(","));
    able(EVERYTHING, &listing)
}

/// The answer to an accepted post, with a token that is good for as many minutes.
pub fn accepted_for(minutes: u32, comment: &str) -> String {
    let until = format!("2026-05-01T09:{minutes:02}:00.000Z");
    let now = "2026-05-01T09:00:00.000Z";
    format!(
        r#"{{"comment":{comment},"edit_token":"the-token-of-the-author","edit_until":"{until}","server_time":"{now}"}}"#
    )
}

/// The answer to an accepted post.
pub fn accepted(id: &str, state: &str) -> String {
    format!(r#"{{"comment":{}}}"#, comment(id, state, "accepted"))
}
