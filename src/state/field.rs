//! The fields of forms.

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The reader's name.
    Name,
    /// The reader's address.
    Email,
    /// The comment, or the note to a report.
    Text,
    /// The reason of a report.
    Reason,
}

impl Field {
    /// Returns its name in the form and in problems.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Text => "text",
            Self::Reason => "reason",
        }
    }

    /// Finds a field by its name. The note of a report is written into the field of the text.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "name" => Some(Self::Name),
            "email" => Some(Self::Email),
            "text" | "note" => Some(Self::Text),
            "reason" => Some(Self::Reason),
            _ => None,
        }
    }
}
