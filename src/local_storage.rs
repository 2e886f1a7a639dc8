//! Keeps drafts, the session, the name and the token of a reader in the browser's local storage.
//!
//! Storage may be denied, full or hold anybody's rubbish; then nothing is kept and nothing breaks.

#![allow(clippy::disallowed_methods, reason = "this module alone asks the page for its `crypto`")]

use std::cell::RefCell;

use dumka_api::{ReaderToken, Sort};
use web_sys::Storage;

use crate::config::Config;
use crate::json;
use crate::state::Draft;
use crate::state::session::{Session, SessionChange};

const NAME_KEY: &str = "dumka:name";
const READER_KEY: &str = "dumka:reader";

/// Loads the draft with this name.
pub fn load(config: &Config, name: &str) -> Draft {
    read(&key("draft", config, name)).and_then(|kept| json::from_str(&kept)).unwrap_or_default()
}

/// Saves the draft with this name, or deletes it if it is empty.
pub fn save(config: &Config, name: &str, draft: &Draft) {
    let key = key("draft", config, name);
    if *draft == Draft::default() {
        forget(&key);
    } else {
        write(&key, &json::to_string(draft));
    }
}

/// Loads the reader's session of this thread.
pub fn load_session(config: &Config) -> Session {
    read(&key("session", config, "")).map(|kept| Session::from_text(&kept)).unwrap_or_default()
}

/// Saves a change of the session, beside the changes of other tabs.
pub fn update_session(config: &Config, change: SessionChange) {
    let mut session = load_session(config);
    session.apply(change);
    write(&key("session", config, ""), &session.to_text());
}

/// Returns the reader's token, and creates it at the first use. Without storage, it lasts as long as the page.
pub fn reader_token() -> ReaderToken {
    thread_local!(static TOKEN: std::cell::OnceCell<ReaderToken> = const { std::cell::OnceCell::new() });
    let made = || {
        let token = generate_key();
        write(READER_KEY, &token);
        token
    };
    let kept = || read(READER_KEY).filter(|token| token.len() == 32).unwrap_or_else(made).into();
    TOKEN.with(|token| token.get_or_init(kept).clone())
}

/// Saves the order for the threads of this site, which the loader requests.
pub fn save_sort(config: &Config, sort: Sort) {
    write(&["dumka:sort ", &config.site].concat(), sort.as_str());
}

/// Loads the reader's last name.
pub fn load_name() -> String {
    read(NAME_KEY).unwrap_or_default()
}

/// Saves the reader's name.
pub fn save_name(name: &str) {
    write(NAME_KEY, name);
}

/// Generates 128 random bits in hexadecimal: an `Idempotency-Key`, or a token.
pub fn generate_key() -> String {
    let mut bytes = [0_u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes.fill_with(random_byte);
    }
    let digits = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// For browsers and pages without `crypto`: the key only has to differ from all others.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ random() < 1")]
fn random_byte() -> u8 {
    (js_sys::Math::random() * 256.0) as u8
}

fn key(what: &str, config: &Config, name: &str) -> String {
    ["dumka:", what, " ", &config.endpoint, " ", &config.site, " ", &config.page, name].concat()
}

thread_local!(static GIVEN: RefCell<Option<Storage>> = const { RefCell::new(None) });

/// Sets the storage: an object of the loader that works like the browser's and never fails.
pub fn keep_in(storage: Storage) {
    GIVEN.set(Some(storage));
}

fn storage() -> Option<Storage> {
    GIVEN.with_borrow(Clone::clone)
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn write(key: &str, value: &str) {
    // A full or denied storage is not the reader's trouble: the text still stands in the form.
    let _ = storage().map(|storage| storage.set_item(key, value));
}

fn forget(key: &str) {
    let _ = storage().map(|storage| storage.remove_item(key));
}
