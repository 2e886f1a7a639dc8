//! The settings of one widget, as the loader reads them from the page.

use dumka_api::Sort;
use dumka_api::limits::{TITLE_MAX_CHARS, URL_MAX_BYTES};
use serde::Deserialize;

/// The level of the thread's heading where the page has said none: below the title of the page.
pub const HEADING_LEVEL: u32 = 2;

/// The settings of one widget, checked by the loader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Config {
    /// Address of the comments collection.
    pub endpoint: String,
    /// The site's id.
    pub site: String,
    /// The thread's id within the site.
    pub page: String,
    /// The page's title, for moderators.
    #[serde(default)]
    pub title: Option<String>,
    /// The page's canonical address, for moderators.
    #[serde(default)]
    pub url: Option<String>,
    /// Language of the widget, one of those in `locales/`.
    #[serde(default)]
    pub lang: String,
    /// Top-level comments before «show all», 1–100.
    pub limit: u32,
    /// Order of top-level comments.
    #[serde(default)]
    pub sort: Sort,
    /// The level of the thread's heading, 1–6, where the page has said one; a form's heading is one below.
    #[serde(default)]
    pub heading_level: Option<u32>,
    /// Id of the comment that the page was opened for: the list begins where it stands.
    #[serde(default)]
    pub comment: Option<String>,
    /// Address of the thread as a page of its own, with a query. Where there is one, the form and
    /// «show all» lead there, and so work without this program.
    #[serde(default)]
    pub thread_page: Option<String>,
}

impl Config {
    /// The same settings without what the endpoint would refuse and no reader could mend:
    /// a title is cut to its limit, an address that is none for moderators left out.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.title = self.title.map(|title| title.chars().take(TITLE_MAX_CHARS).collect());
        self.url = self.url.filter(|url| url.starts_with("http") && url.len() <= URL_MAX_BYTES);
        self
    }
}
