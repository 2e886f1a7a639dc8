//! Keeping a new comment.

use async_trait::async_trait;
use sqlx::AnyConnection;

use super::name::{TITLE, URL};
use super::{Write, published};
use crate::domain::comment::{CommentId, Status, StoredComment};
use crate::domain::thread::Speaker;
use crate::storage::error::{StoreError, SubmitError};
use crate::storage::record::{self, comment_record};
use crate::storage::{Accepted, Submission};

/// A new comment, with its body already as JSON: the writer's time is everybody's.
pub(in crate::storage) struct NewRow {
    submission: Submission,
    body_json: String,
    key_hash: String,
}

impl NewRow {
    /// Prepares a submission.
    pub(in crate::storage) fn new(submission: Submission) -> Self {
        let body_json = serde_json::to_string(&submission.body).expect("a body always becomes JSON");
        let key_hash = record::hash_text(&submission.key_hash);
        Self { submission, body_json, key_hash }
    }
}

/// A thread's id, a position in it, the revision that the comment there makes, and the thread's title and address.
type Place = (String, i64, i64, Option<String>, Option<String>);

#[async_trait]
impl Write for NewRow {
    type Outcome = Result<Accepted, SubmitError>;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        if let Some(outcome) = self.earlier(connection).await? {
            return Ok(outcome);
        }
        let id = self.submission.id;
        let root = match self.submission.parent {
            None => id,
            Some(parent) => match self.root_of(connection, parent).await? {
                None => return Ok(Err(SubmitError::ParentNotFound)),
                Some(root) => root,
            },
        };
        let Some(place) = self.place(connection).await? else {
            return Ok(Err(SubmitError::ThreadClosed));
        };
        self.insert(connection, &place, root).await?;
        if self.submission.status == Status::Published {
            self.name(connection, &place).await?;
        }
        Ok(Ok(Accepted::Kept(self.stored())))
    }
}

impl NewRow {
    /// What the same key led to before.
    async fn earlier(
        &self,
        connection: &mut AnyConnection,
    ) -> Result<Option<<Self as Write>::Outcome>, StoreError> {
        let sql =
            concat!("SELECT c.request_hash, ", comment_record!(), " FROM comments c WHERE c.key_hash = $1");
        let row = sqlx::query_as(sql).bind(&self.key_hash).fetch_optional(connection).await?;
        let Some((request_hash, record)): Option<(String, String)> = row else { return Ok(None) };
        if request_hash != record::hash_text(&self.submission.request_hash) {
            return Ok(Some(Err(SubmitError::KeyReused)));
        }
        Ok(Some(Ok(Accepted::Replayed(record::comment(&record)?))))
    }

    /// The root of the tree of a published comment of this thread.
    async fn root_of(
        &self,
        connection: &mut AnyConnection,
        parent: CommentId,
    ) -> Result<Option<CommentId>, StoreError> {
        let sql = "SELECT c.root_id FROM comments c JOIN threads t ON t.id = c.thread_id \
                   WHERE c.id = $1 AND c.status = 'published' AND t.site = $2 AND t.page = $3";
        let thread = &self.submission.thread;
        let select = sqlx::query_scalar(sql).bind(parent.to_string()).bind(&thread.site).bind(&thread.page);
        let root: Option<String> = select.fetch_optional(connection).await?;
        root.map(|root| record::id(&root)).transpose()
    }

    /// Takes the next position in the thread, which is opened if it is new; none if it is closed.
    async fn place(&self, connection: &mut AnyConnection) -> Result<Option<Place>, StoreError> {
        if let Some(place) = self.place_in_open(connection).await? {
            return Ok(Some(place));
        }
        if let Some(place) = self.place_in_new(connection).await? {
            return Ok(Some(place));
        }
        // Another server may have opened it in between; else it is closed.
        self.place_in_open(connection).await
    }

