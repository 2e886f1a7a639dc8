//! A thread's title, address and age, which come from its published comments.
//!
//! A later value from the site's own pages replaces an earlier one, and any of those replaces one from elsewhere, which
//! only fills what is empty. A moderator's value stays.

use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::thread::MetadataSource;
use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::sql;

/// The statements about a thread's title or its address.
pub(super) struct Name {
    offer: &'static str,
    best: &'static str,
    pub(super) set: &'static str,
}

/// The comment that brings a title and an address.
pub(super) struct NameSource {
    pub(super) comment: CommentId,
    /// Its position in the thread.
    pub(super) position: i64,
    pub(super) metadata_source: MetadataSource,
}

/// The title.
pub(super) const TITLE: Name = Name {
    offer: "UPDATE threads SET title = $1, title_from = $2 WHERE id = $3 AND (title_from IS NULL OR \
           ($4 = 1 AND title <> $1 AND title_from <> 'moderator' AND NOT EXISTS \
           (SELECT 1 FROM comments n WHERE n.id = title_from AND n.told_by_site = 1 AND n.position > $5)))",
    best: "SELECT id, page_title FROM comments WHERE thread_id = $1 AND status = 'published' \
           AND page_title IS NOT NULL ORDER BY told_by_site DESC, position DESC LIMIT 1",
    set: "UPDATE threads SET title_from = $1, title = $2 WHERE id = $3",
};

/// The address.
pub(super) const URL: Name = Name {
    offer: "UPDATE threads SET url = $1, url_from = $2 WHERE id = $3 AND (url_from IS NULL OR \
           ($4 = 1 AND url <> $1 AND url_from <> 'moderator' AND NOT EXISTS \
           (SELECT 1 FROM comments n WHERE n.id = url_from AND n.told_by_site = 1 AND n.position > $5)))",
    best: "SELECT id, page_url FROM comments WHERE thread_id = $1 AND status = 'published' \
           AND page_url IS NOT NULL ORDER BY told_by_site DESC, position DESC LIMIT 1",
    set: "UPDATE threads SET url_from = $1, url = $2 WHERE id = $3",
};

impl Name {
    /// Makes the value that a comment brings the thread's, unless a better one is there.
    pub(super) async fn offer(
        &self,
        connection: &mut AnyConnection,
        thread: &str,
        value: &str,
        source: &NameSource,
    ) -> Result<(), StoreError> {
        sql::query(self.offer)
            .bind(value)
            .bind(source.comment.to_string())
            .bind(thread)
            .bind(i64::from(source.metadata_source == MetadataSource::Site))
            .bind(source.position)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Resets the value to the best one among those of the published comments, if there is any.
    pub(super) async fn reset(&self, connection: &mut AnyConnection, thread: &str) -> Result<(), StoreError> {
        let best = sql::query_as(self.best).bind(thread).fetch_optional(&mut *connection).await?;
        let (comment, value): (Option<String>, Option<String>) = best.unzip();
        sql::query(self.set).bind(comment).bind(value).bind(thread).execute(connection).await?;
        Ok(())
    }
}

/// Thread, position, time of publication, title, address, 1 where a page of the site sent them.
type PublishedRow = (String, i64, i64, Option<String>, Option<String>, i64);

/// Updates a thread's title, address and age after a comment was published that was not before.
pub(super) async fn comment_published(
    connection: &mut AnyConnection,
    comment: CommentId,
    at: UnixMillis,
) -> Result<(), StoreError> {
    let sql = "UPDATE comments SET published_at = COALESCE(published_at, $1) WHERE id = $2 \
               RETURNING thread_id, position, published_at, page_title, page_url, told_by_site";
    let select = sql::query_as(sql).bind(at.0).bind(comment.to_string());
    let row: PublishedRow = select.fetch_one(&mut *connection).await?;
    let (thread, position, published_at, title, url, told_by_site) = row;
    let metadata_source = if told_by_site == 1 { MetadataSource::Site } else { MetadataSource::Unverified };
    let source = NameSource { comment, position, metadata_source };
    let sql = "UPDATE threads SET first_published_at = $1 \
               WHERE id = $2 AND (first_published_at IS NULL OR first_published_at > $1)";
    sql::query(sql).bind(published_at).bind(&thread).execute(&mut *connection).await?;
    for (name, value) in [(&TITLE, title), (&URL, url)] {
        if let Some(value) = value {
            name.offer(connection, &thread, &value, &source).await?;
        }
    }
    Ok(())
}

/// The thread, and 1 where the comment is its oldest, the source of its title, and of its address.
type LeavingRow = (String, i64, i64, i64);

/// Updates a thread's title, address and age after a comment stopped being published. Where the comment was the source of
/// one, finding another costs as much as the thread is long.
pub(super) async fn comment_left(
    connection: &mut AnyConnection,
    comment: CommentId,
) -> Result<(), StoreError> {
    let sql = "SELECT t.id, CASE WHEN t.first_published_at = c.published_at THEN 1 ELSE 0 END, \
               CASE WHEN t.title_from = c.id THEN 1 ELSE 0 END, CASE WHEN t.url_from = c.id THEN 1 ELSE 0 END \
               FROM comments c JOIN threads t ON t.id = c.thread_id WHERE c.id = $1";
    let select = sql::query_as(sql).bind(comment.to_string());
    let (thread, is_oldest, named_it, located_it): LeavingRow = select.fetch_one(&mut *connection).await?;
    if is_oldest == 1 {
        let sql = "UPDATE threads SET first_published_at = (SELECT MIN(c.published_at) FROM comments c \
                   WHERE c.thread_id = threads.id AND c.status = 'published') WHERE id = $1";
        sql::query(sql).bind(&thread).execute(&mut *connection).await?;
    }
    for (name, is_gone) in [(&TITLE, named_it), (&URL, located_it)] {
        if is_gone == 1 {
            name.reset(connection, &thread).await?;
        }
    }
    Ok(())
}
