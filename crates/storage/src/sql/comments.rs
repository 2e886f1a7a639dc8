//! Reads single comments, a site's newest ones, and what a reader has written and voted.

use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::placeholders;
use super::row::{self, comment_record};
use crate::comment::{CommentRecord, LatestCommentRecord, LatestQuery, Visibility};
use crate::error::StoreError;
use crate::sql;

/// The largest number of comments in one statement: SQLite binds 32,766 values.
const MAX_BOUND_COMMENTS: usize = 10_000;

/// Reads a comment of any status.
pub(crate) async fn comment(
    connection: &mut AnyConnection,
    id: CommentId,
) -> Result<Option<CommentRecord>, StoreError> {
    let sql = concat!(
        "SELECT t.site, t.page, c.visible, c.edit_token_hash, c.text, ",
        comment_record!(),
        " FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.id = $1"
    );
    let row = sql::query_as(sql).bind(id.to_string()).fetch_optional(connection).await?;
    let Some((site, page, visible, hash, text, record)) = row else { return Ok(None) };
    let (visible, hash, record): (i64, String, String) = (visible, hash, record);
    Ok(Some(CommentRecord {
        thread: ThreadKey { site, page },
        comment: row::comment(&record)?,
        visibility: Visibility::from_column(visible),
        text,
        edit_token_hash: TokenHash(row::hash(&hash)?),
    }))
}

/// Reads the newest published comments of a site, by an index that has them in this order.
pub(crate) async fn latest(
    connection: &mut AnyConnection,
    query: &LatestQuery,
) -> Result<Vec<LatestCommentRecord>, StoreError> {
    let sql = concat!(
        "SELECT t.page, t.title, t.url, ",
        comment_record!(),
        " FROM comments c JOIN threads t ON t.id = c.thread_id \
         WHERE c.site = $1 AND c.status = 'published' ORDER BY c.id DESC LIMIT $2"
    );
    let select = sql::query_as(sql).bind(&query.site).bind(i64::from(query.limit));
    let rows: Vec<(String, Option<String>, Option<String>, String)> = select.fetch_all(connection).await?;
    let latest = |(page, title, url, record): (_, _, _, String)| {
        Ok(LatestCommentRecord { page, title, url, comment: row::comment(&record)? })
    };
    rows.into_iter().map(latest).collect()
}

/// Reads the authors of a thread's comments from `since` on. Ids sort by time, and have an index.
pub(crate) async fn authors_since(
    connection: &mut AnyConnection,
    thread: &ThreadKey,
    since: UnixMillis,
) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
    let sql = "SELECT c.id, c.created_at, c.edit_token_hash FROM comments c JOIN threads t ON t.id = c.thread_id \
               WHERE c.id >= $1 AND c.created_at >= $2 AND t.site = $3 AND t.page = $4";
    let first = CommentId::new(since, [0; 10]);
    let select = sql::query_as(sql).bind(first.to_string()).bind(since.0);
    let rows: Vec<(String, i64, String)> =
        select.bind(&thread.site).bind(&thread.page).fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, created_at, hash)| {
            Ok((row::id(&id)?, UnixMillis(created_at), TokenHash(row::hash(&hash)?)))
        })
        .collect()
}

/// Reads a reader's votes on `comments`.
pub(crate) async fn votes_of(
    connection: &mut AnyConnection,
    reader: TokenHash,
    comments: &[CommentId],
) -> Result<Vec<(CommentId, Vote)>, StoreError> {
    let mut votes = Vec::new();
    for comments in comments.chunks(MAX_BOUND_COMMENTS) {
        let bound = placeholders(2, comments.len());
        let sql =
            format!("SELECT comment_id, value FROM votes WHERE reader_hash = $1 AND comment_id IN ({bound})");
        let select = sql::query_as(AssertSqlSafe(sql)).bind(row::encode_hash(&reader.0));
        let select = comments.iter().fold(select, |select, id| select.bind(id.to_string()));
        let rows: Vec<(String, i64)> = select.fetch_all(&mut *connection).await?;
        for (id, value) in rows {
            votes.push((row::id(&id)?, row::vote(value)?));
        }
    }
    Ok(votes)
}
