//! Reads the changes of a thread since a position.
//!
//! Nothing is stored for it but the revisions at which each comment last changed. The changes are read from the comments
//! themselves, so they outlive a restart, include every process's writes, and many changes of one comment are one.

use dumka_domain::thread::ThreadKey;
use sqlx::AnyConnection;

use super::row::{self, comment_record};
use super::threads::{self, ThreadRow};
use crate::changes::{Change, ChangePosition, ChangeSet, ThreadChanged};
use crate::comment::Visibility;
use crate::error::StoreError;
use crate::sql;

/// The largest number of changes of one read.
const MAX_CHANGES: usize = 200;
/// The largest number of bytes of their bodies and names, which yet always leaves one change.
const MAX_RECORD_BYTES: usize = 64 * 1024;
/// The number of index rows that are read first: mostly there are fewer changes.
const FIRST_INDEX_ROWS: usize = 7;

/// A change without its comment, by which a read is bounded.
struct IndexRow {
    changed_revision: i64,
    position: i64,
    shown_revision: i64,
    text_revision: i64,
    visible: i64,
    bytes: i64,
}

/// The columns of an index row.
type IndexColumns = (i64, i64, i64, i64, i64, i64);

/// Reads the changes after a position, inside a transaction that sees one snapshot of the database. The cost grows with
/// the result: the bodies of other comments are not read.
pub(crate) async fn changes_since(
    connection: &mut AnyConnection,
    key: &ThreadKey,
    after: ChangePosition,
) -> Result<ChangeSet, StoreError> {
    let Some(row) = threads::thread(connection, key).await? else {
        let through = ChangePosition::after(0);
        return Ok(ChangeSet { total: 0, through, changes: Vec::new(), more: false, thread: None });
    };
    let ThreadRow { id: thread_id, thread, settings_revision, .. } = row;
    let now = ChangePosition::after(thread.revision.unwrap_or_default());
    let index = index(connection, &thread_id, after).await?;
    let changes = changes(connection, &thread_id, after, &index).await?;
    let more = changes.len() < index.len();
    let through = changes.last().filter(|_| more).map_or(now, |last| last.position);
    let total = thread.total;
    let steered = ThreadChanged { position: ChangePosition::after(settings_revision), thread };
    let thread = Some(steered).filter(|it| after < it.position && it.position <= through);
    Ok(ChangeSet { total, through, changes, more, thread })
}

/// Reads the index of the changes after a position as far as one read goes, and where there are more, the next one. A
/// comment that was never published is left out.
async fn index(
    connection: &mut AnyConnection,
    thread_id: &str,
    after: ChangePosition,
) -> Result<Vec<IndexRow>, StoreError> {
    let sql = "SELECT changed_revision, position, shown_revision, \
               CASE WHEN marked_revision > text_revision THEN marked_revision ELSE text_revision END, visible, \
               OCTET_LENGTH(body) + OCTET_LENGTH(author_name) AS bytes \
               FROM comments WHERE thread_id = $1 AND (changed_revision, position) > ($2, $3) \
               AND shown_revision > 0 ORDER BY changed_revision, position LIMIT $4";
    let mut index: Vec<IndexRow> = Vec::new();
    loop {
        let limit = next_limit(&index);
        let last = index.last().map_or(after, IndexRow::position);
        let select = sql::query_as(sql).bind(thread_id).bind(bound_revision(last)).bind(last.comment);
        let rows: Vec<IndexColumns> = select.bind(limit).fetch_all(&mut *connection).await?;
        let is_end = i64::try_from(rows.len()).is_ok_and(|read| read < limit);
        index.extend(rows.into_iter().map(IndexRow::from));
        if is_end || fitting(&index) < index.len() {
            return Ok(index);
        }
    }
}

/// Estimates the number of index rows that still fill a read, and one that no longer fits.
fn next_limit(index: &[IndexRow]) -> i64 {
    let bytes: usize = index.iter().map(IndexRow::bytes).sum();
    let likely = match index.len() * MAX_RECORD_BYTES.saturating_sub(bytes) / bytes.max(1) {
        _ if index.is_empty() => FIRST_INDEX_ROWS,
        likely => likely,
    };
    let at_most = (MAX_CHANGES + 1).saturating_sub(index.len());
    i64::try_from((likely + 1).min(at_most).max(1)).unwrap_or(i64::MAX)
}

/// Counts the changes that fit into one read.
fn fitting(index: &[IndexRow]) -> usize {
    let mut bytes = 0;
    let fits = |row: &&IndexRow| {
        bytes += row.bytes();
        bytes <= MAX_RECORD_BYTES
    };
    index.iter().take(MAX_CHANGES).take_while(fits).count().max(1).min(index.len())
}

/// Reads the first changes after a position with their comments.
async fn changes(
    connection: &mut AnyConnection,
    thread_id: &str,
    after: ChangePosition,
    index: &[IndexRow],
) -> Result<Vec<Change>, StoreError> {
    let Some(last) = index[..fitting(index)].last() else { return Ok(Vec::new()) };
    let sql = concat!(
        "SELECT ",
        comment_record!(),
        " FROM comments c WHERE c.thread_id = $1 AND (c.changed_revision, c.position) > ($2, $3) \
         AND (c.changed_revision, c.position) <= ($4, $5) AND c.shown_revision > 0 \
         ORDER BY c.changed_revision, c.position"
    );
    let select = sql::query_scalar(sql).bind(thread_id).bind(bound_revision(after)).bind(after.comment);
    let select = select.bind(last.changed_revision).bind(last.position);
    let records: Vec<String> = select.fetch_all(connection).await?;
    let is_last = |at: usize| {
        let (this, next) = (&index[at], index.get(at + 1));
        next.is_none_or(|next| next.changed_revision > this.changed_revision)
    };
    let changes = records.iter().zip(index).enumerate();
    changes.map(|(at, (record, row))| row.change(record, is_last(at))).collect()
}

/// Returns the revision as the database stores it.
fn bound_revision(position: ChangePosition) -> i64 {
    i64::try_from(position.revision).unwrap_or(i64::MAX)
}

impl From<IndexColumns> for IndexRow {
    fn from(columns: IndexColumns) -> Self {
        let (changed_revision, position, shown_revision, text_revision, visible, bytes) = columns;
        Self { changed_revision, position, shown_revision, text_revision, visible, bytes }
    }
}

impl IndexRow {
    fn bytes(&self) -> usize {
        self.bytes.try_into().unwrap_or_default()
    }

    fn position(&self) -> ChangePosition {
        let revision = self.changed_revision.try_into().unwrap_or_default();
        ChangePosition { revision, comment: self.position }
    }

    fn change(&self, record: &str, ends_revision: bool) -> Result<Change, StoreError> {
        Ok(Change {
            position: self.position(),
            ends_revision,
            published_revision: row::count(self.shown_revision)?,
            text_revision: row::count(self.text_revision)?,
            visibility: Visibility::from_column(self.visible),
            comment: row::comment(record)?,
        })
    }
}
