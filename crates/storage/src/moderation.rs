//! Open reports, and moderators' view and changes of threads.

use dumka_api::ReportReason;
use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_domain::thread_settings::{SettingsChange, ThreadSettings};

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

/// A moderator's changes of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadSteering {
    /// The changes of its title and its address.
    pub names: ThreadNames,
    /// The changes of its settings.
    pub settings: SettingsChange,
    /// The id that the thread gets where nobody wrote in it yet.
    pub fresh_id: CommentId,
    /// The time of the changes.
    pub at: UnixMillis,
}

/// A question for threads.
#[derive(Debug, Clone, Default)]
pub struct ThreadFilter {
    /// Only those of these sites.
    pub sites: Option<Vec<String>>,
    /// Only this page.
    pub page: Option<String>,
    /// Only those with each of these words in the title or in the page's id, in whatever letters.
    pub words: Vec<String>,
    /// Only those after this one.
    pub after: Option<ThreadPosition>,
    /// The largest number of threads.
    pub limit: u32,
}

/// The place of a thread among all, of which the one with the latest comment comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadPosition {
    /// The time of its last comment.
    pub active_at: UnixMillis,
    /// The id of its row.
    pub id: String,
}

/// A thread as moderators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadRecord {
    /// The thread.
    pub thread: ThreadKey,
    /// The title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The number of published comments.
    pub total: u64,
    /// The number of pending comments.
    pub pending: u64,
    /// The settings, whether or not they have ended.
    pub settings: ThreadSettings,
    /// Its place among all.
    pub position: ThreadPosition,
}
