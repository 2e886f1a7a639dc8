//! Reads threads by their key: the row, the revision, the number of comments.

use std::collections::HashMap;

use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::thread::{StoredThread, ThreadKey};
use sqlx::query::QueryAs;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::placeholders;
use super::row;
use crate::discussed::{DiscussedQuery, DiscussedRecord};
use crate::error::StoreError;
use crate::sql;

/// The largest number of threads in one statement.
const MAX_BOUND_THREADS: usize = 500;

/// Reads a thread and the id of its row.
pub(crate) async fn thread(
    connection: &mut AnyConnection,
    key: &ThreadKey,
) -> Result<Option<(String, StoredThread)>, StoreError> {
    let sql = "SELECT id, title, url, total, first_published_at, revision FROM threads WHERE site = $1 AND page = $2";
    let row = sql::query_as(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    let Some((id, title, url, total, opened_at, revision)) = row else { return Ok(None) };
    let (total, revision) = (row::count(total)?, Some(row::count(revision)?));
    let opened_at: Option<i64> = opened_at;
    let opened_at = opened_at.map(UnixMillis);
    Ok(Some((id, StoredThread { title, url, total, opened_at, revision })))
}

/// Lists the sites that have a thread.
pub(crate) async fn sites(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT site FROM threads ORDER BY site";
    Ok(sql::query_scalar(sql).fetch_all(connection).await?)
}

/// Reads a thread's revision; none where there is no thread.
pub(crate) async fn revision(
    connection: &mut AnyConnection,
    key: &ThreadKey,
) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT revision FROM threads WHERE site = $1 AND page = $2";
    let revision = sql::query_scalar(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    revision.map(row::count).transpose()
}

/// Reads the revisions of `threads`, in their order; none where there is no thread.
pub(crate) async fn revisions(
    connection: &mut AnyConnection,
    threads: &[ThreadKey],
) -> Result<Vec<Option<u64>>, StoreError> {
    let mut sites: HashMap<&str, Vec<&str>> = HashMap::new();
    for ThreadKey { site, page } in threads {
        sites.entry(site).or_default().push(page);
    }
    let mut known = HashMap::new();
    for (site, pages) in sites {
        for pages in pages.chunks(MAX_BOUND_THREADS) {
            let bound = placeholders(2, pages.len());
            let sql = format!("SELECT page, revision FROM threads WHERE site = $1 AND page IN ({bound})");
            let select = sql::query_as(AssertSqlSafe(sql)).bind(site);
            let select = pages.iter().fold(select, |select, page| select.bind(*page));
            let rows: Vec<(String, i64)> = select.fetch_all(&mut *connection).await?;
            known.extend(rows.into_iter().map(|(page, revision)| ((site, page), revision)));
        }
    }
    let revision = |thread: &ThreadKey| known.get(&(thread.site.as_str(), thread.page.clone())).copied();
    threads.iter().map(|thread| revision(thread).map(row::count).transpose()).collect()
}

/// Counts the published comments of `pages`, in their order.
pub(crate) async fn counts(
    connection: &mut AnyConnection,
    site: &str,
    pages: &[String],
) -> Result<Vec<u64>, StoreError> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let bound = placeholders(2, pages.len());
    let sql = format!("SELECT page, total FROM threads WHERE site = $1 AND page IN ({bound})");
    let select = sql::query_as(AssertSqlSafe(sql)).bind(site);
    let select = pages.iter().fold(select, QueryAs::bind);
    let totals: Vec<(String, i64)> = select.fetch_all(connection).await?;
    let totals: HashMap<_, _> = totals.into_iter().collect();
    pages.iter().map(|page| row::count(totals.get(page).copied().unwrap_or_default())).collect()
}

/// Lists the pages with the most comments since a time. Ids sort by time, and have an index for each site.
pub(crate) async fn discussed(
    connection: &mut AnyConnection,
    query: &DiscussedQuery,
) -> Result<Vec<DiscussedRecord>, StoreError> {
    let sql = "SELECT t.page, t.title, t.url, COUNT(*) FROM comments c JOIN threads t ON t.id = c.thread_id \
               WHERE c.site = $1 AND c.status = 'published' AND c.id >= $2 \
               GROUP BY t.id, t.page, t.title, t.url ORDER BY COUNT(*) DESC, MAX(c.id) DESC LIMIT $3";
    let first = CommentId::new(query.since, [0; 10]);
    let select = sql::query_as(sql).bind(&query.site).bind(first.to_string()).bind(i64::from(query.limit));
    let rows: Vec<(String, Option<String>, Option<String>, i64)> = select.fetch_all(connection).await?;
    let record = |(page, title, url, comments)| {
        Ok(DiscussedRecord { page, title, url, comments: row::count(comments)? })
    };
    rows.into_iter().map(record).collect()
}

/// Succeeds where the tables can be read.
pub(crate) async fn probe(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sql::query("SELECT 1 FROM threads LIMIT 1").fetch_optional(connection).await?;
    Ok(())
}
