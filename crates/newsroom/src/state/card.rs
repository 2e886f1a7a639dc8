//! A comment in the list, with the note that stands on it.

use dumka_api::ProblemKind;
use dumka_api::newsroom::{Decision, NewsroomComment, Status};

use super::failure::Failure;

/// A comment in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The comment.
    pub comment: NewsroomComment,
    /// The note on the card.
    pub note: Note,
}

/// A note on a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Note {
    /// None.
    #[default]
    Nothing,
    /// The text has changed since it was seen: the new one is shown, and asked about again.
    Outdated,
    /// It was not decided, by this problem.
    Refused(ProblemKind),
    /// Nothing was decided, by this failure.
    Failed(Failure),
    /// Somebody else decided; `is_due` once it should have left and had the focus.
    DecidedElsewhere {
        /// The decision.
        decision: Box<Decision>,
        /// True once it should have left.
        is_due: bool,
    },
    /// The answer was sent.
    Answered,
}

impl Card {
    /// Creates a card.
    pub fn new(comment: NewsroomComment) -> Self {
        Self { comment, note: Note::Nothing }
    }

    /// The comment's id.
    pub fn id(&self) -> &str {
        &self.comment.comment.id
    }

    /// Takes what a decision made of it.
    pub fn take(&mut self, comment: Option<NewsroomComment>, decision: Option<&Decision>) {
        if let Some(comment) = comment {
            self.comment = comment;
        } else if let Some(decision) = decision {
            self.comment.status = decision.to;
        }
    }

    /// Tells whether moderators have featured it.
    pub fn is_featured(&self) -> bool {
        self.comment.comment.featured
    }

    /// Tells whether it can be answered and featured: readers see it.
    pub fn is_published(&self) -> bool {
        self.comment.status == Status::Published
    }

    /// Tells whether it can be pinned: readers see it, and it answers nobody.
    pub fn takes_pin(&self) -> bool {
        self.is_published() && self.comment.comment.parent.is_none()
    }

    /// Tells whether moderators have pinned it.
    pub fn is_pinned(&self) -> bool {
        self.comment.comment.pinned
    }
}
