//! The rules of an edit.

use dumka_api::{CommentEdit, ProblemKind};

use crate::comment::UnixMillis;
use crate::invalid::Invalid;
use crate::submission::check_text;

/// An edit that obeys every rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedEdit {
    /// The text, trimmed, with `\n` for every line break.
    pub text: String,
    /// The text that it may replace.
    pub base: EditBase,
}

/// The text that an edit may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditBase {
    /// The present one, whatever it is.
    Any,
    /// The one that was last edited at this time, or never.
    EditedAt(Option<UnixMillis>),
}

impl EditBase {
    /// Tells whether the edit may replace a text that was last edited at `edited_at`.
    pub fn allows(self, edited_at: Option<UnixMillis>) -> bool {
        match self {
            Self::Any => true,
            Self::EditedAt(known) => known == edited_at,
        }
    }
}

/// Checks an edit.
pub fn check(edit: &CommentEdit) -> Result<CheckedEdit, Invalid> {
    let base = match &edit.edited_at {
        None => EditBase::Any,
        Some(known) => {
            let moment = known.0.as_ref().map(UnixMillis::try_from).transpose();
            EditBase::EditedAt(moment.map_err(|_| Invalid::new(ProblemKind::ValueInvalid, "edited_at"))?)
        }
    };
    Ok(CheckedEdit { text: check_text(&edit.text)?, base })
}

#[cfg(test)]
mod tests {
    use dumka_api::{EditedAt, Timestamp};

    use super::*;

    fn at(moment: &str) -> EditedAt {
        EditedAt(Some(Timestamp(moment.into())))
    }

    fn edit(text: &str, edited_at: Option<EditedAt>) -> Result<CheckedEdit, Invalid> {
        check(&CommentEdit { text: text.into(), edited_at })
    }

    #[test]
    fn edit_is_held_to_the_rules_of_a_new_text() {
        assert_eq!(edit(" a\r\nb ", None).unwrap(), CheckedEdit { text: "a\nb".into(), base: EditBase::Any });
        assert_eq!(edit(" ", None).unwrap_err().kind, ProblemKind::TextEmpty);
    }

    #[test]
    fn edit_replaces_only_the_text_it_began_from() {
        let moment = Some(UnixMillis(1_777_627_800_123));
        assert!(edit("a", None).unwrap().base.allows(moment));
        let never = edit("a", Some(EditedAt(None))).unwrap().base;
        assert!(never.allows(None) && !never.allows(moment));
        let then = edit("a", Some(at("2026-05-01T09:30:00.123Z"))).unwrap().base;
        assert!(then.allows(moment) && !then.allows(None) && !then.allows(Some(UnixMillis(0))));
    }

    #[test]
    fn moment_that_is_none_is_named() {
        let invalid = edit("a", Some(at("yesterday"))).unwrap_err();
        assert_eq!((invalid.kind, invalid.field), (ProblemKind::ValueInvalid, "edited_at"));
    }
}
