//! The moderation queue, open reports, and a moderator's changes of a thread's title and address.

use dumka_api::ReportReason;
use dumka_domain::comment::{Status, StoredComment, UnixMillis};
use dumka_domain::thread::ThreadKey;

/// A question for the moderation queue.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only this site.
    pub site: Option<String>,
    /// Only this page.
    pub page: Option<String>,
    /// Only those with open reports.
    pub reported: bool,
    /// The largest number of comments.
    pub limit: u32,
}

/// A comment in the moderation queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuedComment {
    /// The thread.
    pub thread: ThreadKey,
    /// The comment.
    pub comment: StoredComment,
    /// The text as written.
    pub text: String,
    /// The number of open reports.
    pub open_reports: u64,
}

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
