//! A thread: the discussion under one page of one site.

use crate::comment::UnixMillis;
use crate::thread_settings::ThreadSettings;

/// The key of a thread: a page of a site, both in their canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ThreadKey {
    /// The site's id.
    pub site: String,
    /// The page's id within the site.
    pub page: String,
}

/// The source of a page's title and address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataSource {
    /// A page of the site itself sent them.
    Site,
    /// Their sender is unknown.
    Unverified,
}

/// A thread as it is stored. [`StoredThread::default`] is a thread without comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredThread {
    /// The page's title, from a published comment or a moderator.
    pub title: Option<String>,
    /// The page's address, likewise.
    pub url: Option<String>,
    /// The number of published comments.
    pub total: u64,
    /// The time at which the earliest published comment was published.
    pub opened_at: Option<UnixMillis>,
    /// The revision, which grows with every change; none where the thread does not exist yet.
    pub revision: Option<u64>,
    /// True where some of its published comments are featured.
    pub has_featured: bool,
    /// The moderators' settings, whether or not they have ended.
    pub settings: ThreadSettings,
}
