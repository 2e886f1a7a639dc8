//! A reader's report of a comment to the site's moderators.

use serde::{Deserialize, Serialize};

/// The body of a `POST` to a comment's `report`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReport {
    /// The reason. A missing one counts as a reason that is not known.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub reason: ReportReason,
    /// The reader's own words, at most 1,000 characters after trimming.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The reason of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// It advertises something.
    Spam,
    /// It insults somebody.
    Insult,
    /// It incites hatred against people for what they are.
    Hate,
    /// It is against the law in another way.
    Illegal,
    /// It tells what is private to somebody.
    PersonalData,
    /// Something else, as a rule told in the note.
    Other,
    /// None of these; a server refuses it.
    #[default]
    #[serde(other)]
    Unknown,
}

impl ReportReason {
    /// Every reason that a reader may give, in the order to offer them.
    pub const ALL: [Self; 6] =
        [Self::Spam, Self::Insult, Self::Hate, Self::Illegal, Self::PersonalData, Self::Other];

    /// The word that stands for it on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Insult => "insult",
            Self::Hate => "hate",
            Self::Illegal => "illegal",
            Self::PersonalData => "personal_data",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// The reason that `word` stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}
