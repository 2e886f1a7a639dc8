//! An author's other text.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, count_up, public, published, tree};
use crate::domain::comment::{Status, StoredComment, UnixMillis};
use crate::storage::error::{EditError, StoreError};
use crate::storage::known::Edit;
use crate::storage::record::{self, comment_record};

/// Gives a comment another text; the same text again changes nothing, so that an edit can be repeated.
pub(in crate::storage) struct NewText {
    edit: Edit,
    body_json: String,
}

impl NewText {
    /// Prepares an edit.
    pub(in crate::storage) fn new(edit: Edit) -> Self {
        let body_json = serde_json::to_string(&edit.body).expect("a body always becomes JSON");
        Self { edit, body_json }
    }
}

/// What the comment is before the edit.
struct Former {
    thread_id: String,
    root_id: String,
    status: Status,
    text: String,
    edited_at: Option<UnixMillis>,
}

#[async_trait]
impl Write for NewText {
    type Outcome = Result<StoredComment, EditError>;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        let Some(former) = self.former(connection).await? else { return Ok(Err(EditError::NotThere)) };
        if former.text != self.edit.text {
            if !self.edit.base.allows(former.edited_at) {
                return Ok(Err(EditError::Conflict));
            }
            self.replace(connection, &former).await?;
        }
        Ok(Ok(self.stored(connection).await?))
    }
}

impl NewText {
    /// The comment, if it is one that can be edited.
    async fn former(&self, connection: &mut AnyConnection) -> Result<Option<Former>, StoreError> {
        let sql = "SELECT thread_id, root_id, status, text, edited_at FROM comments \
                   WHERE id = $1 AND status IN ('published', 'pending')";
        let row = sqlx::query_as(sql).bind(self.edit.id.to_string()).fetch_optional(connection).await?;
        let Some((thread_id, root_id, status, text, edited_at)) = row else { return Ok(None) };
        let (status, edited_at): (String, Option<i64>) = (status, edited_at);
        let (status, edited_at) = (record::status(&status)?, edited_at.map(UnixMillis));
        Ok(Some(Former { thread_id, root_id, status, text, edited_at }))
    }

    async fn replace(&self, connection: &mut AnyConnection, former: &Former) -> Result<(), StoreError> {
        let status = match former.status {
            Status::Pending => Status::Pending,
            _ => self.edit.status,
        };
        let added = published(status) - published(former.status);
        let revision = count_up(connection, &former.thread_id, added).await?;
        let sql = "UPDATE comments SET text = $1, body = $2, edited_at = $3, status = $4, \
                   changed_revision = $5, text_revision = $5, approved_at = NULL WHERE id = $6";
        sqlx::query(sql)
            .bind(&self.edit.text)
            .bind(&self.body_json)
            .bind(self.edited_at(former).0)
            .bind(status.as_str())
            .bind(revision)
            .bind(self.edit.id.to_string())
            .execute(&mut *connection)
            .await?;
        if status != former.status {
            // What was published may wait again; what waits stays so.
            tree::settle(connection, &former.root_id, revision).await?;
            public::went(connection, self.edit.id).await?;
        }
        Ok(())
    }

    /// Later than the edit before, so that two edits within one tick of the clock are told apart.
    fn edited_at(&self, former: &Former) -> UnixMillis {
        let earliest = former.edited_at.map_or(i64::MIN, |moment| moment.0 + 1);
        UnixMillis(self.edit.edited_at.0.max(earliest))
    }

    async fn stored(&self, connection: &mut AnyConnection) -> Result<StoredComment, StoreError> {
        let sql = concat!("SELECT ", comment_record!(), " FROM comments c WHERE c.id = $1");
        let record: String =
            sqlx::query_scalar(sql).bind(self.edit.id.to_string()).fetch_one(connection).await?;
        record::comment(&record)
    }
}
