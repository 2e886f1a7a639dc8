//! Identifies a cached response: a page of a thread and its representation.

use crate::domain::thread::ThreadKey;
use crate::render::{Announcement, HeadingLevel, Lang, Mode, StyleMode};
use crate::storage::{Cursor, ListQuery, PageStart};

/// Identifies a cached response.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    /// The page of the thread.
    pub query: ListQuery,
    /// The representation.
    pub representation: Representation,
    /// The thread in another spelling, where the response has to repeat it.
    pub spelled: Option<ThreadKey>,
}

/// The representation of a thread in a response.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Representation {
    /// JSON, for programs.
    Json,
    /// An HTML fragment of the thread alone, with its heading at the level that was asked for.
    Fragment(Lang, StyleMode, Option<HeadingLevel>, Links),
    /// A tree of nodes from which a script builds the thread, with its heading at the level that was asked for.
    Tree(Lang, Option<HeadingLevel>),
    /// The loader script with the thread in it, with its heading at the level that was asked for.
    Script(Lang, Option<HeadingLevel>),
    /// A whole HTML page, which may announce what has just been done.
    Page(Lang, Mode, Option<Announcement>),
}

/// The target of the links between the comments of a fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Links {
    /// The page that the fragment stands on, whichever that is.
    Page,
    /// The article, whatever `<base>` the page has: at this address, or at what is known of the thread.
    Article(Option<String>),
}

impl CacheKey {
    /// Bytes of its texts.
    pub(super) fn text_bytes(&self) -> usize {
        let ThreadKey { site, page } = &self.query.thread;
        let spelled = self.spelled.as_ref().map_or(0, |thread| thread.site.len() + thread.page.len());
        let returned = match &self.query.start {
            PageStart::After(Cursor { returned: Some(returned), .. }) => returned.text_bytes(),
            _ => 0,
        };
        let article = match &self.representation {
            Representation::Fragment(.., Links::Article(Some(address))) => address.len(),
            _ => 0,
        };
        site.len() + page.len() + spelled + returned + article
    }
}
