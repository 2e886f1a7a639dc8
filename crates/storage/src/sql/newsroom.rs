//! Reads comments for a newsroom: queues, searches, numbers.
//!
//! Each site is read by an index that has its comments in the order of their ids, and the sites are merged here: so a page of
//! a queue costs the same however many comments there are.

use std::cmp::Reverse;

use dumka_api::limits::QUEUE_COUNT_MAX;
use dumka_api::newsroom::{Queue, QueueSort};
use dumka_domain::comment::{CommentId, Status};
use dumka_domain::thread::ThreadKey;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::conditions::Conditions;
use super::row::{self, comment_record};
use super::search::SearchSql;
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
    let mut comments = Vec::new();
    for site in &query.sites {
        let mut statement = Statement::new(connection, query, site);
        statement.start_after(query);
        let limit = statement.conditions.number(i64::from(query.limit) + 1);
        let (from, order) = (statement.from(), statement.order(query.sort));
        let sql = format!("SELECT {COLUMNS} {from} ORDER BY {order} LIMIT {limit}");
        let select = statement.conditions.bind(sql::query(AssertSqlSafe(sql)));
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
    let mut total = 0;
    for site in &query.sites {
        let mut statement = Statement::new(connection, query, site);
        let limit = statement.conditions.number(i64::from(QUEUE_COUNT_MAX));
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 {} LIMIT {limit}) AS found", statement.from());
        let select = statement.conditions.bind(sql::query(AssertSqlSafe(sql)));
        total += row::count(select.fetch_one(&mut *connection).await?.try_get(0)?)?;
        if total >= u64::from(QUEUE_COUNT_MAX) {
            return Ok(QUEUE_COUNT_MAX.into());
        }
    }
    Ok(total)
}

/// Finds every comment of a query, up to [`QUEUE_COUNT_MAX`], wherever its page begins.
pub(crate) async fn find_all(
    connection: &mut AnyConnection,
    query: &NewsroomQuery,
) -> Result<Vec<SeenComment>, StoreError> {
    let mut found = Vec::new();
    for site in &query.sites {
        let mut statement = Statement::new(connection, query, site);
        let limit = statement.conditions.number(i64::from(QUEUE_COUNT_MAX));
        let sql = format!("SELECT c.id, c.text_revision {} LIMIT {limit}", statement.from());
        let select = statement.conditions.bind(sql::query(AssertSqlSafe(sql)));
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

/// A statement about the comments of one site.
struct Statement {
    conditions: Conditions,
    search: Option<&'static SearchSql>,
}

impl Statement {
    fn new(connection: &AnyConnection, query: &NewsroomQuery, site: &str) -> Self {
        let mut conditions = Conditions::default();
        conditions.equal("c.site", site.into());
        conditions.always("c.text <> ''");
        in_queue(&mut conditions, query);
        if let Some(status) = query.status {
            conditions.equal("c.status", status.as_str().into());
        }
        if let Some(page) = &query.page {
            conditions.equal("t.page", page.clone());
        }
        if let Some(comment) = query.author_of {
            by_author_of(&mut conditions, comment);
        }
        if let Some(phase) = &query.detected {
            conditions.text("c.detected LIKE", format!("%\"{phase}\"%"));
        }
        conditions.time("c.created_at >=", query.since);
        conditions.time("c.created_at <", query.until);
        let search = query.words.as_ref().map(|words| {
            let search = SearchSql::of(connection);
            let query = conditions.bound_text((search.query)(words));
            conditions.always(&search.matches.replace("{}", &query));
            search
        });
        Self { conditions, search }
    }

    /// Begins after a comment. A search is in the order of its index, which is that of the ids.
    fn start_after(&mut self, query: &NewsroomQuery) {
        let Some(after) = query.after else { return };
        let comparison = if query.sort == QueueSort::Newest { "<" } else { ">" };
        let (column, after) = match self.search {
            None => ("c.id", self.conditions.bound_text(after.to_string())),
            Some(_) => {
                let after = self.conditions.bound_text(after.to_string());
                (
                    "d.number",
                    format!("(SELECT n.number FROM search_documents n WHERE n.comment_id = {after})"),
                )
            }
        };
        self.conditions.always(&format!("{column} {comparison} {after}"));
    }

    fn from(&self) -> String {
        let tables = match self.search {
            None => "comments c",
            Some(search) => search.tables,
        };
        format!("FROM {tables} JOIN threads t ON t.id = c.thread_id WHERE {}", self.conditions.sql())
    }

    fn order(&self, sort: QueueSort) -> String {
        let column = self.search.map_or("c.id", |search| search.order);
        let direction = if sort == QueueSort::Newest { "DESC" } else { "ASC" };
        format!("{column} {direction}")
    }
}

fn in_queue(conditions: &mut Conditions, query: &NewsroomQuery) {
    match query.queue {
        Queue::All => {}
        Queue::New => conditions.always("c.status = 'published' AND c.approved_at IS NULL"),
        Queue::Pending => conditions.equal("c.status", Status::Pending.as_str().into()),
        // Of all that wait, those that would wait on a site that publishes first, too.
        Queue::Held => conditions.always("c.status = 'pending' AND c.detected <> '[\"pre_moderation\"]'"),
        Queue::Rejected => conditions.equal("c.status", Status::Rejected.as_str().into()),
        Queue::Reported => {
            let open = "SELECT r.comment_id FROM reports r WHERE r.resolved_at IS NULL";
            conditions.always(&format!("c.id IN ({open})"));
        }
        // Authors cannot object yet.
        Queue::Appeals => conditions.always("1 = 0"),
        Queue::Mine => {
            let asker = conditions.bound_text(query.asker.clone().unwrap_or_default());
            let mine = format!(
                "SELECT m.comment_id FROM decisions m WHERE m.actor_id = {asker} AND NOT EXISTS \
                 (SELECT 1 FROM decisions l WHERE l.comment_id = m.comment_id AND l.id > m.id)"
            );
            conditions.always(&format!("c.id IN ({mine})"));
        }
    }
}

/// Finds the comments of somebody by one of theirs: those with the same e-mail address, or, where there is none, with the
/// same name and none either.
fn by_author_of(conditions: &mut Conditions, comment: CommentId) {
    let comment = conditions.bound_text(comment.to_string());
    let column = |column| format!("(SELECT a.{column} FROM comments a WHERE a.id = {comment})");
    let (email, name) = (column("author_email"), column("author_name"));
    conditions.always(&format!(
        "(c.author_email = {email} OR ({email} IS NULL AND c.author_email IS NULL AND c.author_name = {name}))"
    ));
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
