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
    /// Every announcement.
    const ALL: [Self; 5] = [Self::Published, Self::Held, Self::Saved, Self::Deleted, Self::Reported];

    /// Its name in the addresses of pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Held => "held",
            Self::Saved => "saved",
            Self::Deleted => "deleted",
            Self::Reported => "reported",
        }
    }

    /// Finds an announcement by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|announcement| announcement.name() == name)
    }

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
