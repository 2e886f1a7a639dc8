//! Which part of a thread is listed, where it begins and how much of it one answer holds.

use std::fmt;
use std::str::FromStr;

use dumka_api::Sort;

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
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

/// Where an answer ended. Its text means nothing to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cursor {
    /// After a top-level comment and everything under it.
    AfterTree(CommentId),
    /// After a comment, inside its tree: the replies to it come next.
    AfterComment(CommentId),
}

/// What sets a cursor inside a tree apart from one between trees.
const INSIDE: &str = "in-";

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::AfterTree(root) => root.fmt(f),
            Self::AfterComment(comment) => write!(f, "{INSIDE}{comment}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = <CommentId as FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix(INSIDE) {
            Some(comment) => comment.parse().map(Self::AfterComment),
            None => text.parse().map(Self::AfterTree),
        }
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
