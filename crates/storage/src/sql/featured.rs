//! Reads the featured comments of a thread, each alone, in the order of their arrival. They are few, and have an index.

use sqlx::AnyConnection;

use super::row::{self, comment_record};
use super::threads::ThreadRow;
use crate::error::{ListError, StoreError};
use crate::page::{Cursor, ListQuery, Page, PageEnd, PageStart};
use crate::sql;

/// Position, bytes of text and name, record.
type FeaturedRow = (i64, i64, String);

/// Reads the page that is asked for. One that shall begin at a comment which is not featured begins with the first.
pub(super) async fn list(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread: ThreadRow,
) -> Result<Page, ListError> {
    let after = match &query.start {
        PageStart::Top => 0,
        PageStart::After(cursor) => {
            let end = cursor.end.comment().to_string();
            position(connection, &thread.id, &end).await?.ok_or(ListError::CursorUnknown)?
        }
        PageStart::At(comment) => featured_position(connection, &thread.id, &comment.to_string()).await? - 1,
    };
    let mut rows = read(connection, query, &thread.id, after).await?;
    let found = rows.len();
    rows.truncate(fitting(&rows, query));
    let comments: Vec<_> = rows.iter().map(|(.., record)| row::comment(record)).collect::<Result<_, _>>()?;
    let end = comments.last().filter(|_| comments.len() < found);
    let next = end.map(|last| Cursor { end: PageEnd::Tree(last.id), returned: None });
    let earlier =
        matches!(query.start, PageStart::At(_)) && any_before(connection, &thread.id, after).await?;
    Ok(Page { thread: thread.thread, comments, next, earlier })
}

/// Reads the comments after a position, up to one more than a page holds.
async fn read(
    connection: &mut AnyConnection,
    query: &ListQuery,
    thread_id: &str,
    after: i64,
) -> Result<Vec<FeaturedRow>, StoreError> {
    let sql = concat!(
        "SELECT c.position, OCTET_LENGTH(c.body) + OCTET_LENGTH(c.author_name), ",
        comment_record!(),
        " FROM comments c WHERE c.thread_id = $1 AND c.featured = 1 AND c.status = 'published' \
         AND c.position > $2 ORDER BY c.position LIMIT $3"
    );
    let limit = i64::from(query.limits.top_level) + 1;
    Ok(sql::query_as(sql).bind(thread_id).bind(after).bind(limit).fetch_all(connection).await?)
}

/// Counts the comments that one page holds.
fn fitting(rows: &[FeaturedRow], query: &ListQuery) -> usize {
    let limits = query.limits;
    let mut bytes = 0;
    let fits = |(_, text_bytes, _): &&FeaturedRow| {
        bytes += usize::try_from(*text_bytes).unwrap_or_default();
        bytes <= limits.text_bytes
    };
    let most = limits.comments.min(limits.top_level as usize);
    rows.iter().take(most).take_while(fits).count().max(1).min(rows.len())
}

async fn position(
    connection: &mut AnyConnection,
    thread_id: &str,
    comment: &str,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT position FROM comments WHERE id = $1 AND thread_id = $2";
    Ok(sql::query_scalar(sql).bind(comment).bind(thread_id).fetch_optional(connection).await?)
}

/// Returns the position of a featured comment, or else the first one.
async fn featured_position(
    connection: &mut AnyConnection,
    thread_id: &str,
    comment: &str,
) -> Result<i64, StoreError> {
    let sql = "SELECT position FROM comments WHERE id = $1 AND thread_id = $2 AND featured = 1 \
               AND status = 'published'";
    let position: Option<i64> =
        sql::query_scalar(sql).bind(comment).bind(thread_id).fetch_optional(connection).await?;
    Ok(position.unwrap_or(1))
}

async fn any_before(connection: &mut AnyConnection, thread_id: &str, after: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM comments WHERE thread_id = $1 AND featured = 1 AND status = 'published' \
               AND position <= $2 LIMIT 1";
    Ok(sql::query(sql).bind(thread_id).bind(after).fetch_optional(connection).await?.is_some())
}
