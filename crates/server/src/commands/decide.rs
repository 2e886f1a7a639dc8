//! Decides on comments for a moderator, and takes decisions back.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use dumka_api::limits::{DECIDED_MAX_COMMENTS, QUEUE_COUNT_MAX};
use dumka_api::newsroom::Act;

use super::{Actor, Refused};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::staff::Right;
use crate::domain::submission::Invalid;
use crate::storage::{
    self, DecidedComments, DecisionId, DecisionInput, DecisionRecord, DecisionRefusal, DecisionResult,
    DecisionWords, LogQuery, ModerationStore, NewsroomQuery, NewsroomRecord, QueueStore, SeenComment,
    StoreError, UndoInput, UndoneDecisions,
};

/// An act on comments.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// The comments.
    pub comments: ChosenComments,
    /// The act.
    pub act: Act,
    /// The words that go with it, checked.
    pub words: DecisionWords,
}

/// The comments that a moderator chooses.
#[derive(Debug, Clone)]
pub enum ChosenComments {
    /// These.
    Named(Vec<SeenComment>),
    /// All that a query finds, whose sites are those on which the moderator may decide.
    Found {
        /// The query.
        query: Box<NewsroomQuery>,
        /// The number that it found when it was seen.
        expected: u64,
    },
}

/// The outcome for one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct DecidedComment {
    /// The comment.
    pub id: CommentId,
    /// The record, or why there is none.
    pub outcome: Result<DecisionRecord, NotDecided>,
    /// The comment as it is now, where it was there to be seen and was not decided on.
    pub now: Option<NewsroomRecord>,
}

/// The reason that a comment was not decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDecided {
    /// The actor's role on the comment's site does not allow it.
    #[error("the role does not allow it")]
    NotAllowed,
    /// The store refused.
    #[error(transparent)]
    Refused(#[from] DecisionRefusal),
}

