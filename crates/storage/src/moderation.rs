//! Open reports, and a moderator's changes of a thread's title and address.

use dumka_api::ReportReason;
use dumka_domain::comment::UnixMillis;

/// A report that no decision has resolved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReport {
    /// The reason.
    pub reason: ReportReason,
    /// The reader's own words.
    pub note: Option<String>,
    /// The time at which it came.
    pub created_at: UnixMillis,
}

/// A moderator's changes of a thread's title and address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadNames {
    /// The change of the title.
    pub title: NameChange,
    /// The change of the address.
    pub url: NameChange,
}

/// A change of a title or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameChange {
    /// Leaves it as it is.
    Keep,
    /// Sets it, whatever comments bring from now on.
    Set(String),
    /// Takes it from the comments again.
    Reset,
}
