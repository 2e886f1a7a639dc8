//! Which part of a thread is listed, where it begins and how much of it one answer holds.

use std::fmt;
use std::str::FromStr;

use dumka_api::Sort;

use super::given::{Given, NotGiven};
use crate::domain::comment::{CommentId, StoredComment};
use crate::domain::thread::{StoredThread, ThreadKey};

/// Which part of a thread to list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListQuery {
    /// The thread.
    pub thread: ThreadKey,
    /// The order of top-level comments.
    pub sort: Sort,
    /// Where the answer begins.
    pub start: Start,
    /// How much it holds.
    pub extent: Extent,
}

/// Where an answer begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Start {
    /// At the thread's first comment.
    #[default]
    Top,
    /// Where the answer before ended.
    After(Cursor),
    /// At the top-level comment under which this one stands; at this one itself where the answer would end
    /// before it. Where it does not stand in this thread, at the thread's first comment.
    At(CommentId),
}

/// How to go on after an answer. Its text means nothing to clients.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Where the answer ended; a comment of its thread, so that it is good for no other.
    pub end: End,
    /// Top-level comments that were given so far, in an order that may change meanwhile.
    pub given: Option<Given>,
}

/// Where an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// After a top-level comment and everything under it.
    Tree(CommentId),
    /// After a comment, inside its tree: the replies to it come next.
    Comment(CommentId),
}

impl End {
    /// The comment it names.
    pub const fn comment(self) -> CommentId {
        let (Self::Tree(comment) | Self::Comment(comment)) = self;
        comment
    }
}

/// Why a text is no cursor.
#[derive(Debug, thiserror::Error)]
pub enum CursorError {
    /// It names no comment.
    #[error(transparent)]
    Id(#[from] <CommentId as FromStr>::Err),
    /// What was given cannot be read.
    #[error(transparent)]
    Given(#[from] NotGiven),
}

/// What sets a cursor inside a tree apart from one between trees.
const INSIDE: &str = "in-";
/// What stands between the end and what was given.
const GIVEN: char = '.';

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.end {
            End::Tree(root) => root.fmt(f)?,
            End::Comment(comment) => write!(f, "{INSIDE}{comment}")?,
        }
        self.given.iter().try_for_each(|given| write!(f, "{GIVEN}{given}"))
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (end, given) = text.split_once(GIVEN).map_or((text, None), |(end, given)| (end, Some(given)));
        let end = match end.strip_prefix(INSIDE) {
            Some(comment) => End::Comment(comment.parse()?),
            None => End::Tree(end.parse()?),
        };
        Ok(Self { end, given: given.map(str::parse).transpose()? })
    }
}

/// How much one answer holds, at most; yet always one comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Top-level comments; one whose tree an answer goes on with counts.
    pub roots: u32,
    /// Comments of every level.
    pub comments: usize,
    /// Bytes of their texts and names, as they are kept.
    pub text_bytes: usize,
}

/// One answer of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The thread.
    pub thread: StoredThread,
    /// Comments in display order: every one follows its parent, where that is here. Hidden ones stand in only
    /// where others answered them.
    pub comments: Vec<StoredComment>,
    /// Where this answer ended, if more follow.
    pub next: Option<Cursor>,
    /// Whether an answer that began [at](Start::At) a comment left out some before it.
    pub earlier: bool,
}
