//! What a form is for.

use dumka_api::{CommentId, EditedAt};

/// What a form is for.
#[derive(Debug, Clone, PartialEq)]
pub enum FormKind {
    /// A comment of its own.
    Comment,
    /// An answer to the comment with this id.
    Reply(CommentId),
    /// Another text for the reader's own comment with this id; and what its `edited_at` was when they began, where
    /// that shall still be so.
    Edit(CommentId, Option<EditedAt>),
    /// A notice to the moderators about the comment with this id.
    Report(CommentId),
    /// Whether the reader's own comment with this id shall go.
    Delete(CommentId),
}

impl FormKind {
    /// The comment it is about, under which its form stands.
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Comment => None,
            Self::Reply(id) | Self::Edit(id, _) | Self::Report(id) | Self::Delete(id) => Some(id),
        }
    }

    /// The comment that is answered.
    pub fn parent(&self) -> Option<&CommentId> {
        if let Self::Reply(id) = self { Some(id) } else { None }
    }

    /// What tells its draft from the others of the thread; none where nothing is kept.
    pub fn draft_name(&self) -> Option<String> {
        match self {
            Self::Comment => Some(String::new()),
            Self::Reply(id) => Some([" ", id].concat()),
            Self::Edit(id, _) => Some([" edit ", id].concat()),
            Self::Report(_) | Self::Delete(_) => None,
        }
    }

    /// Whether it makes a comment.
    pub fn is_comment(&self) -> bool {
        matches!(self, Self::Comment | Self::Reply(_))
    }
}
