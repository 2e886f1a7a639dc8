//! Admits a new comment into its thread, or refuses it, as the moderators' settings of the thread say.

use dumka_api::newsroom::{ActorKind, ThreadMode};
use dumka_domain::comment::UnixMillis;
use dumka_domain::thread_settings::ThreadSettings;
use sqlx::AnyConnection;

use crate::comment::NewCommentRecord;
use crate::error::{StoreError, SubmitError};
use crate::sql;
use crate::sql::row::{self, SettingsColumns};

/// The answer to a new comment.
pub(super) enum Gate {
    /// It is taken.
    Open,
    /// It is taken, and its author's next one after so many seconds.
    Slow {
        /// Seconds until the next one.
        pause_secs: u32,
    },
    /// It is refused.
    Refused(SubmitError),
}

/// Decides on a new comment. A thread that is not there is open, and staff write in any.
pub(super) async fn check(
    connection: &mut AnyConnection,
    new: &NewCommentRecord,
) -> Result<Gate, StoreError> {
    if matches!(new.by.kind, ActorKind::Staff | ActorKind::Key) {
        return Ok(Gate::Open);
    }
    let sql = "SELECT state, state_until, slow_secs, notice, notice_until FROM threads WHERE site = $1 AND page = $2";
    let select = sql::query_as(sql).bind(&new.thread.site).bind(&new.thread.page);
    let columns: Option<SettingsColumns> = select.fetch_optional(&mut *connection).await?;
    let Some(columns) = columns else { return Ok(Gate::Open) };
    let settings = row::thread_settings(columns)?.at(new.created_at);
    match settings {
        ThreadSettings { mode: ThreadMode::Closed, .. } => Ok(Gate::Refused(SubmitError::ThreadClosed)),
        _ => match settings.pause_secs() {
            Some(pause_secs) => check_pause(connection, new, pause_secs).await,
            None => Ok(Gate::Open),
        },
    }
}

async fn check_pause(
    connection: &mut AnyConnection,
    new: &NewCommentRecord,
    pause_secs: u32,
) -> Result<Gate, StoreError> {
    let sql = "SELECT s.posted_at FROM slow_authors s JOIN threads t ON t.id = s.thread_id \
               WHERE t.site = $1 AND t.page = $2 AND s.author_hash = $3";
    let select = sql::query_scalar(sql).bind(&new.thread.site).bind(&new.thread.page);
    let hash = row::encode_hash(&new.author_hash);
    let posted_at: Option<i64> = select.bind(hash).fetch_optional(connection).await?;
    let until = posted_at.map(|posted_at| UnixMillis(posted_at).plus_secs(pause_secs.into()));
    Ok(match until.filter(|until| *until > new.created_at) {
        Some(until) => Gate::Refused(SubmitError::ThreadSlow { until }),
        None => Gate::Slow { pause_secs },
    })
}

/// Remembers when the author has written, and forgets those who may write again.
pub(super) async fn remember(
    connection: &mut AnyConnection,
    thread_id: &str,
    new: &NewCommentRecord,
    pause_secs: u32,
) -> Result<(), StoreError> {
    let over = new.created_at.minus_secs(pause_secs.into());
    let sql = "DELETE FROM slow_authors WHERE thread_id = $1 AND posted_at <= $2";
    sql::query(sql).bind(thread_id).bind(over.0).execute(&mut *connection).await?;
    let sql = "INSERT INTO slow_authors (thread_id, author_hash, posted_at) VALUES ($1, $2, $3) \
               ON CONFLICT (thread_id, author_hash) DO UPDATE SET posted_at = excluded.posted_at";
    let insert = sql::query(sql).bind(thread_id).bind(row::encode_hash(&new.author_hash));
    insert.bind(new.created_at.0).execute(connection).await?;
    Ok(())
}

/// Forgets who has written in a thread that is no longer slow.
pub(super) async fn forget(connection: &mut AnyConnection, thread_id: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM slow_authors WHERE thread_id = $1";
    sql::query(sql).bind(thread_id).execute(connection).await?;
    Ok(())
}
