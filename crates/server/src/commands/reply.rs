//! Answers a comment for a member of staff, with the badge of their role.

use dumka_api::newsroom::StaffRole;
use dumka_api::{Badge, ProblemKind};
use sha2::{Digest, Sha256};

use super::keyed_hash::edit_token;
use super::{Actor, Context, Refused};
use crate::domain::comment::{CommentId, Status};
use crate::domain::staff::Right;
use crate::domain::submission::{Invalid, check_text};
use crate::domain::thread::MetadataSource;
use crate::storage::{NewCommentRecord, StoreError, SubmitError, SubmitResult};

/// The reason that an answer was not stored.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The text breaks a rule, or the comment is not published.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The store refused it or failed.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers a published comment, and returns the answer's id. `Ok` means it is on disk. Neither the age nor the state of the
/// thread stands in the way, and no phase of moderation.
pub async fn reply(
    context: &Context,
    actor: &Actor<'_>,
    (parent, text): (CommentId, &str),
    key: Option<&str>,
) -> Result<CommentId, ReplyError> {
    let record = context.store.comment(parent).await?.ok_or(Refused::NotFound)?;
    let site = &record.thread.site;
    actor.require(Right::Read, site)?;
    actor.require(Right::Reply, site)?;
    let Actor::Staff(principal) = actor else { return Err(Refused::NotAllowed.into()) };
    if record.comment.status != Status::Published {
        return Err(Invalid { kind: ProblemKind::ParentNotFound, field: "parent", limit: None }.into());
    }
    let text = check_text(text)?;
    let request_hash: [u8; 32] = Sha256::digest(format!("{parent}\n{text}")).into();
    // Each person has keys of their own.
    let key = match key {
        Some(key) => format!("{}\n{key}", principal.id),
        None => format!("{}\n{parent}\n{text}", principal.id),
    };
    let now = context.clock.now();
    let id = context.new_id(now);
    let token = edit_token(&context.secret, id, &key);
    let new = NewCommentRecord {
        title: None,
        url: None,
        metadata_source: MetadataSource::Unverified,
        id,
        parent: Some(parent),
        author_name: principal.name.clone(),
        author_email: None,
        body: dumka_markup::parse(&text),
        text,
        badge: principal.role_on(site).map(badge),
        by: actor.decided_by(),
        status: Status::Published,
        detected: Vec::new(),
        created_at: now,
        key_hash: Sha256::digest(&key).into(),
        request_hash,
        edit_token_hash: Sha256::digest(token).into(),
        author_hash: Sha256::digest(&principal.id).into(),
        refuse_threads_opened_before: None,
        thread: record.thread,
    };
    match context.store.submit(new).await? {
        SubmitResult::Created(comment) | SubmitResult::Existing(comment) => Ok(comment.id),
    }
}

/// Returns the badge of a role.
fn badge(role: StaffRole) -> Badge {
    match role {
        StaffRole::Owner | StaffRole::Moderator => Badge::Moderator,
        StaffRole::Author | StaffRole::Observer => Badge::Staff,
    }
}
