//! A thread as a newsroom sees and steers it.

use serde::{Deserialize, Serialize};

use super::words::words;

use crate::Timestamp;

words! {
    /// The way in which a thread takes comments.
    #[derive(Default)]
    ThreadMode {
        /// As the site does.
        #[default]
        Open = "open",
        /// Not at all.
        Closed = "closed",
        /// Every one waits for a moderator.
        Held = "held",
        /// One of an author in `slow_secs` seconds.
        Slow = "slow",
    }
}

/// A thread as a newsroom sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewsroomThread {
    /// The site.
    pub site: String,
    /// The page's id within the site.
    pub page: String,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// The page's address.
    #[serde(default)]
    pub url: Option<String>,
    /// The number of published comments.
    #[serde(default)]
    pub total: u64,
    /// The number of comments that wait for a moderator.
    #[serde(default)]
    pub pending: u64,
    /// The state at present.
    #[serde(default)]
    pub state: ThreadMode,
    /// The time at which the state ends by itself.
    #[serde(default)]
    pub state_until: Option<Timestamp>,
    /// Seconds between two comments of an author, while it is slow.
    #[serde(default)]
    pub slow_secs: Option<u32>,
    /// The line of announcement above the form.
    #[serde(default)]
    pub notice: Option<String>,
    /// The time at which the announcement ends by itself.
    #[serde(default)]
    pub notice_until: Option<Timestamp>,
}

/// The answer to a `GET` of `threads` without a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreadList {
    /// The threads, the one with the latest comment first.
    pub threads: Vec<NewsroomThread>,
    /// Cursor of the next page; absent at the end.
    #[serde(default)]
    pub next: Option<String>,
}

/// The body of a `PATCH` of `threads`: what is absent stays as it is. An empty title or address is taken from the comments
/// again, an empty announcement is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ThreadChange {
    /// The title, at most 300 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The page's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ThreadMode>,
    /// The time at which the state ends by itself; none for never. Read where `state` is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_until: Option<Timestamp>,
    /// Seconds between two comments of an author, 1–86,400. Asked for where the state is `slow`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow_secs: Option<u32>,
    /// The announcement, at most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The time at which the announcement ends by itself; none for never. Read where `notice` is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_until: Option<Timestamp>,
}
