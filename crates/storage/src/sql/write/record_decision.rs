//! Adds rows to the log of decisions.

use dumka_api::newsroom::{Act, DecisionReason};
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::decision::{DecidedBy, DecisionId, DecisionRecord, DecisionWords};
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;

/// A decision that has taken effect in this transaction, to be recorded.
pub(super) struct NewDecision<'a> {
    pub(super) comment: CommentId,
    pub(super) site: &'a str,
    pub(super) text_revision: i64,
    pub(super) by: &'a DecidedBy,
    pub(super) at: UnixMillis,
    pub(super) act: Act,
    pub(super) from: Option<Status>,
    pub(super) to: Status,
    pub(super) words: &'a DecisionWords,
    pub(super) rule: Option<&'a str>,
    pub(super) undoes: Option<DecisionId>,
    /// The comment's last decision so far.
    pub(super) last: Option<DecisionId>,
}

/// Adds a row, and returns it.
pub(super) async fn record_decision(
    connection: &mut AnyConnection,
    new: &NewDecision<'_>,
) -> Result<DecisionRecord, StoreError> {
    let record = new.record()?;
    let sql = "INSERT INTO decisions (id, comment_id, site, text_revision, actor, actor_id, decided_at, kind, \
               from_status, to_status, reason, rule, note, words, found_automatically, decided_automatically, \
               undoes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    sql::query(sql)
        .bind(record.id.0.to_string())
        .bind(new.comment.to_string())
        .bind(new.site)
        .bind(new.text_revision)
        .bind(new.by.kind.as_str())
        .bind(new.by.id.as_deref())
        .bind(new.at.0)
        .bind(new.act.as_str())
        .bind(new.from.map(Status::as_str))
        .bind(new.to.as_str())
        .bind(new.words.reason.map(DecisionReason::as_str))
        .bind(new.rule)
        .bind(new.words.note.as_deref())
        .bind(new.words.words.as_deref())
        .bind(i64::from(record.is_found_automatically()))
        .bind(i64::from(record.is_decided_automatically()))
        .bind(new.undoes.map(|undone| undone.0.to_string()))
        .execute(connection)
        .await?;
    Ok(record)
}

impl NewDecision<'_> {
    fn record(&self) -> Result<DecisionRecord, StoreError> {
        Ok(DecisionRecord {
            id: self.id(),
            comment: self.comment,
            site: self.site.into(),
            text_revision: row::count(self.text_revision)?,
            by: self.by.clone(),
            by_name: None,
            at: self.at,
            act: self.act,
            from: self.from,
            to: self.to,
            words: self.words.clone(),
            rule: self.rule.map(Into::into),
            undoes: self.undoes,
            undone_by: None,
        })
    }

    /// Returns the id: the comment's own for the first decision, and for a later one of the present time, but in any case
    /// after the last, whatever the clocks of several servers say. A hash of the comment's id keeps it apart from those of
    /// other comments.
    fn id(&self) -> DecisionId {
        if self.act == Act::Submit {
            return DecisionId(self.comment.0);
        }
        let hash: [u8; 32] = Sha256::digest(self.comment.0.as_bytes()).into();
        let mut random = [0; 10];
        random.copy_from_slice(&hash[..10]);
        let id = CommentId::new(self.at, random).0;
        match self.last {
            Some(DecisionId(last)) if last >= id => DecisionId(Uuid::from_u128(last.as_u128() + 1)),
            _ => DecisionId(id),
        }
    }
}

/// Decodes a decision's id.
pub(super) fn decision_id(text: &str) -> Result<DecisionId, StoreError> {
    row::id(text).map(|CommentId(id)| DecisionId(id))
}
