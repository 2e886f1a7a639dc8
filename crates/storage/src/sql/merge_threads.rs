//! Merges threads that an earlier version kept apart by the spelling of their page or site.
//!
//! It runs once for each version of the canonical form, after the migrations, in one transaction; a mark in `meta` names
//! the version. A comment keeps everything but its thread, its position there and its revisions: votes, reports, keys and
//! tokens go with its id. One batch of threads is in memory; the database itself moves the comments.

use dumka_api::{page, site};
use dumka_domain::article;
use sqlx::{AnyConnection, Connection};
use url::Url;

use crate::sql;

const DONE: &str = "threads_have_one_form";
/// The number of threads that are read together.
const BATCH: i64 = 500;

/// Gives every comment a number in the order of time that no merging changes: the latest time so far in its thread,
/// and then its old position, so that nothing comes before what it answers, whatever the clock did.
const NUMBER_BY_TIME: &str = "UPDATE comments SET position = n.place FROM \
    (SELECT id, MAX(created_at) OVER (ORDER BY position, id) * 4194304 + position AS place \
     FROM comments WHERE thread_id = $1) AS n WHERE comments.id = n.id";

/// Numbers the comments of a merged thread anew. For a stream that followed one of its parts every comment has changed,
/// each at a revision that no part ever had: nothing is missed after an old event, and a lost connection resumes where it
/// ended.
const NUMBER_ANEW: &str = "UPDATE comments SET position = n.place, changed_revision = $1 + n.place, \
    text_revision = $1 + n.place, \
    shown_revision = CASE WHEN shown_revision > 0 THEN $1 + n.place ELSE 0 END FROM \
    (SELECT id, ROW_NUMBER() OVER (ORDER BY position, id) AS place FROM comments WHERE thread_id = $2) AS n \
    WHERE comments.id = n.id";

/// A thread's id, site and page, and the title and the address that came with the comment that opened it.
type Row = (String, String, String, Option<String>, Option<String>);

/// Brings every thread to its canonical form in a transaction that begins with `begin`, unless that was done before.
pub(crate) async fn run(connection: &mut AnyConnection, begin: &'static str) -> sqlx::Result<()> {
    if is_done(connection).await? {
        return Ok(());
    }
    let mut transaction = connection.begin_with(begin).await?;
    // Another program may have done it while this one waited.
    if !is_done(&mut transaction).await? {
        let merged = canonicalize(&mut transaction).await?;
        number_merged(&mut transaction).await?;
        let mark = "INSERT INTO meta (name, value) VALUES ($1, $2) \
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        sql::query(mark).bind(DONE).bind(page::FORM.to_string()).execute(&mut *transaction).await?;
        if merged > 0 {
            tracing::info!(merged, "threads of one page under several spellings are one thread now");
        }
    }
    transaction.commit().await
}

/// True where every thread has this form, or a later one that another server knows.
async fn is_done(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    let form = sql::query_scalar("SELECT value FROM meta WHERE name = $1").bind(DONE);
    let form: Option<String> = form.fetch_optional(connection).await?;
    Ok(form.and_then(|form| form.parse().ok()).is_some_and(|form: u32| form >= page::FORM))
}

/// Brings every thread to its canonical form; returns the number of threads merged into another one.
async fn canonicalize(connection: &mut AnyConnection) -> sqlx::Result<u64> {
    let sql = "SELECT t.id, t.site, t.page, c.page_title, c.page_url FROM threads t \
               LEFT JOIN comments c ON c.id = t.id WHERE t.id > $1 ORDER BY t.id LIMIT $2";
    let (mut last, mut merged) = (String::new(), 0);
    loop {
        let select = sql::query_as(sql).bind(&last).bind(BATCH);
        let batch: Vec<Row> = select.fetch_all(&mut *connection).await?;
        let Some(end) = batch.last() else { return Ok(merged) };
        last.clone_from(&end.0);
        for row in &batch {
            clean_names(connection, row).await?;
            merged += u64::from(move_thread(connection, row).await?);
        }
    }
}

