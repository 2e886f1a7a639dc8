//! What a thread owes to its published comments: its title, its address, and since when it has been discussed.
//!
//! Both names are words that came with a comment. The site's own later word counts before an earlier one, and any
//! word of the site before everybody else's, which only fills what is empty. A moderator's word stays.

use sqlx::AnyConnection;

use crate::domain::comment::{CommentId, UnixMillis};
use crate::storage::error::StoreError;

/// The statement by which a comment's word becomes its thread's, unless a better one is there.
macro_rules! name_thread {
    ($name:literal, $from:literal) => {
        concat!(
            "UPDATE threads SET ",
            $name,
            " = $1, ",
            $from,
            " = $2 WHERE id = $3 AND (",
            $from,
            " IS NULL OR ($4 = 1 AND ",
            $name,
            " <> $1 AND ",
            $from,
            " <> 'moderator' AND NOT EXISTS (SELECT 1 FROM comments n WHERE n.id = ",
            $from,
            " AND n.told_by_site = 1 AND n.position > $5)))"
        )
    };
}

/// The statement that finds the best word for a thread among those of its published comments.
macro_rules! best_word {
    ($word:literal) => {
        concat!(
            "SELECT id, ",
            $word,
            " FROM comments WHERE thread_id = $1 AND status = 'published' AND ",
            $word,
            " IS NOT NULL ORDER BY told_by_site DESC, position DESC LIMIT 1"
        )
    };
}

const NAME_TITLE: &str = name_thread!("title", "title_from");
const NAME_URL: &str = name_thread!("url", "url_from");

/// Thread, position, when, title, address, whether they are the site's word.
type Came = (String, i64, i64, Option<String>, Option<String>, i64);

/// Gives a thread what a comment brings that has come before everybody at this moment.
pub(super) async fn came(
    connection: &mut AnyConnection,
    comment: CommentId,
    at: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "UPDATE comments SET published_at = COALESCE(published_at, $1) WHERE id = $2 \
               RETURNING thread_id, position, published_at, page_title, page_url, told_by_site";
    let select = sqlx::query_as(sql).bind(at.0).bind(comment.to_string());
    let came: Came = select.fetch_one(&mut *connection).await?;
    let (thread, position, published_at, title, url, told_by_site) = came;
    let sql = "UPDATE threads SET first_published_at = $1 \
               WHERE id = $2 AND (first_published_at IS NULL OR first_published_at > $1)";
    sqlx::query(sql).bind(published_at).bind(&thread).execute(&mut *connection).await?;
    for (sql, word) in [(NAME_TITLE, title), (NAME_URL, url)] {
        let Some(word) = word else { continue };
        sqlx::query(sql)
            .bind(word)
            .bind(comment.to_string())
            .bind(&thread)
            .bind(told_by_site)
            .bind(position)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The thread, and whether the comment was its oldest, named it, and told its address.
type Went = (String, i64, i64, i64);

/// Takes from a thread what a comment brought that is not before everybody any more. Where that was something, finding
/// another in its place costs as much as the thread is long.
pub(super) async fn went(connection: &mut AnyConnection, comment: CommentId) -> Result<(), StoreError> {
    let is = |condition: &str| format!("CASE WHEN {condition} THEN 1 ELSE 0 END");
    let sql = format!(
        "SELECT t.id, {}, {}, {} \
         FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.id = $1",
        is("t.first_published_at = c.published_at"),
        is("t.title_from = c.id"),
        is("t.url_from = c.id")
    );
    let select = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(comment.to_string());
    let (thread, is_oldest, named_it, located_it): Went = select.fetch_one(&mut *connection).await?;
    if is_oldest == 1 {
        let sql = "UPDATE threads SET first_published_at = (SELECT MIN(c.published_at) FROM comments c \
                   WHERE c.thread_id = threads.id AND c.status = 'published') WHERE id = $1";
        sqlx::query(sql).bind(&thread).execute(&mut *connection).await?;
    }
    if named_it == 1 {
        let best = best(connection, best_word!("page_title"), &thread).await?;
        rename(connection, "UPDATE threads SET title_from = $1, title = $2 WHERE id = $3", (&thread, best))
            .await?;
    }
    if located_it == 1 {
        let best = best(connection, best_word!("page_url"), &thread).await?;
        rename(connection, "UPDATE threads SET url_from = $1, url = $2 WHERE id = $3", (&thread, best))
            .await?;
    }
    Ok(())
}

/// A comment and its word.
type Word = (String, String);

async fn best(
    connection: &mut AnyConnection,
    sql: &'static str,
    thread: &str,
) -> Result<Option<Word>, StoreError> {
    Ok(sqlx::query_as(sql).bind(thread).fetch_optional(connection).await?)
}

async fn rename(
    connection: &mut AnyConnection,
    sql: &'static str,
    (thread, word): (&str, Option<Word>),
) -> Result<(), StoreError> {
    let (comment, word) = word.unzip();
    sqlx::query(sql).bind(comment).bind(word).bind(thread).execute(connection).await?;
    Ok(())
}
