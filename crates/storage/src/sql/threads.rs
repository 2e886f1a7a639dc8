//! Reads threads by their key: the row, the revision, the number of comments.

use std::collections::HashMap;

use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::thread::{StoredThread, ThreadKey};
use sqlx::query::QueryAs;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::placeholders;
use super::row::{self, TopLevelComment};
use crate::discussed::{DiscussedQuery, DiscussedRecord};
use crate::error::StoreError;
use crate::sql;

/// The largest number of threads in one statement.
const MAX_BOUND_THREADS: usize = 500;

/// The row of a thread.
pub(crate) struct ThreadRow {
    /// Its id.
    pub(crate) id: String,
    /// The thread.
    pub(crate) thread: StoredThread,
    /// The revision at which its settings last changed.
    pub(crate) settings_revision: u64,
    /// Its pinned comments, oldest first.
    pub(super) pinned: Vec<TopLevelComment>,
}

/// Id, title, address, number of comments, age, revision; 1 where some are featured; the pinned ones; the revision at which
/// the settings last changed; the settings.
type ThreadColumns = (
    String,
    Option<String>,
    Option<String>,
    i64,
    Option<i64>,
    i64,
    i64,
    Option<String>,
    i64,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<i64>,
);

/// Reads a thread. Few of its comments are pinned or featured, and both have an index of their own.
pub(crate) async fn thread(
    connection: &mut AnyConnection,
    key: &ThreadKey,
) -> Result<Option<ThreadRow>, StoreError> {
    let sql = "SELECT t.id, t.title, t.url, t.total, t.first_published_at, t.revision, \
               CASE WHEN EXISTS (SELECT 1 FROM comments f WHERE f.thread_id = t.id AND f.featured = 1 \
               AND f.status = 'published') THEN 1 ELSE 0 END, \
               (SELECT STRING_AGG(p.position || ':' || p.id, ' ' ORDER BY p.position) FROM comments p \
               WHERE p.thread_id = t.id AND p.pinned = 1 AND p.parent_id IS NULL AND p.status = 'published'), \
               t.settings_revision, t.state, t.state_until, t.slow_secs, t.notice, t.notice_until \
               FROM threads t WHERE t.site = $1 AND t.page = $2";
    let row = sql::query_as(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    row.map(decode).transpose()
}

fn decode(columns: ThreadColumns) -> Result<ThreadRow, StoreError> {
    let (id, title, url, total, opened_at, revision, has_featured, pinned, settings_revision, ..) = columns;
    let (.., state, state_until, slow_secs, notice, notice_until) = columns;
    let thread = StoredThread {
        title,
        url,
        total: row::count(total)?,
        opened_at: opened_at.map(UnixMillis),
        revision: Some(row::count(revision)?),
        has_featured: has_featured == 1,
        settings: row::thread_settings((state, state_until, slow_secs, notice, notice_until))?,
    };
    let pinned = row::top_level_list(pinned.as_deref().unwrap_or_default())?;
    Ok(ThreadRow { id, thread, settings_revision: row::count(settings_revision)?, pinned })
}

/// Lists the sites that have a thread.
pub(crate) async fn sites(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    // From each site to the next in the index, over however many threads.
    let sql = "WITH RECURSIVE sites (site) AS (SELECT MIN(site) FROM threads UNION ALL \
               SELECT (SELECT MIN(t.site) FROM threads t WHERE t.site > s.site) FROM sites s WHERE s.site IS NOT NULL) \
               SELECT site FROM sites WHERE site IS NOT NULL";
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