    async fn place_in_open(&self, connection: &mut AnyConnection) -> Result<Option<Place>, StoreError> {
        let sql = "UPDATE threads SET total = total + $1, last_position = last_position + 1, revision = revision + 1, \
                   first_published_at = CASE WHEN $1 = 1 THEN COALESCE(first_published_at, $5) \
                   ELSE first_published_at END \
                   WHERE site = $2 AND page = $3 AND (first_published_at IS NULL OR first_published_at >= $4) \
                   RETURNING id, last_position, revision, title, url";
        let oldest = self.submission.refuse_threads_opened_before.map_or(i64::MIN, |moment| moment.0);
        let query = sqlx::query_as(sql)
            .bind(published(self.submission.status))
            .bind(&self.submission.thread.site)
            .bind(&self.submission.thread.page)
            .bind(oldest)
            .bind(self.submission.created_at.0);
        Ok(query.fetch_optional(connection).await?)
    }

    async fn place_in_new(&self, connection: &mut AnyConnection) -> Result<Option<Place>, StoreError> {
        let sql = "INSERT INTO threads (id, site, page, opened_at, total, last_position, revision, first_published_at) \
                   VALUES ($1, $2, $3, $4, $5, 1, 1, CASE WHEN $5 = 1 THEN $4 ELSE NULL END) \
                   ON CONFLICT (site, page) DO NOTHING RETURNING id, last_position, revision, title, url";
        let new = &self.submission;
        // A thread is called by its first comment, so that its id needs no chance of its own.
        let query = sqlx::query_as(sql)
            .bind(new.id.to_string())
            .bind(&new.thread.site)
            .bind(&new.thread.page)
            .bind(new.created_at.0)
            .bind(published(new.status));
        Ok(query.fetch_optional(connection).await?)
    }

    async fn insert(
        &self,
        connection: &mut AnyConnection,
        (thread_id, position, revision, ..): &Place,
        root: CommentId,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO comments (id, thread_id, position, parent_id, root_id, author_name, \
                   author_email, created_at, status, standing, text, body, key_hash, request_hash, \
                   edit_token_hash, changed_revision, shown_revision, text_revision, site, page_title, page_url, \
                   told_by_site, published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
                   $16, $18, $19, $20, $21, $22)";
        let new = &self.submission;
        sqlx::query(sql)
            .bind(new.id.to_string())
            .bind(thread_id)
            .bind(position)
            .bind(new.parent.map(|parent| parent.to_string()))
            .bind(root.to_string())
            .bind(&new.author_name)
            .bind(new.author_email.as_deref())
            .bind(new.created_at.0)
            .bind(new.status.as_str())
            .bind(published(new.status))
            .bind(&new.text)
            .bind(&self.body_json)
            .bind(&self.key_hash)
            .bind(record::hash_text(&new.request_hash))
            .bind(record::hash_text(&new.edit_token_hash))
            .bind(revision)
            .bind(revision * published(new.status))
            .bind(&new.thread.site)
            .bind(new.title.as_deref())
            .bind(new.url.as_deref())
            .bind(i64::from(new.speaker == Speaker::Site))
            .bind((new.status == Status::Published).then_some(new.created_at.0))
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Names the thread by the words that came with the comment, where they may say something new.
    async fn name(
        &self,
        connection: &mut AnyConnection,
        (thread, position, _, title, url): &Place,
    ) -> Result<(), StoreError> {
        let new = &self.submission;
        for (name, former, word) in [(&TITLE, title, &new.title), (&URL, url, &new.url)] {
            let may_be_news = former.is_none() || (new.speaker == Speaker::Site && former != word);
            if let Some(word) = word.as_deref().filter(|_| may_be_news) {
                let told = (new.id, word, new.speaker == Speaker::Site);
                name.take(connection, (thread, *position), told).await?;
            }
        }
        Ok(())
    }

    fn stored(&self) -> StoredComment {
        StoredComment {
            id: self.submission.id,
            parent: self.submission.parent,
            author_name: self.submission.author_name.clone(),
            badge: None,
            created_at: self.submission.created_at,
            edited_at: None,
            status: self.submission.status,
            body: self.submission.body.clone(),
            votes: dumka_api::Votes::default(),
        }
    }
}
