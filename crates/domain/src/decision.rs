//! The rules of the words that go with a decision.

use dumka_api::ProblemKind;
use dumka_api::limits::DECISION_NOTE_MAX_CHARS;

use crate::invalid::Invalid;
use crate::text::{is_blank, normalize_text};

/// Checks a note for moderators; a blank one is none.
pub fn check_note(note: Option<&str>) -> Result<Option<String>, Invalid> {
    check(note, "note", ProblemKind::NoteTooLong)
}

/// Checks words to a comment's author; blank ones are none.
pub fn check_words(words: Option<&str>) -> Result<Option<String>, Invalid> {
    check(words, "words", ProblemKind::WordsTooLong)
}

fn check(text: Option<&str>, field: &'static str, too_long: ProblemKind) -> Result<Option<String>, Invalid> {
    let text = normalize_text(text.unwrap_or_default(), field)?;
    if text.chars().count() > DECISION_NOTE_MAX_CHARS {
        return Err(Invalid::over(too_long, field, DECISION_NOTE_MAX_CHARS));
    }
    Ok(Some(text).filter(|text| !is_blank(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_bounded_and_free_of_control_characters() {
        assert_eq!(check_words(Some(" Дякуємо\r\nза увагу ")), Ok(Some("Дякуємо\nза увагу".into())));
        assert_eq!(check_note(Some(" \u{200B}")), Ok(None));
        assert_eq!(check_note(None), Ok(None));
        let longest = "ї".repeat(DECISION_NOTE_MAX_CHARS);
        assert_eq!(check_note(Some(&longest)), Ok(Some(longest.clone())));
        let refused = check_words(Some(&format!("{longest}x"))).unwrap_err();
        assert_eq!((refused.kind, refused.limit), (ProblemKind::WordsTooLong, Some(1_000)));
        assert_eq!(check_note(Some("a\0")).unwrap_err().field, "note");
    }
}
