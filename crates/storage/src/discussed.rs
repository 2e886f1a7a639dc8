//! The most discussed pages of a site.

use dumka_domain::comment::UnixMillis;

/// A question for the most discussed pages of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscussedQuery {
    /// The site's id.
    pub site: String,
    /// The time from which on comments count.
    pub since: UnixMillis,
    /// The largest number of pages.
    pub limit: u32,
}

/// A page with the number of its comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscussedRecord {
    /// The page's id within the site.
    pub page: String,
    /// The thread's title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The number of its published comments that were written since then.
    pub comments: u64,
}
