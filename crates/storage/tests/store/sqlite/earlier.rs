//! Rows as an earlier version wrote them.

use sqlx::AnyConnection;

use crate::fixture::id;

/// A thread of the version before: its site, page and revision.
pub(crate) type Thread = (&'static str, &'static str, i64);

/// A comment of the version before: number, second in which it came, parent, status.
pub(crate) type Comment = (i64, i64, Option<i64>, &'static str);

/// An id as text.
pub(crate) fn text(number: i64) -> String {
    id(u128::try_from(number).unwrap()).to_string()
}

/// Writes these threads and their comments, each with a vote and a report.
pub(crate) async fn fill(connection: &mut AnyConnection, threads: &[(Thread, &[Comment])]) {
    for ((site, page, revision), comments) in threads {
        let thread = text(comments[0].0);
        let sql = "INSERT INTO threads (id, site, page, title, url, opened_at, total, last_position, revision) \
                   VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)";
        sqlx::query(sql)
            .bind(&thread)
            .bind(*site)
            .bind(*page)
            .bind(format!("Named \u{202E}by {}", comments[0].0))
            .bind(format!("https://xn--b1amarcd.xn--j1amh/{}?fbclid=1#x", comments[0].0))
            .bind(comments[0].1 * 1_000)
            .bind(i64::try_from(comments.len()).unwrap())
            .bind(revision)
            .execute(&mut *connection)
            .await
            .unwrap();
        for (position, comment) in (1_i64..).zip(*comments) {
            fill_comment(connection, (*site, &thread), position, *comment).await;
        }
        let sql = "UPDATE threads SET total = (SELECT COUNT(*) FROM comments c \
                   WHERE c.thread_id = threads.id AND c.status = 'published') WHERE id = $1";
        sqlx::query(sql).bind(&thread).execute(&mut *connection).await.unwrap();
    }
}

async fn fill_comment(
    connection: &mut AnyConnection,
    (site, thread): (&str, &str),
    position: i64,
    (number, second, parent, status): Comment,
) {
    let shown = i64::from(status != "pending" && status != "rejected") * position;
    let root = parent.map_or(number, |parent| parent / 10 * 10);
    let sql = "INSERT INTO comments (id, thread_id, site, position, parent_id, root_id, author_name, created_at, \
               status, standing, text, body, votes_up, key_hash, request_hash, edit_token_hash, \
               changed_revision, shown_revision, text_revision) VALUES \
               ($1, $2, $3, $4, $5, $6, 'N', $7, $8, $9, 'T', '[{\"paragraph\":[\"T\"]}]', 1, $10, $11, $11, $12, $13, $12)";
    sqlx::query(sql)
        .bind(text(number))
        .bind(thread)
        .bind(site)
        .bind(position)
        .bind(parent.map(text))
        .bind(text(root))
        .bind(second * 1_000)
        .bind(status)
        .bind(i64::from(status == "published"))
        .bind(format!("key {number}"))
        .bind(nobody())
        .bind(position)
        .bind(shown)
        .execute(&mut *connection)
        .await
        .unwrap();
    let sql = "INSERT INTO votes (comment_id, reader_hash, value, voted_at) VALUES ($1, $2, 1, 1)";
    sqlx::query(sql).bind(text(number)).bind(nobody()).execute(&mut *connection).await.unwrap();
    let sql = "INSERT INTO reports (id, comment_id, reader_hash, reason, created_at, settled_at) \
               VALUES ($1, $1, $2, 'spam', 1, $3)";
    let settled = (number == 10).then_some(99_000_i64);
    let report = sqlx::query(sql).bind(text(number)).bind(nobody()).bind(settled);
    report.execute(connection).await.unwrap();
}

/// A hash as text, all of whose bytes are zero.
pub(crate) fn nobody() -> String {
    "A".repeat(43)
}
