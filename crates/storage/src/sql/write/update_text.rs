//! Replaces the text of a comment.

use async_trait::async_trait;
use dumka_api::newsroom::{Act, ActorKind};
use dumka_domain::comment::{Status, StoredComment, UnixMillis};
use sqlx::AnyConnection;

use super::operation::Write;
use super::record_decision::{NewDecision, decision_id, record_decision};
use super::thread_totals::{bump_revision, total_of};
use super::{thread_metadata, visibility};
use crate::comment::EditInput;
use crate::decision::{DecidedBy, DecisionId, DecisionWords};
use crate::engine::WrittenThread;
use crate::error::{EditError, StoreError};
use crate::sql;
use crate::sql::row::{self, comment_record};
use crate::sql::search;

/// Replaces the text of a comment; the same text again changes nothing, so that an edit can be repeated.
pub(crate) struct UpdateText {
    edit: EditInput,
    body_json: String,
}

impl UpdateText {
    /// Prepares an edit.
    pub(crate) fn new(edit: EditInput) -> Self {
        let body_json = row::encode_body(&edit.body);
        Self { edit, body_json }
    }
}

/// The comment before the edit.
struct Current {
    thread_id: String,
    root_id: String,
    status: Status,
    text: String,
    edited_at: Option<UnixMillis>,
    author_name: String,
    site: String,
    /// Its last decision.
    last: Option<DecisionId>,
}

/// Thread, root, status, text, time of the last edit, author's name, site, last decision.
type CurrentRow = (String, String, String, String, Option<i64>, String, String, Option<String>);

#[async_trait]
impl Write for UpdateText {
    type Outcome = Result<StoredComment, EditError>;

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Of(self.edit.id)]
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        let Some(current) = self.current(connection).await? else { return Ok(Err(EditError::NotThere)) };
        if current.text != self.edit.text {
            if !self.edit.base.allows(current.edited_at) {
                return Ok(Err(EditError::Conflict));
            }
            self.replace(connection, &current).await?;
        }
        Ok(Ok(self.stored(connection).await?))
    }
}

impl UpdateText {
    /// Reads the comment, if it is one that can be edited.
    async fn current(&self, connection: &mut AnyConnection) -> Result<Option<Current>, StoreError> {
        let sql = "SELECT thread_id, root_id, status, text, edited_at, author_name, site, \
                   (SELECT MAX(d.id) FROM decisions d WHERE d.comment_id = comments.id) FROM comments \
                   WHERE id = $1 AND status IN ('published', 'pending')";
        let row = sql::query_as(sql).bind(self.edit.id.to_string()).fetch_optional(connection).await?;
        let Some((thread_id, root_id, status, text, edited_at, author_name, site, last)): Option<CurrentRow> =
            row
        else {
            return Ok(None);
        };
        let (status, edited_at) = (row::status(&status)?, edited_at.map(UnixMillis));
        let last = last.as_deref().map(decision_id).transpose()?;
        Ok(Some(Current { thread_id, root_id, status, text, edited_at, author_name, site, last }))
    }

    async fn replace(&self, connection: &mut AnyConnection, current: &Current) -> Result<(), StoreError> {
        let status = match current.status {
            Status::Pending => Status::Pending,
            _ => self.edit.status,
        };
        let total_delta = total_of(status) - total_of(current.status);
        let revision = bump_revision(connection, &current.thread_id, total_delta).await?;
        let sql = "UPDATE comments SET text = $1, body = $2, edited_at = $3, status = $4, \
                   changed_revision = $5, text_revision = $5, approved_at = NULL, \
                   detected = COALESCE($7, CASE WHEN $4 = 'pending' THEN detected ELSE NULL END) WHERE id = $6";
        sql::query(sql)
            .bind(&self.edit.text)
            .bind(&self.body_json)
            .bind(self.edited_at(current).0)
            .bind(status.as_str())
            .bind(revision)
            .bind(self.edit.id.to_string())
            .bind(row::encode_detected(&self.edit.detected))
            .execute(&mut *connection)
            .await?;
        self.record(connection, current, (status, revision)).await?;
        search::forget(connection, self.edit.id).await?;
        search::index(connection, (self.edit.id, &current.site), [&self.edit.text, &current.author_name])
            .await?;
        if status != current.status {
            // What was published may wait again; what waits stays so.
            visibility::update(connection, &current.root_id, revision).await?;
            thread_metadata::comment_left(connection, self.edit.id).await?;
        }
        Ok(())
    }

    async fn record(
        &self,
        connection: &mut AnyConnection,
        current: &Current,
        (to, text_revision): (Status, i64),
    ) -> Result<(), StoreError> {
        let rule = self.edit.detected.last().copied();
        let by = DecidedBy::one(if rule.is_some() { ActorKind::Rule } else { ActorKind::Author });
        let decision = NewDecision {
            comment: self.edit.id,
            site: &current.site,
            text_revision,
            by: &by,
            at: self.edit.edited_at,
            act: Act::Edit,
            from: Some(current.status),
            to,
            words: DecisionWords::none(),
            rule,
            undoes: None,
            last: current.last,
        };
        record_decision(connection, &decision).await?;
        Ok(())
    }

    /// Returns a time later than the edit before, so that two edits within one tick of the clock are told apart.
    fn edited_at(&self, current: &Current) -> UnixMillis {
        let earliest = current.edited_at.map_or(i64::MIN, |time| time.0 + 1);
        UnixMillis(self.edit.edited_at.0.max(earliest))
    }

    async fn stored(&self, connection: &mut AnyConnection) -> Result<StoredComment, StoreError> {
        let sql = concat!("SELECT ", comment_record!(), " FROM comments c WHERE c.id = $1");
        let record: String =
            sql::query_scalar(sql).bind(self.edit.id.to_string()).fetch_one(connection).await?;
        row::comment(&record)
    }
}
