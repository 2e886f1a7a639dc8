//! Takes decisions back.

use async_trait::async_trait;
use dumka_api::newsroom::Act;
use dumka_domain::comment::UnixMillis;
use sqlx::AnyConnection;

use super::decided_comment::{DecidedComment, Mark};
use super::operation::Write;
use super::record_decision::{NewDecision, record_decision};
use crate::decision::{DecisionRecord, DecisionRefusal, DecisionResult, UndoInput, UndoneDecisions};
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::sql;
use crate::sql::decisions;

/// Takes decisions back, each as a decision of its own.
pub(crate) struct Undo {
    input: UndoInput,
    /// The decisions, read before the transaction: the threads of their comments are the ones to lock.
    found: Vec<DecisionRecord>,
}

impl Undo {
    /// Prepares to take decisions back; `found` holds them as they were before the transaction.
    pub(crate) fn new(input: UndoInput, found: Vec<DecisionRecord>) -> Self {
        Self { input, found }
    }
}

#[async_trait]
impl Write for Undo {
    type Outcome = Vec<DecisionResult>;

    fn threads(&self) -> Vec<WrittenThread> {
        self.found.iter().map(|decision| WrittenThread::Of(decision.comment)).collect()
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Vec<DecisionResult>, StoreError> {
        let undone = match &self.input.decisions {
            UndoneDecisions::One(id) => decisions::decision(connection, *id).await?.into_iter().collect(),
            UndoneDecisions::Found(query) => decisions::log(connection, query).await?,
        };
        let mut results = Vec::with_capacity(undone.len());
        for decision in undone {
            // Within a set, what is no longer so is no decision of the set.
            let is_set = matches!(self.input.decisions, UndoneDecisions::Found(_));
            if is_set && (decision.undone_by.is_some() || !is_undoable(decision.act)) {
                continue;
            }
            let outcome = self.undo(connection, &decision).await?;
            results.push(DecisionResult { comment: decision.comment, outcome });
        }
        Ok(results)
    }
}

impl Undo {
    async fn undo(
        &self,
        connection: &mut AnyConnection,
        undone: &DecisionRecord,
    ) -> Result<Result<DecisionRecord, DecisionRefusal>, StoreError> {
        let (Some(from), true) = (undone.from, is_undoable(undone.act)) else {
            return Ok(Err(DecisionRefusal::NotFitting));
        };
        let Some(comment) = DecidedComment::read(connection, undone.comment).await? else {
            return Ok(Err(DecisionRefusal::NotThere));
        };
        if undone.undone_by.is_some() || is_superseded(connection, undone).await? {
            return Ok(Err(DecisionRefusal::Superseded));
        }
        let to = match undone.act {
            Act::Feature | Act::Unfeature => {
                comment.set_mark(connection, Mark::Featured, undone.act == Act::Unfeature).await?;
                comment.status
            }
            Act::Pin | Act::Unpin => {
                comment.set_mark(connection, Mark::Pinned, undone.act == Act::Unpin).await?;
                comment.status
            }
            _ => {
                comment.set_status(connection, from, self.input.at).await?;
                let approved = approved_before(connection, undone).await?;
                comment.set_approved(connection, approved).await?;
                reopen_reports(connection, undone).await?;
                from
            }
        };
        let decision = comment.decision(Act::Undo, to, self.input.at, &self.input.by);
        let decision = NewDecision { undoes: Some(undone.id), ..decision };
        let record = record_decision(connection, &decision).await?;
        let sql = "UPDATE decisions SET undone_by = $1 WHERE id = $2";
        let mark = sql::query(sql).bind(record.id.0.to_string()).bind(undone.id.0.to_string());
        mark.execute(connection).await?;
        Ok(Ok(record))
    }
}

/// Tells whether an act can be taken back: authors' own acts cannot, and what took an act back is followed by another act.
pub(crate) fn is_undoable(act: Act) -> bool {
    !matches!(act, Act::Submit | Act::Edit | Act::Undo)
}

/// The acts that change the same thing as this one.
fn rivals(act: Act) -> &'static str {
    match act {
        Act::Feature | Act::Unfeature => "('feature', 'unfeature')",
        Act::Pin | Act::Unpin => "('pin', 'unpin')",
        _ => "('edit', 'hold', 'approve', 'reject', 'delete')",
    }
}

/// True where a later act that holds has changed the same thing.
async fn is_superseded(
    connection: &mut AnyConnection,
    decision: &DecisionRecord,
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 FROM decisions WHERE comment_id = $1 AND id > $2 AND undone_by IS NULL AND kind IN {} LIMIT 1",
        rivals(decision.act)
    );
    let select = sql::query(sqlx::AssertSqlSafe(sql));
    let later = select.bind(decision.comment.to_string()).bind(decision.id.0.to_string());
    Ok(later.fetch_optional(connection).await?.is_some())
}

/// Returns when a moderator had approved the text before this decision, where that held.
async fn approved_before(
    connection: &mut AnyConnection,
    decision: &DecisionRecord,
) -> Result<Option<UnixMillis>, StoreError> {
    let sql = "SELECT kind, decided_at FROM decisions WHERE comment_id = $1 AND id < $2 AND undone_by IS NULL \
               AND kind IN ('edit', 'hold', 'approve', 'reject', 'delete') ORDER BY id DESC LIMIT 1";
    let select = sql::query_as(sql).bind(decision.comment.to_string()).bind(decision.id.0.to_string());
    let before: Option<(String, i64)> = select.fetch_optional(connection).await?;
    Ok(before.filter(|(kind, _)| kind == Act::Approve.as_str()).map(|(_, at)| UnixMillis(at)))
}

/// Opens the reports again that the decision closed.
async fn reopen_reports(connection: &mut AnyConnection, decision: &DecisionRecord) -> Result<(), StoreError> {
    let sql = "UPDATE reports SET resolved_at = NULL WHERE comment_id = $1 AND resolved_at = $2";
    let reopen = sql::query(sql).bind(decision.comment.to_string()).bind(decision.at.0);
    reopen.execute(connection).await?;
    Ok(())
}
