//! Deletes a comment for its author.

use async_trait::async_trait;
use dumka_api::newsroom::{Act, ActorKind};
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use sqlx::AnyConnection;

use super::decided_comment::DecidedComment;
use super::open_reports::close_open_reports;
use super::operation::Write;
use super::record_decision::record_decision;
use super::thread_totals::{bump_revision, total_of};
use super::{thread_metadata, visibility};
use crate::decision::DecidedBy;
use crate::engine::WrittenThread;
use crate::error::StoreError;
use crate::sql;
use crate::sql::search;

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

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Of(self.id)]
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let Some(comment) = DecidedComment::read(connection, self.id).await? else {
            return is_there(connection, self.id).await;
        };
        match comment.status {
            Status::Deleted => return Ok(true),
            // A moderator has decided about it.
            Status::Rejected => return Ok(false),
            Status::Published | Status::Pending => {}
        }
        let revision = bump_revision(connection, &comment.thread_id, -total_of(comment.status)).await?;
        self.blank(connection, revision).await?;
        search::forget(connection, self.id).await?;
        close_open_reports(connection, self.id, self.at).await?;
        visibility::update(connection, &comment.root_id, revision).await?;
        thread_metadata::comment_left(connection, self.id).await?;
        let by = DecidedBy::one(ActorKind::Author);
        let decision = comment.decision(Act::Delete, Status::Deleted, self.at, &by);
        record_decision(connection, &decision).await?;
        Ok(true)
    }
}

/// True where there is such a comment, which was erased before.
async fn is_there(connection: &mut AnyConnection, id: CommentId) -> Result<bool, StoreError> {
    let found = sql::query("SELECT 1 FROM comments WHERE id = $1").bind(id.to_string());
    Ok(found.fetch_optional(connection).await?.is_some())
}

impl EraseComment {
    async fn blank(&self, connection: &mut AnyConnection, revision: i64) -> Result<(), StoreError> {
        // The request's hash goes too: it would tell whoever guesses the words that they are right.
        let sql = "UPDATE comments SET status = 'deleted', author_name = '', author_email = NULL, \
                   badge = NULL, text = '', body = '[]', edited_at = NULL, request_hash = '', \
                   votes_up = 0, votes_down = 0, score = 0, page_title = NULL, page_url = NULL, \
                   detected = NULL, featured = 0, pinned = 0, \
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
