//! Applies a decision of a moderator, a shell or reports to many comments.

use async_trait::async_trait;
use dumka_api::newsroom::Act;
use dumka_domain::comment::{Status, UnixMillis};
use sqlx::AnyConnection;

use super::decided_comment::{DecidedComment, Mark};
use super::open_reports::close_open_reports;
use super::operation::Write;
use super::record_decision::{NewDecision, record_decision};
use crate::decision::{
    DecidedComments, DecisionInput, DecisionRecord, DecisionRefusal, DecisionResult, SeenComment,
};
use crate::engine::WrittenThread;
use crate::error::{DecideError, StoreError};
use crate::sql::newsroom;

/// Applies one act to comments, and records it for each that it was applied to.
pub(crate) struct Decide {
    input: DecisionInput,
    /// The comments of a query, read before the transaction: their threads are the ones to lock.
    found: Vec<SeenComment>,
}

impl Decide {
    /// Prepares a decision; `found` holds the comments of its query, where it has one.
    pub(crate) fn new(input: DecisionInput, found: Vec<SeenComment>) -> Self {
        Self { input, found }
    }

    fn likely_comments(&self) -> &[SeenComment] {
        match &self.input.comments {
            DecidedComments::Named(comments) => comments,
            DecidedComments::Found { .. } => &self.found,
        }
    }
}

#[async_trait]
impl Write for Decide {
    type Outcome = Result<Vec<DecisionResult>, DecideError>;

    fn threads(&self) -> Vec<WrittenThread> {
        self.likely_comments().iter().map(|comment| WrittenThread::Of(comment.id)).collect()
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        let comments = match &self.input.comments {
            DecidedComments::Named(comments) => comments.clone(),
            DecidedComments::Found { query, expected } => {
                let found = newsroom::find_all(connection, query).await?;
                if found.len() as u64 != *expected {
                    return Ok(Err(DecideError::QueryChanged { found: found.len() as u64 }));
                }
                found
            }
        };
        let mut results = Vec::with_capacity(comments.len());
        for seen in comments {
            let outcome = self.decide(connection, seen).await?;
            results.push(DecisionResult { comment: seen.id, outcome });
        }
        Ok(Ok(results))
    }
}

impl Decide {
    async fn decide(
        &self,
        connection: &mut AnyConnection,
        seen: SeenComment,
    ) -> Result<Result<DecisionRecord, DecisionRefusal>, StoreError> {
        let Some(comment) = DecidedComment::read(connection, seen.id).await? else {
            return Ok(Err(DecisionRefusal::NotThere));
        };
        let present = u64::try_from(comment.text_revision).ok();
        if seen.text_revision.is_some_and(|seen| Some(seen) != present) {
            return Ok(Err(DecisionRefusal::Outdated));
        }
        let Some(to) = status_after(self.input.act, &comment) else {
            return Ok(Err(DecisionRefusal::NotFitting));
        };
        apply(connection, &comment, (self.input.act, to), self.input.at).await?;
        let DecisionInput { act, by, words, at, .. } = &self.input;
        let decision = NewDecision { words, ..comment.decision(*act, to, *at, by) };
        Ok(Ok(record_decision(connection, &decision).await?))
    }
}

/// Returns the status after an act; none where the act does not fit the comment.
fn status_after(act: Act, comment: &DecidedComment) -> Option<Status> {
    let is_published = comment.status == Status::Published;
    match act {
        Act::Approve => Some(Status::Published),
        Act::Reject => Some(Status::Rejected),
        Act::Delete => Some(Status::Deleted),
        Act::Hold => Some(Status::Pending),
        Act::Feature if is_published => Some(Status::Published),
        Act::Pin if is_published && comment.is_top_level => Some(Status::Published),
        Act::Unfeature | Act::Unpin => Some(comment.status),
        Act::Feature | Act::Pin | Act::Submit | Act::Edit | Act::Undo => None,
    }
}

/// Changes what the act changes.
async fn apply(
    connection: &mut AnyConnection,
    comment: &DecidedComment,
    (act, to): (Act, Status),
    at: UnixMillis,
) -> Result<(), StoreError> {
    match act {
        Act::Feature | Act::Unfeature => {
            return comment.set_mark(connection, Mark::Featured, act == Act::Feature).await;
        }
        Act::Pin | Act::Unpin => {
            return comment.set_mark(connection, Mark::Pinned, act == Act::Pin).await;
        }
        _ => {}
    }
    if comment.has_open_reports {
        close_open_reports(connection, comment.id, at).await?;
    }
    comment.set_status(connection, to, at).await?;
    comment.set_approved(connection, (act == Act::Approve).then_some(at)).await
}
