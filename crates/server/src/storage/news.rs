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
/// Bytes of their bodies and names, at most; yet always one change.
const RECORD_BYTES: usize = 64 * 1024;
/// Of how many changes the length is asked for first: mostly there are fewer.
const FIRST_OUTLINES: usize = 7;

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

    /// Whether everything that changed at its revision is before it.
    pub const fn is_whole(self) -> bool {
        self.position == i64::MAX
    }

    /// The last revision all of whose changes are before this point.
    pub const fn told(self) -> u64 {
        if self.is_whole() { self.revision } else { self.revision.saturating_sub(1) }
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

/// What must be known of a change to choose it.
struct Outline {
    changed_revision: i64,
    position: i64,
    shown_revision: i64,
    text_revision: i64,
    standing: i64,
    bytes: i64,
}

/// The same as the database gives it.
type Row = (i64, i64, i64, i64, i64, i64);

/// Reads what changed after a point, inside a transaction that sees one state of the database. The cost grows with what
/// it tells: the bodies of other comments are not read.
pub(super) async fn news(
    connection: &mut AnyConnection,
    key: &ThreadKey,
    after: Point,
) -> Result<News, StoreError> {
    let Some((thread_id, thread)) = read::thread(connection, key).await? else {
        return Ok(News { total: 0, upto: Point::after(0), changes: Vec::new(), more: false });
    };
    let now = Point::after(thread.revision.unwrap_or_default());
    let outlines = outlines(connection, &thread_id, after).await?;
    let kept = kept(&outlines);
    let more = kept < outlines.len();
    let changes = changes(connection, &thread_id, (after, &outlines), kept).await?;
    let upto = changes.last().filter(|_| more).map_or(now, |last| last.at);
    Ok(News { total: thread.total, upto, changes, more })
}

/// The changes after a point as far as one reading goes, and where there are more, the next one. A comment that never
/// came before everybody is nobody's news.
async fn outlines(
    connection: &mut AnyConnection,
    thread_id: &str,
    after: Point,
) -> Result<Vec<Outline>, StoreError> {
    let sql = "SELECT changed_revision, position, shown_revision, text_revision, standing, \
               OCTET_LENGTH(body) + OCTET_LENGTH(author_name) AS bytes \
               FROM comments WHERE thread_id = $1 AND (changed_revision, position) > ($2, $3) \
               AND shown_revision > 0 ORDER BY changed_revision, position LIMIT $4";
    let mut outlines: Vec<Outline> = Vec::new();
    loop {
        let wanted = wanted(&outlines);
        let last = outlines.last().map_or(after, Outline::at);
        let select = sqlx::query_as(sql).bind(thread_id).bind(last.bound_revision()).bind(last.position);
        let found: Vec<Row> = select.bind(wanted).fetch_all(&mut *connection).await?;
        let is_end = i64::try_from(found.len()).is_ok_and(|found| found < wanted);
        outlines.extend(found.into_iter().map(Outline::from));
        if is_end || kept(&outlines) < outlines.len() {
            return Ok(outlines);
        }
    }
}

/// How many more outlines are likely to fill a reading, one more among them that no longer fits.
fn wanted(outlines: &[Outline]) -> i64 {
    let bytes: usize = outlines.iter().map(Outline::bytes).sum();
    let likely = match outlines.len() * RECORD_BYTES.saturating_sub(bytes) / bytes.max(1) {
        _ if outlines.is_empty() => FIRST_OUTLINES,
        likely => likely,
    };
    let at_most = (CHANGES + 1).saturating_sub(outlines.len());
    i64::try_from((likely + 1).min(at_most).max(1)).expect("it is a small number")
}

/// How many of the changes one reading tells.
fn kept(outlines: &[Outline]) -> usize {
    let mut bytes = 0;
    let fits = |outline: &&Outline| {
        bytes += outline.bytes();
        bytes <= RECORD_BYTES
    };
    outlines.iter().take(CHANGES).take_while(fits).count().max(1).min(outlines.len())
}

/// The first so many of the changes after a point, whole.
async fn changes(
    connection: &mut AnyConnection,
    thread_id: &str,
    (after, outlines): (Point, &[Outline]),
    kept: usize,
) -> Result<Vec<Change>, StoreError> {
    let Some(last) = outlines[..kept].last() else { return Ok(Vec::new()) };
    let sql = concat!(
        "SELECT ",
        comment_record!(),
        " FROM comments c WHERE c.thread_id = $1 AND (c.changed_revision, c.position) > ($2, $3) \
         AND (c.changed_revision, c.position) <= ($4, $5) AND c.shown_revision > 0 \
         ORDER BY c.changed_revision, c.position"
    );
    let select = sqlx::query_scalar(sql).bind(thread_id).bind(after.bound_revision()).bind(after.position);
    let select = select.bind(last.changed_revision).bind(last.position);
    let records: Vec<String> = select.fetch_all(connection).await?;
    let is_last = |index: usize| {
        let (this, next) = (&outlines[index], outlines.get(index + 1));
        next.is_none_or(|next| next.changed_revision > this.changed_revision)
    };
    let told = records.iter().zip(outlines).enumerate();
    told.map(|(index, (record, outline))| outline.change(record, is_last(index))).collect()
}

impl Point {
    /// The revision as the database keeps it.
    fn bound_revision(self) -> i64 {
        i64::try_from(self.revision).unwrap_or(i64::MAX)
    }
}

impl From<Row> for Outline {
    fn from((changed_revision, position, shown_revision, text_revision, standing, bytes): Row) -> Self {
        Self { changed_revision, position, shown_revision, text_revision, standing, bytes }
    }
}

impl Outline {
    fn bytes(&self) -> usize {
        self.bytes.try_into().unwrap_or_default()
    }

    fn at(&self) -> Point {
        let revision = self.changed_revision.try_into().unwrap_or_default();
        Point { revision, position: self.position }
    }

    fn change(&self, record: &str, ends_revision: bool) -> Result<Change, StoreError> {
        Ok(Change {
            at: self.at(),
            ends_revision,
            shown: record::count(self.shown_revision)?,
            text: record::count(self.text_revision)?,
            stands: self.standing == 1,
            comment: record::comment(record)?,
        })
    }
}
