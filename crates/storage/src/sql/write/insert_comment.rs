//! Stores a new comment, and opens its thread where it is the first.

use async_trait::async_trait;
use dumka_api::newsroom::{Act, ActorKind};
use dumka_domain::comment::{CommentId, Marks, Status, StoredComment};
use dumka_domain::thread::MetadataSource;
use sqlx::AnyConnection;

use super::operation::Write;
use super::record_decision::{NewDecision, record_decision};
use super::thread_gate::{self, Gate};
use super::thread_metadata::{NameSource, TITLE, URL};
use super::thread_totals::total_of;
use crate::comment::{NewCommentRecord, SubmitResult};
use crate::decision::{DecidedBy, DecisionWords};
use crate::engine::WrittenThread;
use crate::error::{StoreError, SubmitError};
use crate::sql;
use crate::sql::row::{self, comment_record};
use crate::sql::search;

/// Stores a new comment. Its body is JSON already, because every other write waits for the writer.
pub(crate) struct InsertComment {
    new: NewCommentRecord,
    body_json: String,
    key_hash: String,
}

impl InsertComment {
    /// Prepares a new comment.
    pub(crate) fn new(new: NewCommentRecord) -> Self {
        let body_json = row::encode_body(&new.body);
        let key_hash = row::encode_hash(&new.key_hash);
        Self { new, body_json, key_hash }
    }
}

/// The place that a new comment takes in its thread.
struct Slot {
    thread_id: String,
    position: i64,
    /// The revision that the comment makes.
    revision: i64,
    /// The thread's title so far.
    title: Option<String>,
    /// The thread's address so far.
    url: Option<String>,
}

/// The columns of a slot.
type SlotRow = (String, i64, i64, Option<String>, Option<String>);

impl From<SlotRow> for Slot {
    fn from((thread_id, position, revision, title, url): SlotRow) -> Self {
        Self { thread_id, position, revision, title, url }
    }
}

#[async_trait]
impl Write for InsertComment {
    type Outcome = Result<SubmitResult, SubmitError>;

    fn threads(&self) -> Vec<WrittenThread> {
        vec![WrittenThread::Named(self.new.thread.clone())]
    }

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Self::Outcome, StoreError> {
        if let Some(outcome) = self.existing(connection).await? {
            return Ok(outcome);
        }
        let id = self.new.id;
        let root = match self.new.parent {
            None => id,
            Some(parent) => match self.root_of(connection, parent).await? {
                None => return Ok(Err(SubmitError::ParentNotFound)),
                Some(root) => root,
            },
        };
        let gate = thread_gate::check(connection, &self.new).await?;
        if let Gate::Refused(refusal) = gate {
            return Ok(Err(refusal));
        }
        let Some(slot) = self.take_slot(connection).await? else {
            return Ok(Err(SubmitError::ThreadClosed));
        };
        self.insert(connection, &slot, root).await?;
        self.record(connection, &slot).await?;
        let of_site = (id, self.new.thread.site.as_str());
        search::index(connection, of_site, [&self.new.text, &self.new.author_name]).await?;
        if let Gate::Slow { pause_secs } = gate {
            thread_gate::remember(connection, &slot.thread_id, &self.new, pause_secs).await?;
        }
        if self.new.status == Status::Published {
            self.offer_names(connection, &slot).await?;
        }
        Ok(Ok(SubmitResult::Created(self.stored())))
    }
}

impl InsertComment {
    /// Reads the result of an earlier request with the same key.
    async fn existing(
        &self,
        connection: &mut AnyConnection,
    ) -> Result<Option<<Self as Write>::Outcome>, StoreError> {
        let sql =
            concat!("SELECT c.request_hash, ", comment_record!(), " FROM comments c WHERE c.key_hash = $1");
        let row = sql::query_as(sql).bind(&self.key_hash).fetch_optional(connection).await?;
        let Some((request_hash, record)): Option<(String, String)> = row else { return Ok(None) };
        // What an erased comment said is forgotten: the key alone tells that it was sent before.
        if !request_hash.is_empty() && request_hash != row::encode_hash(&self.new.request_hash) {
            return Ok(Some(Err(SubmitError::KeyReused)));
        }
        Ok(Some(Ok(SubmitResult::Existing(row::comment(&record)?))))
    }

    /// Reads the top-level comment above a published comment of this thread.
    async fn root_of(
        &self,
        connection: &mut AnyConnection,
        parent: CommentId,
    ) -> Result<Option<CommentId>, StoreError> {
        let sql = "SELECT c.root_id FROM comments c JOIN threads t ON t.id = c.thread_id \
                   WHERE c.id = $1 AND c.status = 'published' AND t.site = $2 AND t.page = $3";
        let thread = &self.new.thread;
        let select = sql::query_scalar(sql).bind(parent.to_string()).bind(&thread.site).bind(&thread.page);
        let root: Option<String> = select.fetch_optional(connection).await?;
        root.map(|root| row::id(&root)).transpose()
    }

    /// Takes the next position in the thread, which is opened if it is new; none if it is closed.
    async fn take_slot(&self, connection: &mut AnyConnection) -> Result<Option<Slot>, StoreError> {
        if let Some(slot) = self.take_slot_in_open_thread(connection).await? {
            return Ok(Some(slot));
        }
        if let Some(slot) = self.open_thread(connection).await? {
            return Ok(Some(slot));
        }
        // Another server may have opened it in between; else it is closed.
        self.take_slot_in_open_thread(connection).await
    }

