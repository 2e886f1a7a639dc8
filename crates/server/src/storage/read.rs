//! The reading statements.

use std::collections::HashMap;

use dumka_api::Sort;
use sqlx::query::QueryAs;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::error::{ListError, StoreError};
use super::record::{self, RECORD_END, comment_record};
use super::{ListQuery, Page, QueueFilter, QueuedComment};
use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use crate::domain::forest;
use crate::domain::thread::{StoredThread, ThreadKey};

/// Reads one answer of a list: the thread, its next top-level comments, their trees.
pub(super) async fn list(connection: &mut AnyConnection, query: &ListQuery) -> Result<Page, ListError> {
    let Some((thread_id, thread)) = thread(connection, &query.thread).await? else {
        return match query.after {
            None => Ok(Page { thread: StoredThread::default(), comments: Vec::new(), next: None }),
            Some(_) => Err(ListError::CursorUnknown),
        };
    };
    let start = start(connection, query, &thread_id).await?;
    let mut roots = roots(connection, query, &thread_id, start).await?;
    let more = roots.len() > query.limit as usize;
    roots.truncate(query.limit as usize);
    let comments = forest::in_display_order(&roots, trees(connection, &roots).await?);
    Ok(Page { thread, comments, next: roots.last().copied().filter(|_| more) })
}

async fn thread(
    connection: &mut AnyConnection,
    key: &ThreadKey,
) -> Result<Option<(String, StoredThread)>, StoreError> {
    let sql = "SELECT id, title, url, total, opened_at, revision FROM threads WHERE site = $1 AND page = $2";
    let row = sqlx::query_as(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    let Some((id, title, url, total, opened_at, revision)) = row else { return Ok(None) };
    let (total, revision) = (record::count(total)?, Some(record::count(revision)?));
    let opened_at = Some(UnixMillis(opened_at));
    Ok(Some((id, StoredThread { title, url, total, opened_at, revision })))
}

/// Reads a thread's revision; none where there is no thread.
pub(super) async fn revision(
    connection: &mut AnyConnection,
    key: &ThreadKey,
) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT revision FROM threads WHERE site = $1 AND page = $2";
    let revision = sqlx::query_scalar(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    revision.map(record::count).transpose()
}

/// The place in the order after which to read on.
#[derive(Clone, Copy)]
struct Place {
    score: i64,
    position: i64,
}

async fn start(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
) -> Result<Place, ListError> {
    let Some(after) = query.after else {
        let position = if query.sort == Sort::Newest { i64::MAX } else { 0 };
        return Ok(Place { score: i64::MAX, position });
    };
    let sql = "SELECT score, position FROM comments WHERE id = $1 AND thread_id = $2 AND parent_id IS NULL";
    let row = sqlx::query_as(sql).bind(after.to_string()).bind(thread_id).fetch_optional(connection).await;
    let (score, position) = row.map_err(StoreError::from)?.ok_or(ListError::CursorUnknown)?;
    Ok(Place { score, position })
}

/// The standing top-level comments after `start`, one more than asked for where there are more.
async fn roots(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
    start: Place,
) -> Result<Vec<CommentId>, StoreError> {
    let sql = match query.sort {
        Sort::Oldest => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position > $2 ORDER BY position LIMIT $3"
        }
        Sort::Newest => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position < $2 ORDER BY position DESC LIMIT $3"
        }
        Sort::Best => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND (score < $4 OR (score = $4 AND position > $2)) ORDER BY score DESC, position LIMIT $3"
        }
    };
    let limit = i64::from(query.limit) + 1;
    let mut select = sqlx::query_scalar(sql).bind(thread_id).bind(start.position).bind(limit);
    if query.sort == Sort::Best {
        select = select.bind(start.score);
    }
    let ids: Vec<String> = select.fetch_all(connection).await?;
    ids.iter().map(|id| record::id(id)).collect()
}

/// Everything that stands in the trees of `roots`, older siblings first.
async fn trees(
    connection: &mut AnyConnection,
    roots: &[CommentId],
) -> Result<Vec<StoredComment>, StoreError> {
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        concat!(
            "SELECT STRING_AGG(",
            comment_record!(),
            ", '\u{1E}' ORDER BY c.position) FROM comments c WHERE c.root_id IN ({}) AND c.standing = 1"
        ),
        placeholders(1, roots.len())
    );
    let select = sqlx::query_scalar(AssertSqlSafe(sql));
    let select = roots.iter().fold(select, |select, root| select.bind(root.to_string()));
    let records: Option<String> = select.fetch_one(connection).await?;
    records.unwrap_or_default().split_terminator(RECORD_END).map(record::comment).collect()
}

/// Counts the published comments of `pages`, in their order.
pub(super) async fn counts(
    connection: &mut AnyConnection,
    site: &str,
    pages: &[String],
) -> Result<Vec<u64>, StoreError> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = placeholders(2, pages.len());
    let sql = format!("SELECT page, total FROM threads WHERE site = $1 AND page IN ({wanted})");
    let select = sqlx::query_as(AssertSqlSafe(sql)).bind(site);
    let select = pages.iter().fold(select, QueryAs::bind);
    let totals: Vec<(String, i64)> = select.fetch_all(connection).await?;
    let totals: HashMap<_, _> = totals.into_iter().collect();
    pages.iter().map(|page| record::count(totals.get(page).copied().unwrap_or_default())).collect()
}

/// Lists comments for a moderator, newest first.
pub(super) async fn queue(
    connection: &mut AnyConnection,
    filter: &QueueFilter,
) -> Result<Vec<QueuedComment>, StoreError> {
    let status = filter.status.map(Status::as_str);
    let wanted =
        [("c.status", status), ("t.site", filter.site.as_deref()), ("t.page", filter.page.as_deref())];
    let wanted = wanted.into_iter().filter_map(|(column, value)| Some((column, value?)));
    let (columns, values): (Vec<_>, Vec<_>) = wanted.unzip();
    let conditions: Vec<_> =
        columns.iter().zip(2..).map(|(column, n)| format!(" AND {column} = ${n}")).collect();
    let sql = format!(
        concat!(
            "SELECT t.site, t.page, c.text, ",
            comment_record!(),
            " FROM comments c JOIN threads t ON t.id = c.thread_id WHERE 1 = 1{} ORDER BY c.id DESC LIMIT $1"
        ),
        conditions.concat()
    );
    let select = sqlx::query_as(AssertSqlSafe(sql)).bind(i64::from(filter.limit));
    let select = values.into_iter().fold(select, QueryAs::bind);
    let rows: Vec<(String, String, String, String)> = select.fetch_all(connection).await?;
    rows.into_iter().map(queued).collect()
}

fn queued((site, page, text, record): (String, String, String, String)) -> Result<QueuedComment, StoreError> {
    Ok(QueuedComment { thread: ThreadKey { site, page }, comment: record::comment(&record)?, text })
}

/// Succeeds when the tables can be read.
pub(super) async fn probe(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("SELECT 1 FROM threads LIMIT 1").fetch_optional(connection).await?;
    Ok(())
}

/// `$first, …`: as many placeholders as there are values to bind.
fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}
