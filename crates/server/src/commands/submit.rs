//! Accepting a new comment.

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use dumka_api::{NewComment, Submitted};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::Context;
use crate::client_address::counted_as;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::site_policy::SitePolicy;
use crate::domain::submission::{self, Invalid};
use crate::domain::token::TokenHash;
use crate::moderation::{Candidate, moderate};
use crate::storage::{NewCommentRecord, SubmitError, SubmitResult};

/// Why a new comment was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SubmitFailure {
    /// It breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The store refused it or failed.
    #[error(transparent)]
    Store(#[from] SubmitError),
}

/// Checks, parses, moderates and keeps a new comment. `Ok` means it is on disk.
///
/// The same `key` with the same comment gives the same answer again, edit token included; the time alone is
/// the present one.
pub async fn submit(
    context: &Context,
    policy: &SitePolicy,
    new: &NewComment,
    key: &str,
) -> Result<Submitted, SubmitFailure> {
    Ok(keep(context, policy, new, (key, key)).await?.0)
}

/// The same for a form that was sent without a key, as browsers send it where no script runs: the same words of the
/// same writer from the same address are the same comment, however often the button was pressed. It belongs to the
/// reader who sent it first. Tells whether that was now.
pub async fn submit_form(
    context: &Context,
    policy: &SitePolicy,
    new: &NewComment,
    (address, reader): (IpAddr, &str),
) -> Result<(Submitted, bool), SubmitFailure> {
    keep(context, policy, new, (&form_key(context, new, address), &form_author(reader))).await
}

/// Keeps a comment under `key`, and for the author whom its edit token shall be derived from.
async fn keep(
    context: &Context,
    policy: &SitePolicy,
    new: &NewComment,
    (key, author): (&str, &str),
) -> Result<(Submitted, bool), SubmitFailure> {
    let request_hash = hash_request(new);
    let draft = submission::check(new)?;
    let now = context.clock.now();
    let id = new_id(context, now);
    let accepted = context.store.submit(NewCommentRecord {
        thread: draft.thread,
        title: draft.title,
        // An address elsewhere is no article's, whoever names it.
        url: draft.url.filter(|url| policy.is_own_page(url)),
        metadata_source: policy.metadata_source,
        id,
        parent: draft.parent,
        author_name: draft.author_name,
        author_email: draft.author_email,
        body: dumka_markup::parse(&draft.text),
        text: draft.text,
        status: moderate(&Candidate { policy }),
        created_at: now,
        key_hash: Sha256::digest(key).into(),
        request_hash,
        edit_token_hash: Sha256::digest(edit_token(&context.secret, id, author)).into(),
        refuse_threads_opened_before: policy.opening_cutoff(now),
    });
    let (comment, is_new) = match accepted.await? {
        SubmitResult::Created(comment) => (comment, true),
        SubmitResult::Existing(comment) => (comment, false),
    };
    let submitted = Submitted {
        edit_token: Some(edit_token(&context.secret, comment.id, author).into()),
        edit_until: Some(policy.edit_until(comment.created_at).into()),
        server_time: Some(now.into()),
        comment: comment.for_author(),
    };
    Ok((submitted, is_new))
}

/// The token that edits the comment with this id, where `reader` sent it by a form.
pub fn form_edit_token(context: &Context, id: CommentId, reader: &str) -> TokenHash {
    TokenHash::of(&edit_token(&context.secret, id, &form_author(reader)))
}

/// What stands for a reader where a key would stand otherwise, and can be none: keys have no line's end. Whoever
/// learns a key has no right to what was sent under it.
fn form_author(reader: &str) -> String {
    ["form\n", reader].concat()
}

/// The key of a form, which has none of its own.
fn form_key(context: &Context, new: &NewComment, address: IpAddr) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&context.secret).expect("HMAC takes keys of every length");
    mac.update(b"form");
    mac.update(counted_as(address).to_string().as_bytes());
    mac.update(&hash_request(new));
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Whoever reports by such a form: one reader for each address, since nothing else tells them apart.
pub fn form_reader(context: &Context, address: IpAddr) -> TokenHash {
    let mut mac = Hmac::<Sha256>::new_from_slice(&context.secret).expect("HMAC takes keys of every length");
    mac.update(b"form reader");
    mac.update(counted_as(address).to_string().as_bytes());
    TokenHash(mac.finalize().into_bytes().into())
}

fn new_id(context: &Context, now: UnixMillis) -> CommentId {
    let mut chance = [0; 10];
    context.entropy.fill(&mut chance);
    CommentId::new(now, chance)
}

/// Tells a retry from another request under the same key.
fn hash_request(new: &NewComment) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(new).expect("strings always become JSON")).into()
}

/// The edit token of a comment: derived, so that a retry gets the same one though only its hash is kept.
fn edit_token(secret: &[u8; 32], id: CommentId, author: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of every length");
    mac.update(id.0.as_bytes());
    mac.update(author.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
#[path = "submit_tests.rs"]
mod tests;
