//! Rules that every typed text obeys: line breaks, control characters, characters that draw nothing.

use dumka_api::ProblemKind;
use dumka_markup::{is_bidi_control, is_noncharacter};

use crate::invalid::Invalid;

/// Trims a text of several lines and writes every line break as `\n`; refuses other control characters.
pub(crate) fn normalize_text(text: &str, field: &'static str) -> Result<String, Invalid> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    refuse_controls(&text.replace(['\n', '\t'], " "), field)?;
    Ok(text.trim().into())
}

/// Tells whether nothing of a text would be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// Joins the words of a text by single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Refuses characters that no XML can hold, and so no feed: controls and noncharacters.
pub(crate) fn refuse_controls(text: &str, field: &'static str) -> Result<(), Invalid> {
    if text.chars().any(|c| c.is_control() || is_noncharacter(c)) {
        return Err(Invalid::new(ProblemKind::ControlCharacters, field));
    }
    Ok(())
}

/// Tells a character that draws nothing by itself: white space, joiners, marks of direction, fillers.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || is_bidi_control(c)
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}')
        || matches!(c, '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(c, '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}
