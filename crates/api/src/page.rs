//! The one form of a page's id: `/новини/`, `/%D0%BD…` and `/%d0%bd…` are one page, whoever spells it.
//!
//! An id is read as the path of an address, with its query where it has one, and written percent-decoded, as UTF-8
//! in NFC, without a slash at the end of either. What stays encoded is what would mean something else decoded:
//! `/`, `?` and `#` in a path; `&`, `=`, `+`, `;` and `#` in a query; bytes that are no UTF-8; and the percent sign where
//! two hexadecimal digits follow. Control characters, code points that are no characters, and what turns the direction
//! of the letters around are always written encoded: no XML can hold the first two, and the last would make one page
//! read as another. So the form of a form is that form. Ids that are no paths go the same way: `news/42` and `100%`
//! stay as they are.

use std::fmt::Write;

use dumka_markup::{is_bidi_control, is_noncharacter};
use icu_normalizer::ComposingNormalizerBorrowed;

/// The version of the form. Whoever keeps ids brings them to it anew when it is another one.
pub const FORM: u32 = 2;

const NORMALIZER: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// Brings a page's id to its one form. Costs time in proportion to its length.
pub fn canonical(id: &str) -> String {
    let id = id.trim();
    let (path, query) = id.split_once('?').unwrap_or((id, ""));
    let mut form = trimmed(&decoded(path, is_told_apart_in_a_path)).to_owned();
    if form.is_empty() && path.contains('/') {
        form.push('/');
    }
    let query = decoded(query, is_told_apart_in_a_query);
    let query = trimmed(&query);
    if !query.is_empty() {
        form.extend(["?", query]);
    }
    // Nothing but what is cut off: it is somebody's id all the same.
    if form.is_empty() { id.into() } else { form }
}

fn is_told_apart_in_a_path(c: char) -> bool {
    matches!(c, '/' | '?' | '#')
}

fn is_told_apart_in_a_query(c: char) -> bool {
    matches!(c, '&' | '=' | '+' | ';' | '#')
}

/// Tells what is written in no id but encoded.
fn is_never_shown(c: char) -> bool {
    c.is_control() || is_noncharacter(c) || is_bidi_control(c)
}

fn trimmed(part: &str) -> &str {
    part.trim_end_matches(|c: char| c == '/' || c.is_whitespace()).trim_start()
}

/// Decodes a part of an id, but for the characters that mean something else when they are not encoded.
fn decoded(part: &str, is_told_apart: fn(char) -> bool) -> String {
    let mut form = Form::default();
    let mut rest = part;
    while let Some(at) = rest.find('%') {
        form.add_words(&rest[..at]);
        let (bytes, after) = escaped(&rest[at..]);
        rest = after;
        if bytes.is_empty() {
            form.words.push('%');
            rest = &rest[1..];
        }
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                if is_told_apart(c) { form.keep_character(c) } else { form.add(c) }
            }
            form.keep(chunk.invalid());
        }
    }
    form.add_words(rest);
    form.write_words();
    form.text
}

/// The bytes that a text begins with in escapes, and what follows them.
fn escaped(text: &str) -> (Vec<u8>, &str) {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(byte) = escape(rest) {
        bytes.push(byte);
        rest = &rest[3..];
    }
    (bytes, rest)
}

/// The byte of the escape that a text begins with.
fn escape(text: &str) -> Option<u8> {
    let [b'%', high, low, ..] = *text.as_bytes() else { return None };
    let digit = |byte| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// A part of an id on its way to its form.
#[derive(Default)]
struct Form {
    text: String,
    /// Decoded characters that are not written yet: letters compose with each other, never with an escape.
    words: String,
}

impl Form {
    fn add_words(&mut self, words: &str) {
        words.chars().for_each(|c| self.add(c));
    }

    fn add(&mut self, c: char) {
        if is_never_shown(c) { self.keep_character(c) } else { self.words.push(c) }
    }

    fn keep_character(&mut self, c: char) {
        self.keep(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Writes bytes as escapes.
    fn keep(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.write_words();
        for byte in bytes {
            write!(self.text, "%{byte:02X}").expect("memory takes every byte");
        }
    }

    /// Writes the words so far. A percent sign that would begin an escape becomes one.
    fn write_words(&mut self) {
        let words = NORMALIZER.normalize(&self.words);
        for (at, c) in words.char_indices() {
            self.text.push(c);
            if escape(&words[at..]).is_some() {
                self.text.push_str("25");
            }
        }
        drop(words);
        self.words.clear();
    }
}
