//! The rules of a report.

use dumka_api::limits::NOTE_MAX_CHARS;
use dumka_api::{NewReport, ProblemKind, ReportReason};

use crate::invalid::Invalid;
use crate::text::{is_blank, normalize_text};

/// A report that obeys every rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedReport {
    /// The reason.
    pub reason: ReportReason,
    /// The reader's own words, trimmed, with `\n` for every line break.
    pub note: Option<String>,
}

/// Checks a report.
pub fn check(new: &NewReport) -> Result<CheckedReport, Invalid> {
    if new.reason == ReportReason::Unknown {
        return Err(Invalid::new(ProblemKind::ReasonInvalid, "reason"));
    }
    Ok(CheckedReport { reason: new.reason, note: check_note(new.note.as_deref().unwrap_or_default())? })
}

fn check_note(note: &str) -> Result<Option<String>, Invalid> {
    let note = normalize_text(note, "note")?;
    if note.chars().count() > NOTE_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::NoteTooLong, "note", NOTE_MAX_CHARS));
    }
    Ok(Some(note).filter(|note| !is_blank(note)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(note: &str) -> Result<Option<String>, Invalid> {
        let checked = check(&NewReport { reason: ReportReason::Other, note: Some(note.into()) })?;
        Ok(checked.note)
    }

    #[test]
    fn reason_of_another_list_is_refused() {
        let invalid = check(&NewReport { reason: ReportReason::Unknown, note: None }).unwrap_err();
        assert_eq!((invalid.kind, invalid.field), (ProblemKind::ReasonInvalid, "reason"));
    }

    #[test]
    fn note_is_trimmed_and_a_blank_one_is_none() {
        assert_eq!(noted(" a\r\nb ").unwrap().as_deref(), Some("a\nb"));
        for blank in ["", " \n", "\u{200B}"] {
            assert_eq!(noted(blank).unwrap(), None, "{blank:?}");
        }
    }

    #[test]
    fn note_is_bounded_and_free_of_control_characters() {
        let longest = "ї".repeat(1_000);
        assert_eq!(noted(&format!(" {longest} ")).unwrap(), Some(longest.clone()));
        let invalid = noted(&format!("{longest}x")).unwrap_err();
        let Invalid { kind, field, limit } = invalid;
        assert_eq!((kind, field, limit), (ProblemKind::NoteTooLong, "note", Some(1_000)));
        for control in ["a\0", "a\u{FFFE}", "\u{FFFF}b"] {
            assert_eq!(noted(control).unwrap_err().kind, ProblemKind::ControlCharacters, "{control:?}");
        }
    }
}
