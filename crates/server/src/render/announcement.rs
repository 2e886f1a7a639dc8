//! Announces on a page what a reader has just done.

use dumka_widget::state;

/// An action of the reader that the page announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Announcement {
    /// The reader's comment is published.
    Published,
    /// The reader's comment waits for a moderator.
    Held,
    /// The reader's comment was edited.
    Saved,
    /// The reader's comment was deleted.
    Deleted,
    /// The reader's report was stored.
    Reported,
}

impl Announcement {
    /// The widget's own announcement.
    pub(super) fn into_widget(self) -> state::Announcement {
        match self {
            Self::Published => state::Announcement::Published,
            Self::Held => state::Announcement::Pending,
            Self::Saved => state::Announcement::Saved,
            Self::Deleted => state::Announcement::Deleted,
            Self::Reported => state::Announcement::Reported,
        }
    }
}
