//! The kinds of forms.

use dumka_api::{CommentId, EditedAt};

/// The kinds of forms.
#[derive(Debug, Clone, PartialEq)]
pub enum FormKind {
    /// A new top-level comment.
    Comment,
    /// A reply to the comment with this id.
    Reply(CommentId),
    /// An edit of the reader's own comment with this id, and its `edited_at` when the edit began, unless conflicts
    /// are ignored.
    Edit(CommentId, Option<EditedAt>),
    /// A report of the comment with this id.
    Report(CommentId),
    /// The deletion of the reader's own comment with this id.
    Delete(CommentId),
}

impl FormKind {
    /// Returns the comment under which the form stands.
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Comment => None,
            Self::Reply(id) | Self::Edit(id, _) | Self::Report(id) | Self::Delete(id) => Some(id),
        }
    }

    /// Returns the comment that it replies to.
    pub fn parent(&self) -> Option<&CommentId> {
        if let Self::Reply(id) = self { Some(id) } else { None }
    }

    /// Returns the name of its draft within the thread; `None` if it has no draft.
    pub fn draft_name(&self) -> Option<String> {
        match self {
            Self::Comment => Some(String::new()),
            Self::Reply(id) => Some([" ", id].concat()),
            Self::Edit(id, _) => Some([" edit ", id].concat()),
            Self::Report(_) | Self::Delete(_) => None,
        }
    }

    /// Returns `true` if it creates a comment.
    pub fn is_comment(&self) -> bool {
        matches!(self, Self::Comment | Self::Reply(_))
    }
}
