//! Decisions: what is done to comments, by whom, and the record that is kept of it.

use dumka_api::newsroom::{Act, ActorKind, DecisionReason};
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use uuid::Uuid;

use crate::newsroom_query::NewsroomQuery;

/// A decision's id; the ids of one comment's decisions sort in the order in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub Uuid);

/// The person, the program or the rule that decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedBy {
    /// The kind.
    pub kind: ActorKind,
    /// The id of the member of staff or of the key.
    pub id: Option<String>,
}

impl DecidedBy {
    /// Returns who is nobody in particular.
    pub const fn one(kind: ActorKind) -> Self {
        Self { kind, id: None }
    }
}

/// A comment that is decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenComment {
    /// The comment.
    pub id: CommentId,
    /// The revision of the text that was seen; none to decide on whatever text there is.
    pub text_revision: Option<u64>,
}

/// The words that go with a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionWords {
    /// The reason.
    pub reason: Option<DecisionReason>,
    /// A note for moderators alone.
    pub note: Option<String>,
    /// Words to the comment's author.
    pub words: Option<String>,
}

impl DecisionWords {
    /// Returns no words.
    pub(crate) fn none() -> &'static Self {
        static NONE: DecisionWords = DecisionWords { reason: None, note: None, words: None };
        &NONE
    }
}

/// One act on many comments, which is stored in one transaction.
#[derive(Debug, Clone)]
pub struct DecisionInput {
    /// The comments.
    pub comments: DecidedComments,
    /// The act; neither `Submit`, `Edit` nor `Undo`.
    pub act: Act,
    /// By whom.
    pub by: DecidedBy,
    /// The words that go with it.
    pub words: DecisionWords,
    /// The time.
    pub at: UnixMillis,
}

/// The comments of a decision.
#[derive(Debug, Clone)]
pub enum DecidedComments {
    /// These.
    Named(Vec<SeenComment>),
    /// All that a query finds, while it finds so many.
    Found {
        /// The query.
        query: Box<NewsroomQuery>,
        /// The number that it found when it was seen.
        expected: u64,
    },
}

/// The decisions to take back, which is stored in one transaction.
#[derive(Debug, Clone)]
pub struct UndoInput {
    /// The decisions.
    pub decisions: UndoneDecisions,
    /// By whom they are taken back.
    pub by: DecidedBy,
    /// The time.
    pub at: UnixMillis,
}

/// The decisions that are taken back.
#[derive(Debug, Clone)]
pub enum UndoneDecisions {
    /// This one.
    One(DecisionId),
    /// Those that a question finds, the newest first.
    Found(Box<LogQuery>),
}

/// The outcome of a decision for one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionResult {
    /// The comment.
    pub comment: CommentId,
    /// The record, or why there is none.
    pub outcome: Result<DecisionRecord, DecisionRefusal>,
}

/// The reason that a comment was not decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefusal {
    /// There is no such comment, or its author deleted it.
    #[error("the comment is not there")]
    NotThere,
    /// Its text is another one than was seen.
    #[error("the text has changed since it was seen")]
    Outdated,
    /// The act does not fit the comment as it is.
    #[error("the act does not fit the comment as it is")]
    NotFitting,
    /// The decision was taken back already, or another one was made since.
    #[error("another decision was made since")]
    Superseded,
}

/// A decision that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    /// Its id.
    pub id: DecisionId,
    /// The comment.
    pub comment: CommentId,
    /// The comment's site.
    pub site: String,
    /// The revision at which the comment got the text that was decided on.
    pub text_revision: u64,
    /// By whom.
    pub by: DecidedBy,
    /// The present name of who decided, where it is somebody's.
    pub by_name: Option<String>,
    /// The time.
    pub at: UnixMillis,
    /// The act.
    pub act: Act,
    /// The status before; none where the comment came into being.
    pub from: Option<Status>,
    /// The status after.
    pub to: Status,
    /// The words that go with it.
    pub words: DecisionWords,
    /// The phase that spoke.
    pub rule: Option<String>,
    /// The decision that it takes back.
    pub undoes: Option<DecisionId>,
    /// The decision that took it back.
    pub undone_by: Option<DecisionId>,
}

impl DecisionRecord {
    /// Tells whether a program found the comment: a rule, or reports that were counted.
    pub fn is_found_automatically(&self) -> bool {
        matches!(self.by.kind, ActorKind::Rule | ActorKind::Reports)
    }

    /// Tells whether no person decided.
    pub fn is_decided_automatically(&self) -> bool {
        self.is_found_automatically()
    }
}

/// A question for the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Only those on these sites; none for every site.
    pub sites: Option<Vec<String>>,
    /// Only those about this comment, its author's own acts included.
    pub comment: Option<CommentId>,
    /// Only those of this member of staff, this key, or this kind, which is named by its word.
    pub by: Option<String>,
    /// Only these acts.
    pub act: Option<Act>,
    /// Only those made at this time or later.
    pub since: Option<UnixMillis>,
    /// Only those made before this time.
    pub until: Option<UnixMillis>,
    /// Only those before this one.
    pub before: Option<DecisionId>,
    /// The largest number of decisions.
    pub limit: u32,
}
