//! What a thread is called, and where its page is.
//!
//! Both are words that came with a published comment. The site's own later word counts before an earlier one, and any
//! word of the site before everybody else's, which only fills what is empty. A moderator's word stays.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::{Write, count_up};
use crate::domain::comment::CommentId;
use crate::domain::thread::ThreadKey;
use crate::storage::error::StoreError;
use crate::storage::known::{Correction, Naming};
use crate::storage::read;

/// One of the two, as the statements that are about it.
pub(super) struct Name {
    take: &'static str,
    best: &'static str,
    set: &'static str,
}

/// The title.
pub(super) const TITLE: Name = Name {
    take: "UPDATE threads SET title = $1, title_from = $2 WHERE id = $3 AND (title_from IS NULL OR \
           ($4 = 1 AND title <> $1 AND title_from <> 'moderator' AND NOT EXISTS \
           (SELECT 1 FROM comments n WHERE n.id = title_from AND n.told_by_site = 1 AND n.position > $5)))",
    best: "SELECT id, page_title FROM comments WHERE thread_id = $1 AND status = 'published' \
           AND page_title IS NOT NULL ORDER BY told_by_site DESC, position DESC LIMIT 1",
    set: "UPDATE threads SET title_from = $1, title = $2 WHERE id = $3",
};

/// The address.
pub(super) const URL: Name = Name {
    take: "UPDATE threads SET url = $1, url_from = $2 WHERE id = $3 AND (url_from IS NULL OR \
           ($4 = 1 AND url <> $1 AND url_from <> 'moderator' AND NOT EXISTS \
           (SELECT 1 FROM comments n WHERE n.id = url_from AND n.told_by_site = 1 AND n.position > $5)))",
    best: "SELECT id, page_url FROM comments WHERE thread_id = $1 AND status = 'published' \
           AND page_url IS NOT NULL ORDER BY told_by_site DESC, position DESC LIMIT 1",
    set: "UPDATE threads SET url_from = $1, url = $2 WHERE id = $3",
};

impl Name {
    /// Makes the word of the comment at a place the thread's, unless a better one is there.
    pub(super) async fn take(
        &self,
        connection: &mut AnyConnection,
        (thread, position): (&str, i64),
        (comment, word, is_told_by_site): (CommentId, &str, bool),
    ) -> Result<(), StoreError> {
        sqlx::query(self.take)
            .bind(word)
            .bind(comment.to_string())
            .bind(thread)
            .bind(i64::from(is_told_by_site))
            .bind(position)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Takes the best word among those of the published comments, if there is any.
    pub(super) async fn leave_to_comments(
        &self,
        connection: &mut AnyConnection,
        thread: &str,
    ) -> Result<(), StoreError> {
        let best = sqlx::query_as(self.best).bind(thread).fetch_optional(&mut *connection).await?;
        let (comment, word): (Option<String>, Option<String>) = best.unzip();
        sqlx::query(self.set).bind(comment).bind(word).bind(thread).execute(connection).await?;
        Ok(())
    }

    async fn correct(
        &self,
        connection: &mut AnyConnection,
        thread: &str,
        correction: &Correction,
    ) -> Result<(), StoreError> {
        match correction {
            Correction::Keep => Ok(()),
            Correction::LeaveToComments => self.leave_to_comments(connection, thread).await,
            Correction::Say(word) => {
                let set = sqlx::query(self.set).bind("moderator").bind(word).bind(thread);
                set.execute(connection).await?;
                Ok(())
            }
        }
    }
}

/// A moderator's word.
pub(in crate::storage) struct NameThread {
    /// The thread.
    pub(in crate::storage) thread: ThreadKey,
    /// What they say.
    pub(in crate::storage) naming: Naming,
}

#[async_trait]
impl Write for NameThread {
    /// Whether there is such a thread.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let Some((thread, _)) = read::thread(connection, &self.thread).await? else { return Ok(false) };
        count_up(connection, &thread, 0).await?;
        TITLE.correct(connection, &thread, &self.naming.title).await?;
        URL.correct(connection, &thread, &self.naming.url).await?;
        Ok(true)
    }
}
