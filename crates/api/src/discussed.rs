//! The most discussed pages of a site, for a box beside its articles.

use serde::{Deserialize, Serialize};

/// The answer to a `GET` of `discussed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Discussed {
    /// Pages with published comments of these days, the one with most of them first.
    pub pages: Vec<DiscussedPage>,
}

/// A page with the number of its comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiscussedPage {
    /// The page's id within the site.
    pub page: String,
    /// The page's title, where it is known.
    #[serde(default)]
    pub title: Option<String>,
    /// The page's address, where it is known and the site's own.
    #[serde(default)]
    pub url: Option<String>,
    /// The number of its published comments that were written in these days.
    pub comments: u64,
}
