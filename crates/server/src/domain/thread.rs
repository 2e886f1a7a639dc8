//! A thread as it is kept.

use super::comment::UnixMillis;

/// Which thread: a page of a site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ThreadKey {
    /// The site's id.
    pub site: String,
    /// The page's id within the site.
    pub page: String,
}

/// Whose word the title and the address of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// A page of the site itself brought them.
    Site,
    /// Nobody knows whose page did.
    Anybody,
}

/// A thread as it is kept. A thread nobody wrote in yet is [`StoredThread::default`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredThread {
    /// The page's title, as it came with a comment that is published.
    pub title: Option<String>,
    /// The page's address, likewise.
    pub url: Option<String>,
    /// How many comments are published.
    pub total: u64,
    /// When the earliest of its published comments came before everybody.
    pub opened_at: Option<UnixMillis>,
    /// Another one after every change; none as long as there is no thread.
    pub revision: Option<u64>,
}
