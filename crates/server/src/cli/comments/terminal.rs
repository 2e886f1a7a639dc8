//! Texts of others on a terminal.

use std::io::Write;

/// Writes every line of a text, so far from the edge.
pub(super) fn write_harmless(text: &str, indent: &str, out: &mut impl Write) -> anyhow::Result<()> {
    for line in text.lines() {
        writeln!(out, "{indent}{}", harmless(line, |c| c.escape_unicode().to_string()))?;
    }
    Ok(())
}

/// Text that a terminal only shows: what would steer it or turn the line around is escaped.
pub(super) fn harmless(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let turns = matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if turns || (c.is_control() && c != '\n') {
            shown.push_str(&escape(c));
        } else {
            shown.push(c);
        }
    }
    shown
}
