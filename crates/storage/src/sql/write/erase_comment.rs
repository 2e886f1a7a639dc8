//! Deletes a comment for its author.

use async_trait::async_trait;
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use sqlx::AnyConnection;

use super::open_reports::close_open_reports;
use super::operation::Write;
use super::thread_totals::{bump_revision, total_of};
use super::{thread_metadata, visibility};
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;

/// Deletes a comment and everything its author wrote in it, for good. Its place in the tree is left, and the hashes by
/// which its author's token and a late retry of its post are known.
pub(crate) struct EraseComment {
    /// The comment.
    pub(crate) id: CommentId,
    /// The time of the deletion.
    pub(crate) at: UnixMillis,
}

#[async_trait]
impl Write for EraseComment {
    /// True where there is such a comment, deleted before or not.
    type Outcome = bool;

    fn thread(&self) -> Option<WrittenThread> {
        Some(WrittenThread::Of(self.id))
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let sql = "SELECT thread_id, root_id, status FROM comments WHERE id = $1";
        let row = sql::query_as(sql).bind(self.id.to_string()).fetch_optional(&mut *connection).await?;
        let Some((thread_id, root_id, current)): Option<(String, String, String)> = row else {
            return Ok(false);
        };
        let current = row::status(&current)?;
        match current {
            Status::Deleted => return Ok(true),
            // A moderator has decided about it.
            Status::Rejected => return Ok(false),
            Status::Published | Status::Pending => {}
        }
        let revision = bump_revision(connection, &thread_id, -total_of(current)).await?;
        self.blank(connection, revision).await?;
        close_open_reports(connection, self.id, self.at).await?;
        visibility::update(connection, &root_id, revision).await?;
        thread_metadata::comment_left(connection, self.id).await?;
        Ok(true)
    }
}

impl EraseComment {
    async fn blank(&self, connection: &mut AnyConnection, revision: i64) -> Result<(), StoreError> {
        // The request's hash goes too: it would tell whoever guesses the words that they are right.
        let sql = "UPDATE comments SET status = 'deleted', author_name = '', author_email = NULL, \
                   badge = NULL, text = '', body = '[]', edited_at = NULL, request_hash = '', \
                   votes_up = 0, votes_down = 0, score = 0, page_title = NULL, page_url = NULL, \
                   changed_revision = $1 WHERE id = $2";
        sql::query(sql).bind(revision).bind(self.id.to_string()).execute(&mut *connection).await?;
        // Nobody can change a vote on it any more.
        for sql in
            ["DELETE FROM votes WHERE comment_id = $1", "DELETE FROM vote_addresses WHERE comment_id = $1"]
        {
            sql::query(sql).bind(self.id.to_string()).execute(&mut *connection).await?;
        }
        Ok(())
    }
}
