//! The reading statements.

use std::collections::HashMap;

use sqlx::query::QueryAs;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::error::StoreError;
use super::record::{self, comment_record};
use super::{KnownComment, QueueFilter, QueuedComment};
use crate::domain::comment::{CommentId, Status, UnixMillis};
use crate::domain::thread::{StoredThread, ThreadKey};
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;

/// Reads a thread and the id under which it is kept.
pub(super) async fn thread(
    connection: &mut AnyConnection,
    key: &ThreadKey,
) -> Result<Option<(String, StoredThread)>, StoreError> {
    let sql = "SELECT id, title, url, total, first_published_at, revision FROM threads WHERE site = $1 AND page = $2";
    let row = sqlx::query_as(sql).bind(&key.site).bind(&key.page).fetch_optional(connection).await?;
    let Some((id, title, url, total, opened_at, revision)) = row else { return Ok(None) };
    let (total, revision) = (record::count(total)?, Some(record::count(revision)?));
    let opened_at: Option<i64> = opened_at;
    let opened_at = opened_at.map(UnixMillis);
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

/// Threads that one statement asks about, at most.
const THREADS_ASKED_ABOUT: usize = 500;

/// Reads the revisions of `threads`, in their order; none where there is no thread.
pub(super) async fn revisions(
    connection: &mut AnyConnection,
    threads: &[ThreadKey],
) -> Result<Vec<Option<u64>>, StoreError> {
    let mut sites: HashMap<&str, Vec<&str>> = HashMap::new();
    for ThreadKey { site, page } in threads {
        sites.entry(site).or_default().push(page);
    }
    let mut known = HashMap::new();
    for (site, pages) in sites {
        for pages in pages.chunks(THREADS_ASKED_ABOUT) {
            let wanted = placeholders(2, pages.len());
            let sql = format!("SELECT page, revision FROM threads WHERE site = $1 AND page IN ({wanted})");
            let select = sqlx::query_as(AssertSqlSafe(sql)).bind(site);
            let select = pages.iter().fold(select, |select, page| select.bind(*page));
            let rows: Vec<(String, i64)> = select.fetch_all(&mut *connection).await?;
            known.extend(rows.into_iter().map(|(page, revision)| ((site, page), revision)));
        }
    }
    let revision = |thread: &ThreadKey| known.get(&(thread.site.as_str(), thread.page.clone())).copied();
    threads.iter().map(|thread| revision(thread).map(record::count).transpose()).collect()
}

/// Reads a comment of any status.
pub(super) async fn comment(
    connection: &mut AnyConnection,
    id: CommentId,
) -> Result<Option<KnownComment>, StoreError> {
    let sql = concat!(
        "SELECT t.site, t.page, c.standing, c.edit_token_hash, c.text, ",
        comment_record!(),
        " FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.id = $1"
    );
    let row = sqlx::query_as(sql).bind(id.to_string()).fetch_optional(connection).await?;
    let Some((site, page, standing, hash, text, record)) = row else { return Ok(None) };
    let (standing, hash, record): (i64, String, String) = (standing, hash, record);
    Ok(Some(KnownComment {
        thread: ThreadKey { site, page },
        comment: record::comment(&record)?,
        stands: standing == 1,
        text,
        edit_token_hash: TokenHash(record::hash(&hash)?),
    }))
}

/// Comments that one statement asks about, at most: SQLite binds 32,766 values.
const ASKED_ABOUT: usize = 10_000;

/// Reads a reader's votes on `comments`.
pub(super) async fn votes_of(
    connection: &mut AnyConnection,
    reader: TokenHash,
    comments: &[CommentId],
) -> Result<Vec<(CommentId, Vote)>, StoreError> {
    let mut votes = Vec::new();
    for asked in comments.chunks(ASKED_ABOUT) {
        let wanted = placeholders(2, asked.len());
        let sql = format!(
            "SELECT comment_id, value FROM votes WHERE reader_hash = $1 AND comment_id IN ({wanted})"
        );
        let select = sqlx::query_as(AssertSqlSafe(sql)).bind(record::hash_text(&reader.0));
        let select = asked.iter().fold(select, |select, id| select.bind(id.to_string()));
        let rows: Vec<(String, i64)> = select.fetch_all(&mut *connection).await?;
        for (id, value) in rows {
            votes.push((record::id(&id)?, record::vote(value)?));
        }
    }
    Ok(votes)
}

/// Reads who wrote in a thread from `moment` on. Ids sort by time, and have an index.
pub(super) async fn authors_since(
    connection: &mut AnyConnection,
    thread: &ThreadKey,
    moment: UnixMillis,
) -> Result<Vec<(CommentId, UnixMillis, TokenHash)>, StoreError> {
    let sql = "SELECT c.id, c.created_at, c.edit_token_hash FROM comments c JOIN threads t ON t.id = c.thread_id \
               WHERE c.id >= $1 AND c.created_at >= $2 AND t.site = $3 AND t.page = $4";
    let first = CommentId::new(moment, [0; 10]);
    let select = sqlx::query_as(sql).bind(first.to_string()).bind(moment.0);
    let rows: Vec<(String, i64, String)> =
        select.bind(&thread.site).bind(&thread.page).fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, created_at, hash)| {
            Ok((record::id(&id)?, UnixMillis(created_at), TokenHash(record::hash(&hash)?)))
        })
        .collect()
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
    let mut conditions: Vec<_> =
        columns.iter().zip(2..).map(|(column, n)| format!(" AND {column} = ${n}")).collect();
    if filter.reported {
        let open = "SELECT comment_id FROM reports WHERE settled_at IS NULL";
        conditions.push(format!(" AND c.id IN ({open})"));
    }
    let sql = format!(
        concat!(
            "SELECT t.site, t.page, c.text, (SELECT COUNT(*) FROM reports r WHERE r.comment_id = c.id \
             AND r.settled_at IS NULL), ",
            comment_record!(),
            " FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.text <> ''{} ORDER BY c.id DESC LIMIT $1"
        ),
        conditions.concat()
    );
    let select = sqlx::query_as(AssertSqlSafe(sql)).bind(i64::from(filter.limit));
    let select = values.into_iter().fold(select, QueryAs::bind);
    let rows: Vec<QueueRow> = select.fetch_all(connection).await?;
    rows.into_iter().map(queued).collect()
}

/// Site, page, text, open reports, record.
type QueueRow = (String, String, String, i64, String);

fn queued((site, page, text, open_reports, record): QueueRow) -> Result<QueuedComment, StoreError> {
    Ok(QueuedComment {
        thread: ThreadKey { site, page },
        comment: record::comment(&record)?,
        text,
        open_reports: record::count(open_reports)?,
    })
}

/// Succeeds when the tables can be read.
pub(super) async fn probe(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("SELECT 1 FROM threads LIMIT 1").fetch_optional(connection).await?;
    Ok(())
}

/// `$first, …`: as many placeholders as there are values to bind.
pub(super) fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}
