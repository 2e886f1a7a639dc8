//! Reads comments for a newsroom: queues, searches, numbers.
//!
//! Each site is read by an index that has its comments in the order of their ids, and the sites are merged here: so a page of
//! a queue costs the same however many comments there are.

use std::cmp::Reverse;

use dumka_api::limits::QUEUE_COUNT_MAX;
use dumka_api::newsroom::{Queue, QueueSort};
use dumka_domain::comment::CommentId;
use dumka_domain::thread::ThreadKey;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::author::Author;
use super::conditions::Conditions;
use super::queue_statement::{QueueStatement, condition};
use super::row::{self, comment_record};
use crate::decision::SeenComment;
use crate::error::StoreError;
use crate::newsroom_query::{NewsroomPage, NewsroomQuery, NewsroomRecord};
use crate::sql;

/// The columns of a newsroom's comment.
const COLUMNS: &str = concat!(
    "t.site, t.page, t.title, t.url, c.text, c.text_revision, c.detected, c.author_email, \
     (SELECT COUNT(*) FROM reports r WHERE r.comment_id = c.id AND r.resolved_at IS NULL) AS open_reports, ",
    comment_record!(),
    " AS record"
);

/// Reads a page of what a query finds.
pub(crate) async fn page(
    connection: &mut AnyConnection,
    query: &NewsroomQuery,
) -> Result<NewsroomPage, StoreError> {
    let author = Author::asked_for(connection, query.author_of).await?;
    let mut comments = Vec::new();
    for site in &query.sites {
        let mut statement = QueueStatement::new(connection, query, (site, &author));
        statement.start_after(query);
        let limit = statement.conditions.number(i64::from(query.limit) + 1);
        let order = statement.order(query.sort);
        let sql = format!("SELECT {COLUMNS} {} ORDER BY {order} LIMIT {limit}", statement.threads_clause());
        let select = statement.conditions.bind(sql::query_once(AssertSqlSafe(sql)));
        for row in select.fetch_all(&mut *connection).await? {
            comments.push(record(&row)?);
        }
    }
    match query.sort {
        QueueSort::Newest => comments.sort_by_key(|record| Reverse(record.comment.id)),
        QueueSort::Oldest => comments.sort_by_key(|record| record.comment.id),
    }
    let limit = query.limit as usize;
    let has_more = comments.len() > limit;
    comments.truncate(limit);
    Ok(NewsroomPage { comments, has_more })
}

/// Counts what a query finds, up to [`QUEUE_COUNT_MAX`].
pub(crate) async fn count(connection: &mut AnyConnection, query: &NewsroomQuery) -> Result<u64, StoreError> {
    let author = Author::asked_for(connection, query.author_of).await?;
    let mut total = 0;
    for site in &query.sites {
        let mut statement = QueueStatement::new(connection, query, (site, &author));
        let limit = statement.conditions.number(i64::from(QUEUE_COUNT_MAX));
        let sql =
            format!("SELECT COUNT(*) FROM (SELECT 1 {} LIMIT {limit}) AS found", statement.asked_clause());
        let select = statement.conditions.bind(sql::query_once(AssertSqlSafe(sql)));
        total += row::count(select.fetch_one(&mut *connection).await?.try_get(0)?)?;
        if total >= u64::from(QUEUE_COUNT_MAX) {
            return Ok(QUEUE_COUNT_MAX.into());
        }
    }
    Ok(total)
}

/// Counts the comments of a site in each of these queues, up to [`QUEUE_COUNT_MAX`], from one state of the database.
pub(crate) async fn counts<const QUEUES: usize>(
    connection: &mut AnyConnection,
    site: &str,
    queues: [Queue; QUEUES],
) -> Result<[u64; QUEUES], StoreError> {
    let counts = queues.map(|queue| {
        let condition = condition(queue).unwrap_or("1 = 1");
        format!(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM comments c WHERE c.site = $1 AND {condition} LIMIT $2) AS n)"
        )
    });
    let sql = format!("SELECT {}", counts.join(", "));
    let select = sql::query(AssertSqlSafe(sql)).bind(site).bind(i64::from(QUEUE_COUNT_MAX));
    let row = select.fetch_one(connection).await?;
    let mut numbers = [0; QUEUES];
    for (index, number) in numbers.iter_mut().enumerate() {
        *number = row::count(row.try_get(index)?)?;
    }
    Ok(numbers)
}

/// Finds every comment of a query, up to [`QUEUE_COUNT_MAX`], wherever its page begins.
pub(crate) async fn find_all(
    connection: &mut AnyConnection,
    query: &NewsroomQuery,
) -> Result<Vec<SeenComment>, StoreError> {
    let author = Author::asked_for(connection, query.author_of).await?;
    let mut found = Vec::new();
    for site in &query.sites {
        let mut statement = QueueStatement::new(connection, query, (site, &author));
        let limit = statement.conditions.number(i64::from(QUEUE_COUNT_MAX));
        let sql = format!("SELECT c.id, c.text_revision {} LIMIT {limit}", statement.comments_clause());
        let select = statement.conditions.bind(sql::query_once(AssertSqlSafe(sql)));
        for row in select.fetch_all(&mut *connection).await? {
            let id: String = row.try_get(0)?;
            let text_revision = Some(row::count(row.try_get(1)?)?);
            found.push(SeenComment { id: row::id(&id)?, text_revision });
        }
    }
    found.truncate(QUEUE_COUNT_MAX as usize);
    Ok(found)
}

/// Reads comments by their ids, in this order; those that are not there are left out.
pub(crate) async fn comments(
    connection: &mut AnyConnection,
    ids: &[CommentId],
) -> Result<Vec<NewsroomRecord>, StoreError> {
    let mut conditions = Conditions::default();
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    conditions.one_of("c.id", &texts);
    let sql = format!(
        "SELECT {COLUMNS} FROM comments c JOIN threads t ON t.id = c.thread_id WHERE {}",
        conditions.sql()
    );
    let rows = conditions.bind(sql::query(AssertSqlSafe(sql))).fetch_all(connection).await?;
    let mut records = rows.iter().map(record).collect::<Result<Vec<_>, _>>()?;
    records.sort_by_key(|record| ids.iter().position(|&id| id == record.comment.id));
    Ok(records)
}

fn record(row: &AnyRow) -> Result<NewsroomRecord, StoreError> {
    let detected: Option<String> = row.try_get("detected")?;
    let detected = detected.map(|json| serde_json::from_str(&json)).transpose();
    let comment: String = row.try_get("record")?;
    Ok(NewsroomRecord {
        comment: row::comment(&comment)?,
        thread: ThreadKey { site: row.try_get("site")?, page: row.try_get("page")? },
        title: row.try_get("title")?,
        url: row.try_get("url")?,
        text: row.try_get("text")?,
        text_revision: row::count(row.try_get("text_revision")?)?,
        detected: detected.map_err(|error| StoreError::Corrupt(error.to_string()))?.unwrap_or_default(),
        open_reports: row::count(row.try_get("open_reports")?)?,
        author_email: row.try_get("author_email")?,
    })
}
