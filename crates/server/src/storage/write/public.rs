//! What a thread owes to its published comments: its title, its address, and since when it has been discussed.

use sqlx::AnyConnection;

use super::name::{TITLE, URL};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::storage::error::StoreError;

/// Thread, position, when, title, address, whether they are the site's word.
type Came = (String, i64, i64, Option<String>, Option<String>, i64);

/// Gives a thread what a comment brings that was hidden and has come before everybody at this moment.
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
    for (name, word) in [(&TITLE, title), (&URL, url)] {
        if let Some(word) = word {
            let place = (thread.as_str(), position);
            name.take(connection, place, (comment, &word, told_by_site == 1)).await?;
        }
    }
    Ok(())
}

/// The thread, and whether the comment was its oldest, named it, and told its address.
type Went = (String, i64, i64, i64);

/// Takes from a thread what a comment brought that is not before everybody any more. Where that was something, finding
/// another in its place costs as much as the thread is long.
pub(super) async fn went(connection: &mut AnyConnection, comment: CommentId) -> Result<(), StoreError> {
    let sql = "SELECT t.id, CASE WHEN t.first_published_at = c.published_at THEN 1 ELSE 0 END, \
               CASE WHEN t.title_from = c.id THEN 1 ELSE 0 END, CASE WHEN t.url_from = c.id THEN 1 ELSE 0 END \
               FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.id = $1";
    let select = sqlx::query_as(sql).bind(comment.to_string());
    let (thread, is_oldest, named_it, located_it): Went = select.fetch_one(&mut *connection).await?;
    if is_oldest == 1 {
        let sql = "UPDATE threads SET first_published_at = (SELECT MIN(c.published_at) FROM comments c \
                   WHERE c.thread_id = threads.id AND c.status = 'published') WHERE id = $1";
        sqlx::query(sql).bind(&thread).execute(&mut *connection).await?;
    }
    for (name, is_gone) in [(&TITLE, named_it), (&URL, located_it)] {
        if is_gone == 1 {
            name.leave_to_comments(connection, &thread).await?;
        }
    }
    Ok(())
}