    async fn take_slot_in_open_thread(
        &self,
        connection: &mut AnyConnection,
    ) -> Result<Option<Slot>, StoreError> {
        let sql = "UPDATE threads SET total = total + $1, last_position = last_position + 1, revision = revision + 1, active_at = $5, \
                   first_published_at = CASE WHEN $1 = 1 THEN COALESCE(first_published_at, $5) \
                   ELSE first_published_at END \
                   WHERE site = $2 AND page = $3 AND (first_published_at IS NULL OR first_published_at >= $4) \
                   RETURNING id, last_position, revision, title, url";
        let oldest = self.new.refuse_threads_opened_before.map_or(i64::MIN, |time| time.0);
        let query = sql::query_as(sql)
            .bind(total_of(self.new.status))
            .bind(&self.new.thread.site)
            .bind(&self.new.thread.page)
            .bind(oldest)
            .bind(self.new.created_at.0);
        let row: Option<SlotRow> = query.fetch_optional(connection).await?;
        Ok(row.map(Slot::from))
    }

    async fn open_thread(&self, connection: &mut AnyConnection) -> Result<Option<Slot>, StoreError> {
        let sql = "INSERT INTO threads (id, site, page, opened_at, total, last_position, revision, first_published_at, active_at) \
                   VALUES ($1, $2, $3, $4, $5, 1, 1, CASE WHEN $5 = 1 THEN $4 ELSE NULL END, $4) \
                   ON CONFLICT (site, page) DO NOTHING RETURNING id, last_position, revision, title, url";
        let new = &self.new;
        // A thread has the id of its first comment, and so needs no random bytes of its own.
        let query = sql::query_as(sql)
            .bind(new.id.to_string())
            .bind(&new.thread.site)
            .bind(&new.thread.page)
            .bind(new.created_at.0)
            .bind(total_of(new.status));
        let row: Option<SlotRow> = query.fetch_optional(connection).await?;
        Ok(row.map(Slot::from))
    }

    async fn insert(
        &self,
        connection: &mut AnyConnection,
        slot: &Slot,
        root: CommentId,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO comments (id, thread_id, position, parent_id, root_id, author_name, \
                   author_email, created_at, status, visible, text, body, key_hash, request_hash, \
                   edit_token_hash, changed_revision, shown_revision, text_revision, site, page_title, page_url, \
                   told_by_site, published_at, badge, detected, approved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
                   $10, $11, $12, $13, $14, $15, $16, $17, $16, $18, $19, $20, $21, $22, $23, $24, $25)";
        let new = &self.new;
        sql::query(sql)
            .bind(new.id.to_string())
            .bind(&slot.thread_id)
            .bind(slot.position)
            .bind(new.parent.map(|parent| parent.to_string()))
            .bind(root.to_string())
            .bind(&new.author_name)
            .bind(new.author_email.as_deref())
            .bind(new.created_at.0)
            .bind(new.status.as_str())
            .bind(total_of(new.status))
            .bind(&new.text)
            .bind(&self.body_json)
            .bind(&self.key_hash)
            .bind(row::encode_hash(&new.request_hash))
            .bind(row::encode_hash(&new.edit_token_hash))
            .bind(slot.revision)
            .bind(slot.revision * total_of(new.status))
            .bind(&new.thread.site)
            .bind(new.title.as_deref())
            .bind(new.url.as_deref())
            .bind(i64::from(new.metadata_source == MetadataSource::Site))
            .bind((new.status == Status::Published).then_some(new.created_at.0))
            .bind(new.badge.map(row::badge_word))
            .bind(row::encode_detected(&new.detected))
            .bind((new.by.kind == ActorKind::Staff).then_some(new.created_at.0))
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Begins the comment's part of the log.
    async fn record(&self, connection: &mut AnyConnection, slot: &Slot) -> Result<(), StoreError> {
        let new = &self.new;
        let rule = new.detected.last().copied();
        let ruled = DecidedBy::one(ActorKind::Rule);
        let decision = NewDecision {
            comment: new.id,
            site: &new.thread.site,
            text_revision: slot.revision,
            by: if rule.is_some() { &ruled } else { &new.by },
            at: new.created_at,
            act: Act::Submit,
            from: None,
            to: new.status,
            words: DecisionWords::none(),
            rule,
            undoes: None,
            last: None,
        };
        record_decision(connection, &decision).await?;
        Ok(())
    }

    /// Offers the thread the title and the address that came with the comment, where they may be new.
    async fn offer_names(&self, connection: &mut AnyConnection, slot: &Slot) -> Result<(), StoreError> {
        let new = &self.new;
        let (comment, metadata_source) = (new.id, new.metadata_source);
        let source = NameSource { comment, position: slot.position, metadata_source };
        for (name, current, value) in [(&TITLE, &slot.title, &new.title), (&URL, &slot.url, &new.url)] {
            let may_be_new =
                current.is_none() || (metadata_source == MetadataSource::Site && current != value);
            if let Some(value) = value.as_deref().filter(|_| may_be_new) {
                name.offer(connection, &slot.thread_id, value, &source).await?;
            }
        }
        Ok(())
    }

    fn stored(&self) -> StoredComment {
        StoredComment {
            id: self.new.id,
            parent: self.new.parent,
            author_name: self.new.author_name.clone(),
            badge: self.new.badge,
            created_at: self.new.created_at,
            edited_at: None,
            status: self.new.status,
            body: self.new.body.clone(),
            votes: dumka_api::Votes::default(),
            marks: Marks::default(),
        }
    }
}
