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
use super::thread_slot::{Slot, take_slot};
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
        let (slot, gate) = match take_slot(connection, &self.new).await? {
            Ok(passed) => passed,
            Err(refusal) => return Ok(Err(refusal)),
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
