//! A comment as a decision finds it, and the changes of its standing.

use dumka_api::newsroom::Act;
use dumka_domain::comment::{CommentId, Marks, Status, UnixMillis};
use sqlx::AnyConnection;

use super::record_decision::{NewDecision, decision_id};
use super::thread_totals::{bump_revision, total_of};
use super::{thread_metadata, visibility};
use crate::decision::{DecidedBy, DecisionId, DecisionWords};
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;

/// A comment as a decision finds it.
pub(super) struct DecidedComment {
    pub(super) id: CommentId,
    pub(super) thread_id: String,
    pub(super) root_id: String,
    pub(super) site: String,
    pub(super) status: Status,
    pub(super) text_revision: i64,
    /// False where it is a reply.
    pub(super) is_top_level: bool,
    pub(super) has_open_reports: bool,
    pub(super) marks: Marks,
    /// Its last decision.
    pub(super) last: Option<DecisionId>,
}

/// Thread, root, site, status, text revision, 1 where it is top-level, 1 where it has open reports, featured, pinned, last
/// decision.
type Row = (String, String, String, String, i64, i64, i64, i64, i64, Option<String>);

/// A moderator's mark on a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Featured,
    Pinned,
}

impl DecidedComment {
    /// Reads a comment; none where there is no such comment, or its author has taken it back: nothing is left to decide about.
    pub(super) async fn read(
        connection: &mut AnyConnection,
        id: CommentId,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT c.thread_id, c.root_id, c.site, c.status, c.text_revision, \
                   CASE WHEN c.parent_id IS NULL THEN 1 ELSE 0 END, CASE WHEN EXISTS (SELECT 1 FROM reports r \
                   WHERE r.comment_id = c.id AND r.resolved_at IS NULL) THEN 1 ELSE 0 END, c.featured, c.pinned, \
                   (SELECT MAX(d.id) FROM decisions d WHERE d.comment_id = c.id) \
                   FROM comments c WHERE c.id = $1 AND c.text <> ''";
        let found = sql::query_as(sql).bind(id.to_string()).fetch_optional(connection).await?;
        let Some(row) = found else { return Ok(None) };
        let (thread_id, root_id, site, status, text_revision, top_level, reported, featured, pinned, last): Row =
            row;
        let status = row::status(&status)?;
        let last = last.as_deref().map(decision_id).transpose()?;
        let (is_top_level, has_open_reports) = (top_level == 1, reported == 1);
        let comment = Self {
            id,
            thread_id,
            root_id,
            site,
            status,
            text_revision,
            is_top_level,
            has_open_reports,
            marks: Marks { featured: featured == 1, pinned: pinned == 1 },
            last,
        };
        Ok(Some(comment))
    }

    /// Returns a decision about this comment without words.
    pub(super) fn decision<'a>(
        &'a self,
        act: Act,
        to: Status,
        at: UnixMillis,
        by: &'a DecidedBy,
    ) -> NewDecision<'a> {
        NewDecision {
            comment: self.id,
            site: &self.site,
            text_revision: self.text_revision,
            by,
            at,
            act,
            from: Some(self.status),
            to,
            words: DecisionWords::none(),
            rule: None,
            undoes: None,
            last: self.last,
        }
    }

    /// Sets the status and updates everything that depends on it: the thread's total, title, address and age, and the
    /// visibility of the tree. The same status again changes nothing.
    pub(super) async fn set_status(
        &self,
        connection: &mut AnyConnection,
        status: Status,
        at: UnixMillis,
    ) -> Result<(), StoreError> {
        let current = self.status;
        if current == status {
            return Ok(());
        }
        let delta = total_of(status) - total_of(current);
        let revision = bump_revision(connection, &self.thread_id, delta).await?;
        let sql = "UPDATE comments SET status = $1, changed_revision = $2, \
                   shown_revision = CASE WHEN $3 = 1 THEN $2 ELSE shown_revision END WHERE id = $4";
        sql::query(sql)
            .bind(status.as_str())
            .bind(revision)
            .bind(total_of(status))
            .bind(self.id.to_string())
            .execute(&mut *connection)
            .await?;
        visibility::update(connection, &self.root_id, revision).await?;
        match (current, status) {
            (_, Status::Published) => thread_metadata::comment_published(connection, self.id, at).await,
            (Status::Published, _) => thread_metadata::comment_left(connection, self.id).await,
            _ => Ok(()),
        }
    }

    /// Remembers when a moderator approved the present text; none where none did. From then on reports alone do not hold it.
    pub(super) async fn set_approved(
        &self,
        connection: &mut AnyConnection,
        at: Option<UnixMillis>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE comments SET approved_at = $1 WHERE id = $2";
        let set = sql::query(sql).bind(at.map(|at| at.0)).bind(self.id.to_string());
        set.execute(connection).await?;
        Ok(())
    }

    fn has(&self, mark: Mark) -> bool {
        match mark {
            Mark::Featured => self.marks.featured,
            Mark::Pinned => self.marks.pinned,
        }
    }

    /// Sets a mark or takes it away, which readers see.
    pub(super) async fn set_mark(
        &self,
        connection: &mut AnyConnection,
        mark: Mark,
        is_set: bool,
    ) -> Result<(), StoreError> {
        let sql = match mark {
            _ if self.has(mark) == is_set => return Ok(()),
            Mark::Featured => {
                "UPDATE comments SET featured = $1, changed_revision = $2, marked_revision = $2 WHERE id = $3"
            }
            Mark::Pinned => {
                "UPDATE comments SET pinned = $1, changed_revision = $2, marked_revision = $2 WHERE id = $3"
            }
        };
        let revision = bump_revision(connection, &self.thread_id, 0).await?;
        let set = sql::query(sql).bind(i64::from(is_set)).bind(revision).bind(self.id.to_string());
        set.execute(connection).await?;
        Ok(())
    }
}
