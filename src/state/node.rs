//! A comment at its place in the tree.

use std::rc::Rc;

use dumka_api::Comment;

use super::failure::Failure;

/// A comment at its place in the tree, with this reader's vote and errors on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The comment; shared, so that drawing it again costs nothing.
    pub comment: Rc<Comment>,
    /// Number of comments above it in the tree.
    pub depth: u32,
    /// The comment that it replies to, where that is loaded.
    pub parent: Option<Rc<Comment>>,
    /// The source that brought it.
    pub origin: Origin,
    /// The replies to it.
    pub replies: Replies,
    /// Its visibility.
    pub visibility: Visibility,
    /// The reader's vote: 1, 0 or -1.
    pub vote: i8,
    /// Minutes left to edit it, if it is the reader's own.
    pub minutes_left: Option<u32>,
    /// The failure of the reader's last action on it.
    pub action_error: Option<Rc<Failure>>,
}

impl Node {
    /// Creates a listed, visible comment without votes or errors.
    pub fn new(comment: Comment, depth: u32, parent: Option<Rc<Comment>>) -> Self {
        let (comment, replies) = (Rc::new(comment), Replies::None);
        let (origin, visibility) = (Origin::Listed, Visibility::Visible);
        let (vote, minutes_left, action_error) = (0, None, None);
        Self { comment, depth, parent, origin, replies, visibility, vote, minutes_left, action_error }
    }

    /// Returns `true` if it stands in a folded branch.
    pub fn is_hidden(&self) -> bool {
        self.visibility == Visibility::Hidden
    }

    /// Returns `true` if the replies to it are hidden.
    pub fn hides_replies(&self) -> bool {
        self.is_hidden() || matches!(self.replies, Replies::Folded(_))
    }
}

/// The source of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A response to a request for the list.
    Listed,
    /// The reader's own form or the live stream; no list response has had it yet.
    Detached,
}

/// The visibility of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// It can be seen.
    Visible,
    /// It stands in a folded branch.
    Hidden,
}

/// The replies to a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replies {
    /// There are none.
    None,
    /// They are shown under it.
    Shown,
    /// They are folded, with all replies to them: this many comments.
    Folded(u32),
}
