//! A thread and one answer of its list.

use serde::{Deserialize, Serialize};

use crate::Comment;

/// The discussion under one page of one site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Thread {
    /// The site's id.
    pub site: String,
    /// The page's id within the site, at most 512 bytes.
    pub page: String,
    /// The page's title, where it is known.
    pub title: Option<String>,
    /// The page's address, where it is known.
    pub url: Option<String>,
    /// The number of published comments.
    pub total: u64,
    /// The state, which decides whether new comments are taken.
    pub state: ThreadState,
    /// The site's announcement, a line above the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Seconds that must pass between two comments of an author, where the thread is slow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow_secs: Option<u32>,
    /// The features of this endpoint beyond listing and adding.
    pub features: Vec<Feature>,
    /// The last event that this answer knows of: a stream that begins after it tells everything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

/// The state of a thread, which decides whether it takes new comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ThreadState {
    /// It does.
    #[default]
    Open,
    /// It is only read.
    Closed,
}

/// Something an endpoint can do beyond listing and adding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Comments may answer comments.
    Reply,
    /// Readers may vote.
    Vote,
    /// Authors may change and delete within the edit window.
    Edit,
    /// Text can be previewed.
    Preview,
    /// New comments arrive by themselves.
    Live,
    /// Comments can be reported.
    Report,
    /// Some comments are featured, which can be listed alone.
    Featured,
    /// A feature of a newer endpoint, ignored here.
    #[serde(other)]
    Unknown,
}

/// The order of top-level comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// First written first.
    #[default]
    Oldest,
    /// Last written first.
    Newest,
    /// Best judged first.
    Best,
    /// The featured ones alone, first written first: replies too, each without its tree.
    Featured,
}

impl Sort {
    /// Every order, as accepted in queries and attributes.
    pub const ALL: [Self; 4] = [Self::Oldest, Self::Newest, Self::Best, Self::Featured];

    /// The word that stands for it in queries and attributes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Best => "best",
            Self::Featured => "featured",
        }
    }

    /// The order that `word` stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// The answer to a `GET` of the collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Listing {
    /// The thread.
    #[serde(default)]
    pub thread: Thread,
    /// Comments in display order: every one follows its parent.
    pub comments: Vec<Comment>,
    /// Cursor of the next answer; absent at the end.
    #[serde(default)]
    pub next: Option<String>,
    /// True where comments stand before these, as in a response that begins at a comment that was asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier: bool,
}

impl Listing {
    /// The name of the comments' list, for whoever decodes one comment at a time.
    pub const COMMENTS: &str = "comments";
}
