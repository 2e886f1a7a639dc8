//! A comment that its author takes back.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, count_up, public, published, report, tree};
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::storage::error::StoreError;
use crate::storage::record;

/// Deletes a comment and everything its author wrote in it, for good. What is left is its place in the tree,
/// and the hashes by which its author's token and a late retry of its post are known.
pub(in crate::storage) struct Erase {
    /// The comment.
    pub(in crate::storage) id: CommentId,
    /// When they took it back.
    pub(in crate::storage) at: UnixMillis,
}

#[async_trait]
impl Write for Erase {
    /// Whether there is such a comment, or was until it was deleted.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let sql = "SELECT thread_id, root_id, status FROM comments WHERE id = $1";
        let row = sqlx::query_as(sql).bind(self.id.to_string()).fetch_optional(&mut *connection).await?;
        let Some((thread_id, root_id, former)): Option<(String, String, String)> = row else {
            return Ok(false);
        };
        let former = record::status(&former)?;
        match former {
            Status::Deleted => return Ok(true),
            // A moderator decides about it; its author has no say in it any more.
            Status::Rejected => return Ok(false),
            Status::Published | Status::Pending => {}
        }
        let revision = count_up(connection, &thread_id, -published(former)).await?;
        self.blank(connection, revision).await?;
        report::settle(connection, self.id, self.at).await?;
        tree::settle(connection, &root_id, revision).await?;
        public::went(connection, self.id).await?;
        Ok(true)
    }
}

impl Erase {
    async fn blank(&self, connection: &mut AnyConnection, revision: i64) -> Result<(), StoreError> {
        // The request's hash goes too: it would tell whoever guesses the words that they are right.
        let sql = "UPDATE comments SET status = 'deleted', author_name = '', author_email = NULL, \
                   badge = NULL, text = '', body = '[]', edited_at = NULL, request_hash = '', \
                   votes_up = 0, votes_down = 0, score = 0, page_title = NULL, page_url = NULL, \
                   changed_revision = $1 WHERE id = $2";
        sqlx::query(sql).bind(revision).bind(self.id.to_string()).execute(&mut *connection).await?;
        // Nobody can change a vote on it any more.
        for sql in
            ["DELETE FROM votes WHERE comment_id = $1", "DELETE FROM vote_addresses WHERE comment_id = $1"]
        {
            sqlx::query(sql).bind(self.id.to_string()).execute(&mut *connection).await?;
        }
        Ok(())
    }
}
