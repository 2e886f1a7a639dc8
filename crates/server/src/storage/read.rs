//! The reading statements.

use dumka_api::Sort;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::HashMap;

use super::error::{ListError, StoreError};
use super::row::{self, COMMENT_WIDTH, column, comment_columns};
use super::{ListQuery, Page, QueueFilter, QueuedComment};
use crate::domain::comment::{CommentId, StoredComment, UnixMillis};
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
    let sql = "SELECT id, title, url, total, opened_at FROM threads WHERE site = $1 AND page = $2";
    let row = sqlx::query(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    let thread = StoredThread {
        title: column(&row, 1)?,
        url: column(&row, 2)?,
        total: row::count(&row, 3)?,
        opened_at: Some(UnixMillis(column(&row, 4)?)),
    };
    Ok(Some((column(&row, 0)?, thread)))
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
             AND position > $2 AND $3 = $3 ORDER BY position LIMIT $4"
        }
        Sort::Newest => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND position < $2 AND $3 = $3 ORDER BY position DESC LIMIT $4"
        }
        Sort::Best => {
            "SELECT id FROM comments WHERE thread_id = $1 AND parent_id IS NULL AND standing = 1 \
             AND (score < $3 OR (score = $3 AND position > $2)) ORDER BY score DESC, position LIMIT $4"
        }
    };
    let rows = sqlx::query(sql)
        .bind(thread_id)
        .bind(start.position)
        .bind(start.score)
        .bind(i64::from(query.limit) + 1)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row::id(column(row, 0)?)).collect()
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
            "SELECT ",
            comment_columns!(),
            " FROM comments c WHERE c.root_id IN ({}) AND c.standing = 1 ORDER BY c.position"
        ),
        placeholders(1, roots.len())
    );
    let query =
        roots.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, root| query.bind(root.to_string()));
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(row::comment).collect()
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
    let query = pages.iter().fold(sqlx::query(AssertSqlSafe(sql)).bind(site), sqlx::query::Query::bind);
    let mut totals = HashMap::new();
    for row in query.fetch_all(connection).await? {
        totals.insert(column::<String>(&row, 0)?, row::count(&row, 1)?);
    }
    Ok(pages.iter().map(|page| totals.get(page).copied().unwrap_or_default()).collect())
}

/// Lists comments for a moderator, newest first.
pub(super) async fn queue(
    connection: &mut AnyConnection,
    filter: &QueueFilter,
) -> Result<Vec<QueuedComment>, StoreError> {
    let status = filter.status.map(row::status_word);
    let wanted =
        [("c.status", status), ("t.site", filter.site.as_deref()), ("t.page", filter.page.as_deref())];
    let wanted: Vec<_> = wanted.into_iter().filter_map(|(column, value)| Some((column, value?))).collect();
    let conditions = wanted.iter().zip(2..).fold(String::new(), |sql, ((column, _), number)| {
        sql + if number == 2 { " WHERE " } else { " AND " } + column + " = $" + &number.to_string()
    });
    let sql = format!(
        concat!(
            "SELECT ",
            comment_columns!(),
            ", t.site, t.page, c.text FROM comments c JOIN threads t ON t.id = c.thread_id{} ORDER BY c.id DESC LIMIT $1"
        ),
        conditions
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(filter.limit));
    let query = wanted.into_iter().fold(query, |query, (_, value)| query.bind(value.to_owned()));
    query.fetch_all(connection).await?.iter().map(queued).collect()
}

fn queued(row: &AnyRow) -> Result<QueuedComment, StoreError> {
    Ok(QueuedComment {
        thread: ThreadKey { site: column(row, COMMENT_WIDTH)?, page: column(row, COMMENT_WIDTH + 1)? },
        comment: row::comment(row)?,
        text: column(row, COMMENT_WIDTH + 2)?,
    })
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
