//! What the browser keeps for the reader: the unsent text and the name.
//!
//! Storage may be denied, full or hold anybody's rubbish; then nothing is kept and nothing breaks.

#![allow(
    clippy::disallowed_methods,
    reason = "this module and `mount` are the widget's doors to the host page"
)]

use crate::config::Config;
use crate::json;
use crate::state::Draft;

const NAME_KEY: &str = "dumka:name";

/// The draft of this thread.
pub fn load(config: &Config) -> Draft {
    read(&key(config)).and_then(|kept| json::parse(&kept)).unwrap_or_default()
}

/// Keeps the draft of this thread, or forgets it when there is nothing in it.
pub fn save(config: &Config, draft: &Draft) {
    if *draft == Draft::default() {
        forget(&key(config));
    } else {
        write(&key(config), &json::write(draft));
    }
}

/// The name the reader last wrote under.
pub fn load_name() -> String {
    read(NAME_KEY).unwrap_or_default()
}

/// Keeps the name for the next time.
pub fn save_name(name: &str) {
    write(NAME_KEY, name);
}

/// 128 random bits in hexadecimal: an `Idempotency-Key`.
pub fn fresh_key() -> String {
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

fn key(config: &Config) -> String {
    ["dumka:draft", &config.endpoint, &config.site, &config.page].join(" ")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
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
