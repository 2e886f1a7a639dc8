//! What somebody who follows a thread has not seen yet.
//!
//! Nothing is kept for it but the revisions at which each comment last changed: what changed since a point is read
//! from the comments themselves, so it outlives a restart, tells of every process's writes, and many changes of one
//! comment are one piece of news.

use sqlx::AnyConnection;

use super::error::StoreError;
use super::read;
use super::record::{self, comment_record};
use crate::domain::comment::{Status, StoredComment};
use crate::domain::thread::ThreadKey;

/// Changes of one reading, at most.
const CHANGES: usize = 200;
/// Bytes of their records, at most; yet always one change.
const RECORD_BYTES: usize = 64 * 1024;

/// A point in a thread's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The revision.
    pub revision: u64,
    /// The position of the last comment that counts, of those that changed at the revision.
    position: i64,
}

impl Point {
    /// The point after everything that changed at `revision`.
    pub const fn after(revision: u64) -> Self {
        Self { revision, position: i64::MAX }
    }

    /// The last revision all of whose changes are before this point.
    pub const fn told(self) -> u64 {
        if self.position == i64::MAX { self.revision } else { self.revision.saturating_sub(1) }
    }
}

/// What changed in a thread, oldest change first, as far as one reading goes.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// How many comments are published.
    pub total: u64,
    /// Up to which point this tells everything.
    pub upto: Point,
    /// The comments that changed and that somebody may have seen.
    pub changes: Vec<Change>,
    /// Whether more changed after `upto`.
    pub more: bool,
}

/// A comment that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When.
    pub at: Point,
    /// Whether it is the last one that changed at this revision.
    pub ends_revision: bool,
    /// The revision at which it last came before everybody.
    pub shown: u64,
    /// The revision at which it last got another text.
    pub text: u64,
    /// Whether readers find it in the list: as a comment, or as an empty mark.
    pub stands: bool,
    /// The comment as it is now.
    pub comment: StoredComment,
}

/// What a change is to somebody who has seen everything up to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It has come before everybody.
    Shown,
    /// It has another text.
    Edited,
    /// It was judged.
    Voted,
    /// It is hidden.
    Hidden,
}

impl Change {
    /// What it is to somebody who has seen everything up to `revision`.
    pub fn kind_since(&self, revision: u64) -> ChangeKind {
        match self.comment.status {
            Status::Pending | Status::Rejected | Status::Deleted => ChangeKind::Hidden,
            Status::Published if self.shown > revision => ChangeKind::Shown,
            Status::Published if self.text > revision => ChangeKind::Edited,
            Status::Published => ChangeKind::Voted,
        }
    }
}

/// Changed, position, shown, text, standing, record.
type Row = (i64, i64, i64, i64, i64, String);

/// Reads what changed after a point, inside a transaction that sees one state of the database.
pub(super) async fn news(
    connection: &mut AnyConnection,
    key: &ThreadKey,
    after: Point,
) -> Result<News, StoreError> {
    let Some((thread_id, thread)) = read::thread(connection, key).await? else {
        return Ok(News { total: 0, upto: Point::after(0), changes: Vec::new(), more: false });
    };
    let rows = rows(connection, &thread_id, after).await?;
    let kept = kept(&rows);
    let more = kept < rows.len();
    let mut changes = Vec::with_capacity(kept);
    for (index, row) in rows.iter().take(kept).enumerate() {
        let ends_revision = rows.get(index + 1).is_none_or(|next| next.0 > row.0);
        changes.push(change(row, ends_revision)?);
    }
    let now = Point::after(thread.revision.unwrap_or_default());
    let upto = changes.last().filter(|_| more).map_or(now, |last| last.at);
    Ok(News { total: thread.total, upto, changes, more })
}

/// The changes after a point, one more than one reading tells where there are more. A comment that never came
/// before everybody is nobody's news.
async fn rows(connection: &mut AnyConnection, thread_id: &str, after: Point) -> Result<Vec<Row>, StoreError> {
    let sql = concat!(
        "SELECT c.changed_revision, c.position, c.shown_revision, c.text_revision, c.standing, ",
        comment_record!(),
        " FROM comments c WHERE c.thread_id = $1 AND (c.changed_revision, c.position) > ($2, $3) \
         AND c.shown_revision > 0 ORDER BY c.changed_revision, c.position LIMIT $4"
    );
    let select = sqlx::query_as(sql)
        .bind(thread_id)
        .bind(i64::try_from(after.revision).unwrap_or(i64::MAX))
        .bind(after.position)
        .bind(i64::try_from(CHANGES + 1).expect("it is a small number"));
    Ok(select.fetch_all(connection).await?)
}

/// How many of the rows one reading tells.
fn kept(rows: &[Row]) -> usize {
    let mut bytes = 0;
    let fits = |(.., record): &&Row| {
        bytes += record.len();
        bytes <= RECORD_BYTES
    };
    rows.iter().take(CHANGES).take_while(fits).count().max(1).min(rows.len())
}

fn change(
    (revision, position, shown, text, standing, record): &Row,
    ends_revision: bool,
) -> Result<Change, StoreError> {
    Ok(Change {
        at: Point { revision: record::count(*revision)?, position: *position },
        ends_revision,
        shown: record::count(*shown)?,
        text: record::count(*text)?,
        stands: *standing == 1,
        comment: record::comment(record)?,
    })
}
