//! A page of a thread: the question for it, the page itself, and the cursor to the next one.

use std::fmt;
use std::str::FromStr;

use dumka_api::Sort;
use dumka_domain::comment::{CommentId, StoredComment};
use dumka_domain::thread::{StoredThread, ThreadKey};

use crate::position_set::{InvalidPositionSet, PositionSet};

/// A question for a page of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListQuery {
    /// The thread.
    pub thread: ThreadKey,
    /// The order of top-level comments.
    pub sort: Sort,
    /// The place at which the page begins.
    pub start: PageStart,
    /// The largest size of the page.
    pub limits: PageLimits,
}

/// The place at which a page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum PageStart {
    /// At the thread's first comment.
    #[default]
    Top,
    /// After the end of an earlier page.
    After(Cursor),
    /// At the top-level comment above this one; at this one itself where the page would end before it. Where it is
    /// not visible in this thread, at the thread's first comment.
    At(CommentId),
}

/// The place at which the next page begins. Its text is opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The end of the page; a comment of its thread, so that it is valid for no other.
    pub end: PageEnd,
    /// The top-level comments returned so far, where their order may change between pages.
    pub returned: Option<PositionSet>,
}

/// The end of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageEnd {
    /// After a top-level comment and everything under it.
    Tree(CommentId),
    /// After a comment, inside its tree: the replies to it come next.
    Comment(CommentId),
}

impl PageEnd {
    /// Returns the comment that it names.
    pub const fn comment(self) -> CommentId {
        let (Self::Tree(comment) | Self::Comment(comment)) = self;
        comment
    }
}

/// The failure to read a cursor.
#[derive(Debug, thiserror::Error)]
pub enum CursorError {
    /// It names no comment.
    #[error(transparent)]
    Id(#[from] uuid::Error),
    /// The comments returned so far cannot be read.
    #[error(transparent)]
    Returned(#[from] InvalidPositionSet),
}

/// The prefix of a cursor inside a tree.
const INSIDE: &str = "in-";
/// The separator between the end and the comments returned so far.
const RETURNED: char = '.';

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.end {
            PageEnd::Tree(top_level) => top_level.fmt(f)?,
            PageEnd::Comment(comment) => write!(f, "{INSIDE}{comment}")?,
        }
        self.returned.iter().try_for_each(|returned| write!(f, "{RETURNED}{returned}"))
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (end, returned) =
            text.split_once(RETURNED).map_or((text, None), |(end, returned)| (end, Some(returned)));
        let end = match end.strip_prefix(INSIDE) {
            Some(comment) => PageEnd::Comment(comment.parse()?),
            None => PageEnd::Tree(end.parse()?),
        };
        Ok(Self { end, returned: returned.map(str::parse).transpose()? })
    }
}

/// The largest size of a page, which yet always holds one comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageLimits {
    /// Top-level comments; one whose tree the page continues counts.
    pub top_level: u32,
    /// Comments of every level.
    pub comments: usize,
    /// Bytes of their texts and names, as they are stored.
    pub text_bytes: usize,
}

/// A page of a thread.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The thread.
    pub thread: StoredThread,
    /// Comments in display order: every one follows its parent, where that is here. Tombstones are among them where
    /// they have visible replies.
    pub comments: Vec<StoredComment>,
    /// The place at which the next page begins, if more follow.
    pub next: Option<Cursor>,
    /// True where a page that began [at](PageStart::At) a comment left out some before it.
    pub earlier: bool,
}
