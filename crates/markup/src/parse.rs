//! Text to tree, by the grammar that docs/embedding.md writes down in one table.

mod address;
mod blocks;
mod classes;
mod host;
mod line;

use std::borrow::Cow;

use crate::{Body, is_bidi_control, is_noncharacter};

/// The version of the grammar. Whoever keeps trees beside their texts parses the texts anew when it is another one.
pub const GRAMMAR: u32 = 3;

/// Parses comment text.
///
/// Every character stands in the tree, in its place, but for the marks of the grammar and the bidirectional overrides
/// and isolates, which could turn around what stands beside them. What no XML can hold becomes U+FFFD. The time
/// grows with the length of the text and nothing else.
pub fn parse(text: &str) -> Body {
    let text = printable(text);
    Body::Blocks(blocks::blocks(&text.split('\n').collect::<Vec<_>>(), 0))
}

/// The text with one kind of line break and without what cannot be shown.
fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| (c != '\n' && is_unprintable(c)) || is_bidi_control(c)) {
        return text.into();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace(is_bidi_control, "");
    text.chars().map(|c| if is_unprintable(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn is_unprintable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_noncharacter(c)
}
