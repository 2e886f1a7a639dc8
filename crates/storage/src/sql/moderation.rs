//! Reads the moderation queue and open reports.

use dumka_domain::comment::{CommentId, Status, UnixMillis};
use dumka_domain::thread::ThreadKey;
use sqlx::query::QueryAs;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::row::{self, comment_record};
use crate::error::StoreError;
use crate::moderation::{OpenReport, QueueFilter, QueuedComment};
use crate::sql;

/// Lists comments for a moderator, newest first.
pub(crate) async fn queue(
    connection: &mut AnyConnection,
    filter: &QueueFilter,
) -> Result<Vec<QueuedComment>, StoreError> {
    let status = filter.status.map(Status::as_str);
    let columns =
        [("c.status", status), ("t.site", filter.site.as_deref()), ("t.page", filter.page.as_deref())];
    let columns = columns.into_iter().filter_map(|(column, value)| Some((column, value?)));
    let (columns, values): (Vec<_>, Vec<_>) = columns.unzip();
    let mut conditions: Vec<_> =
        columns.iter().zip(2..).map(|(column, n)| format!(" AND {column} = ${n}")).collect();
    if filter.reported {
        let open = "SELECT comment_id FROM reports WHERE resolved_at IS NULL";
        conditions.push(format!(" AND c.id IN ({open})"));
    }
    let sql = format!(
        concat!(
            "SELECT t.site, t.page, c.text, (SELECT COUNT(*) FROM reports r WHERE r.comment_id = c.id \
             AND r.resolved_at IS NULL), ",
            comment_record!(),
            " FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.text <> ''{} ORDER BY c.id DESC LIMIT $1"
        ),
        conditions.concat()
    );
    let select = sql::query_as(AssertSqlSafe(sql)).bind(i64::from(filter.limit));
    let select = values.into_iter().fold(select, QueryAs::bind);
    let rows: Vec<QueueRow> = select.fetch_all(connection).await?;
    rows.into_iter().map(queued).collect()
}

/// Site, page, text, open reports, record.
type QueueRow = (String, String, String, i64, String);

fn queued((site, page, text, open_reports, record): QueueRow) -> Result<QueuedComment, StoreError> {
    Ok(QueuedComment {
        thread: ThreadKey { site, page },
        comment: row::comment(&record)?,
        text,
        open_reports: row::count(open_reports)?,
    })
}

/// Reads the open reports of a comment, oldest first.
pub(crate) async fn open_reports(
    connection: &mut AnyConnection,
    comment: CommentId,
) -> Result<Vec<OpenReport>, StoreError> {
    let sql = "SELECT reason, note, created_at FROM reports WHERE comment_id = $1 AND resolved_at IS NULL \
               ORDER BY created_at, id";
    let rows: Vec<(String, Option<String>, i64)> =
        sql::query_as(sql).bind(comment.to_string()).fetch_all(connection).await?;
    rows.into_iter().map(open_report).collect()
}

fn open_report((reason, note, created_at): (String, Option<String>, i64)) -> Result<OpenReport, StoreError> {
    Ok(OpenReport { reason: row::reason(&reason)?, note, created_at: UnixMillis(created_at) })
}