/// The reason that a set of decisions was refused as a whole.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The actor may do so nowhere.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Words break a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The act is no moderator's.
    #[error("this is no act of a moderator")]
    ActInvalid,
    /// More comments than one request may name or find.
    #[error("more comments than are decided on at once")]
    TooMany,
    /// The query finds another number of comments than was seen.
    #[error("the query finds {found} comments")]
    QueryChanged {
        /// The number that it finds.
        found: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<storage::DecideError> for DecideError {
    fn from(error: storage::DecideError) -> Self {
        match error {
            storage::DecideError::QueryChanged { found } => Self::QueryChanged { found },
            storage::DecideError::Store(error) => error.into(),
        }
    }
}

/// Decides on comments, each of which has a result in the order asked. `Ok` means that all of it is on disk; of an error,
/// nothing is.
pub async fn decide(
    store: &(impl QueueStore + ModerationStore + ?Sized),
    actor: &Actor<'_>,
    new: NewDecision,
    at: UnixMillis,
) -> Result<Vec<DecidedComment>, DecideError> {
    actor.require_somewhere(Right::Decide)?;
    if matches!(new.act, Act::Submit | Act::Edit | Act::Undo | Act::Hold) {
        return Err(DecideError::ActInvalid);
    }
    let NewDecision { comments, act, words } = new;
    let input = |comments| DecisionInput { comments, act, by: actor.decided_by(), words, at };
    match comments {
        ChosenComments::Named(comments) if comments.len() > DECIDED_MAX_COMMENTS => Err(DecideError::TooMany),
        ChosenComments::Named(comments) => {
            let order: HashMap<_, _> = comments.iter().rev().map(|comment| comment.id).zip(1..).collect();
            let (allowed, refused) = allowed(store, actor, comments).await?;
            let results = store.decide(input(DecidedComments::Named(allowed))).await?;
            let mut results = with_present(store, (actor, results), refused).await?;
            results.sort_by_key(|result| Reverse(order.get(&result.id).copied().unwrap_or(0)));
            Ok(results)
        }
        // More are not told apart from one another.
        ChosenComments::Found { expected, .. } if expected >= QUEUE_COUNT_MAX.into() => {
            Err(DecideError::TooMany)
        }
        ChosenComments::Found { query, expected } => {
            let results = store.decide(input(DecidedComments::Found { query, expected })).await?;
            with_present(store, (actor, results), Vec::new()).await
        }
    }
}

/// Takes one decision back.
pub async fn undo(
    store: &(impl QueueStore + ModerationStore + ?Sized),
    actor: &Actor<'_>,
    id: DecisionId,
    at: UnixMillis,
) -> Result<DecidedComment, DecideError> {
    let decision = store.decision(id).await?.ok_or(Refused::NotFound)?;
    actor.require(Right::Decide, &decision.site)?;
    let input = UndoInput { decisions: UndoneDecisions::One(id), by: actor.decided_by(), at };
    let results = with_present(store, (actor, store.undo(input).await?), Vec::new()).await?;
    results.into_iter().next().ok_or(Refused::NotFound.into())
}

/// Takes back all decisions of somebody in a time, on the sites of `query`, the newest first.
pub async fn undo_all(
    store: &(impl QueueStore + ModerationStore + ?Sized),
    actor: &Actor<'_>,
    query: LogQuery,
    at: UnixMillis,
) -> Result<Vec<DecidedComment>, DecideError> {
    actor.require_somewhere(Right::Decide)?;
    let decisions = UndoneDecisions::Found(Box::new(query));
    let results = store.undo(UndoInput { decisions, by: actor.decided_by(), at }).await?;
    with_present(store, (actor, results), Vec::new()).await
}

/// Parts the comments into those that the actor may decide on and the others; each once.
async fn allowed(
    store: &(impl QueueStore + ?Sized),
    actor: &Actor<'_>,
    comments: Vec<SeenComment>,
) -> Result<(Vec<SeenComment>, Vec<DecidedComment>), StoreError> {
    let ids: Vec<_> = comments.iter().map(|comment| comment.id).collect();
    let found = store.newsroom_comments(&ids).await?;
    let sites: HashMap<_, _> =
        found.iter().map(|record| (record.comment.id, record.thread.site.as_str())).collect();
    let (mut allowed, mut refused, mut known) = (Vec::new(), Vec::new(), HashSet::new());
    for comment in comments.into_iter().filter(|comment| known.insert(comment.id)) {
        let may = sites.get(&comment.id).map(|site| actor.require(Right::Decide, site));
        let reason = match may {
            Some(Ok(())) => {
                allowed.push(comment);
                continue;
            }
            Some(Err(Refused::NotAllowed)) => NotDecided::NotAllowed,
            Some(Err(Refused::NotFound)) | None => DecisionRefusal::NotThere.into(),
        };
        refused.push(DecidedComment { id: comment.id, outcome: Err(reason), now: None });
    }
    Ok((allowed, refused))
}

/// Adds the actor's name to the records and, to those that were not decided on, the comment as it is now.
async fn with_present(
    store: &(impl QueueStore + ?Sized),
    (actor, results): (&Actor<'_>, Vec<DecisionResult>),
    refused: Vec<DecidedComment>,
) -> Result<Vec<DecidedComment>, DecideError> {
    let changed = |result: &&DecisionResult| {
        matches!(result.outcome, Err(DecisionRefusal::Outdated | DecisionRefusal::Superseded))
    };
    let ids: Vec<_> = results.iter().filter(changed).map(|result| result.comment).collect();
    let now = if ids.is_empty() { Vec::new() } else { store.newsroom_comments(&ids).await? };
    let mut now: HashMap<_, _> = now.into_iter().map(|record| (record.comment.id, record)).collect();
    let decided = results.into_iter().map(|DecisionResult { comment: id, outcome }| DecidedComment {
        id,
        now: outcome.is_err().then(|| now.remove(&id)).flatten(),
        outcome: outcome
            .map(|record| DecisionRecord { by_name: actor.name().map(Into::into), ..record })
            .map_err(NotDecided::from),
    });
    Ok(decided.chain(refused).collect())
}
