//! Takes a place in a thread for a new comment, and opens the thread where it is the first.

use sqlx::AnyConnection;

use super::thread_gate::{self, Gate};
use super::thread_totals::total_of;
use crate::comment::NewCommentRecord;
use crate::error::{StoreError, SubmitError};
use crate::sql;

/// The place that a new comment takes in its thread.
pub(super) struct Slot {
    pub(super) thread_id: String,
    pub(super) position: i64,
    /// The revision that the comment makes.
    pub(super) revision: i64,
    /// The thread's title so far.
    pub(super) title: Option<String>,
    /// The thread's address so far.
    pub(super) url: Option<String>,
}

/// The part of a thread's rules that a comment is known to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passed {
    Nothing,
    /// The moderators' settings.
    Settings,
}

/// The columns of a slot.
type SlotRow = (String, i64, i64, Option<String>, Option<String>);

impl From<SlotRow> for Slot {
    fn from((thread_id, position, revision, title, url): SlotRow) -> Self {
        Self { thread_id, position, revision, title, url }
    }
}

/// Takes the next position in the thread, which is opened if it is new, as far as the thread's settings let the comment
/// in. Only where these may stand in the way are they looked at.
pub(super) async fn take_slot(
    connection: &mut AnyConnection,
    new: &NewCommentRecord,
) -> Result<Result<(Slot, Gate), SubmitError>, StoreError> {
    if let Some(slot) = take_slot_in_open_thread(connection, new, Passed::Nothing).await? {
        return Ok(Ok((slot, Gate::Open)));
    }
    if let Some(slot) = open_thread(connection, new).await? {
        return Ok(Ok((slot, Gate::Open)));
    }
    // Another server may have opened it in between; else it is slow, closed, or too old.
    let gate = match thread_gate::check(connection, new).await? {
        Gate::Refused(refusal) => return Ok(Err(refusal)),
        gate => gate,
    };
    let slot = take_slot_in_open_thread(connection, new, Passed::Settings).await?;
    Ok(slot.map(|slot| (slot, gate)).ok_or(SubmitError::ThreadClosed))
}

async fn take_slot_in_open_thread(
    connection: &mut AnyConnection,
    new: &NewCommentRecord,
    passed: Passed,
) -> Result<Option<Slot>, StoreError> {
    let sql = "UPDATE threads SET total = total + $1, last_position = last_position + 1, revision = revision + 1, active_at = $5, \
               first_published_at = CASE WHEN $1 = 1 THEN COALESCE(first_published_at, $5) \
               ELSE first_published_at END \
               WHERE site = $2 AND page = $3 AND (first_published_at IS NULL OR first_published_at >= $4) \
               AND ($6 = 1 OR state IN ('open', 'held') OR state_until < $5) RETURNING id, last_position, revision, title, url";
    let oldest = new.refuse_threads_opened_before.map_or(i64::MIN, |time| time.0);
    let query = sql::query_as(sql)
        .bind(total_of(new.status))
        .bind(&new.thread.site)
        .bind(&new.thread.page)
        .bind(oldest)
        .bind(new.created_at.0)
        .bind(i64::from(passed == Passed::Settings));
    let row: Option<SlotRow> = query.fetch_optional(connection).await?;
    Ok(row.map(Slot::from))
}

async fn open_thread(
    connection: &mut AnyConnection,
    new: &NewCommentRecord,
) -> Result<Option<Slot>, StoreError> {
    let sql = "INSERT INTO threads (id, site, page, opened_at, total, last_position, revision, first_published_at, active_at) \
               VALUES ($1, $2, $3, $4, $5, 1, 1, CASE WHEN $5 = 1 THEN $4 ELSE NULL END, $4) \
               ON CONFLICT (site, page) DO NOTHING RETURNING id, last_position, revision, title, url";
    // A thread has the id of its first comment, and so needs no random bytes of its own.
    let query = sql::query_as(sql)
        .bind(new.id.to_string())
        .bind(&new.thread.site)
        .bind(&new.thread.page)
        .bind(new.created_at.0)
        .bind(total_of(new.status));
    let row: Option<SlotRow> = query.fetch_optional(connection).await?;
    Ok(row.map(Slot::from))
}