/// Cleans title and address as those of new comments are cleaned.
async fn clean_names(
    connection: &mut AnyConnection,
    (id, _, _, title_then, url_then): &Row,
) -> sqlx::Result<()> {
    let title = title_then.as_deref().map(article::clean_title).filter(|title| !title.is_empty());
    let url = url_then.as_deref().and_then(|url| Url::parse(url).ok());
    let url = url.map(|url| String::from(article::clean_url(url)));
    if (&title, &url) == (title_then, url_then) {
        return Ok(());
    }
    let sql = "UPDATE comments SET page_title = $1, page_url = $2 WHERE id = $3";
    let update = sql::query(sql).bind(title.as_deref()).bind(url.as_deref()).bind(id);
    update.execute(&mut *connection).await?;
    for (sql, word) in [
        ("UPDATE threads SET title = $1, title_from = $2 WHERE title_from = $3 AND id = $3", title),
        ("UPDATE threads SET url = $1, url_from = $2 WHERE url_from = $3 AND id = $3", url),
    ] {
        let from = word.as_ref().map(|_| id.as_str());
        sql::query(sql).bind(word.as_deref()).bind(from).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Gives a thread its canonical key, and merges it into the thread that has it already; returns true where one had.
async fn move_thread(
    connection: &mut AnyConnection,
    (id, site_then, page_then, ..): &Row,
) -> sqlx::Result<bool> {
    let (site, page) = (site::canonical(site_then), page::canonical(page_then));
    if (&site, &page) == (site_then, page_then) {
        return Ok(false);
    }
    let there = sql::query_scalar("SELECT id FROM threads WHERE site = $1 AND page = $2");
    let there: Option<String> = there.bind(&site).bind(&page).fetch_optional(&mut *connection).await?;
    let thread = there.as_ref().unwrap_or(id);
    if let Some(thread) = &there {
        merge(connection, id, thread).await?;
    } else {
        let sql = "UPDATE threads SET site = $1, page = $2 WHERE id = $3";
        sql::query(sql).bind(&site).bind(&page).bind(thread).execute(&mut *connection).await?;
    }
    let sql = "UPDATE comments SET site = $1 WHERE thread_id = $2 AND site <> $1";
    sql::query(sql).bind(&site).bind(thread).execute(connection).await?;
    Ok(there.is_some())
}

/// Moves the comments of one thread into another, which is marked for numbering.
async fn merge(connection: &mut AnyConnection, part: &str, whole: &str) -> sqlx::Result<()> {
    let unmarked = "SELECT 1 FROM threads WHERE id = $1 AND last_position >= 0";
    if sql::query(unmarked).bind(whole).fetch_optional(&mut *connection).await?.is_some() {
        sql::query(NUMBER_BY_TIME).bind(whole).execute(&mut *connection).await?;
    }
    sql::query(NUMBER_BY_TIME).bind(part).execute(&mut *connection).await?;
    for sql in [
        "UPDATE comments SET thread_id = $1 WHERE thread_id = $2",
        "UPDATE threads SET last_position = -1, \
         opened_at = (SELECT MIN(p.opened_at) FROM threads p WHERE p.id IN ($1, $2)), \
         first_published_at = (SELECT MIN(p.first_published_at) FROM threads p WHERE p.id IN ($1, $2)), \
         revision = (SELECT MAX(p.revision) FROM threads p WHERE p.id IN ($1, $2)) WHERE id = $1",
        "UPDATE threads SET title = (SELECT p.title FROM threads p WHERE p.id = $2), \
         title_from = (SELECT p.title_from FROM threads p WHERE p.id = $2) WHERE id = $1 AND title_from IS NULL",
        "UPDATE threads SET url = (SELECT p.url FROM threads p WHERE p.id = $2), \
         url_from = (SELECT p.url_from FROM threads p WHERE p.id = $2) WHERE id = $1 AND url_from IS NULL",
    ] {
        sql::query(sql).bind(whole).bind(part).execute(&mut *connection).await?;
    }
    sql::query("DELETE FROM threads WHERE id = $1").bind(part).execute(connection).await?;
    Ok(())
}

/// Numbers the comments of the marked threads.
async fn number_merged(connection: &mut AnyConnection) -> sqlx::Result<()> {
    let sql = "SELECT id, revision FROM threads WHERE last_position < 0 LIMIT 1";
    while let Some((thread, revision)) = sql::query_as(sql).fetch_optional(&mut *connection).await? {
        let (thread, revision): (String, i64) = (thread, revision);
        sql::query(NUMBER_ANEW).bind(revision).bind(&thread).execute(&mut *connection).await?;
        let sql = "UPDATE threads SET \
            last_position = (SELECT COUNT(*) FROM comments c WHERE c.thread_id = threads.id), \
            revision = revision + (SELECT COUNT(*) FROM comments c WHERE c.thread_id = threads.id), \
            total = (SELECT COUNT(*) FROM comments c WHERE c.thread_id = threads.id AND c.status = 'published') \
            WHERE id = $1";
        sql::query(sql).bind(&thread).execute(&mut *connection).await?;
    }
    Ok(())
}
