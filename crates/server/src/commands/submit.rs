//! Accepts a new comment: checks, parses, moderates and stores it.

use dumka_api::{NewComment, Submitted};
use sha2::{Digest, Sha256};

use super::keyed_hash::{edit_token, form_author, form_key, slow_author};
use super::{Actor, Context};
use crate::domain::comment::{StoredComment, UnixMillis};
use crate::domain::site_policy::SitePolicy;
use crate::domain::submission::{self, Invalid, check_thread};
use crate::domain::thread::ThreadKey;
use crate::moderation::{Candidate, Moderated, moderate};
use crate::storage::{NewCommentRecord, StoreError, SubmitError, SubmitResult};

/// A new comment on its way to a thread.
#[derive(Debug)]
pub struct Post<'a> {
    thread: ThreadKey,
    comment: &'a NewComment,
    key: Option<&'a str>,
}

/// A stored comment, as its author gets to see it.
#[derive(Debug)]
pub enum Posted {
    /// It was stored now.
    New(Submitted),
    /// The same post had been stored before.
    Repeated(Submitted),
}

/// The reason that a new comment was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// It breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The thread is slow, and the author's last comment too recent.
    #[error("the author's last comment in the slow thread is too recent")]
    TooSoon {
        /// Seconds after which the author may write again.
        retry_after_secs: u64,
    },
    /// The store refused it or failed.
    #[error(transparent)]
    Store(#[from] SubmitError),
}

impl SubmissionError {
    /// The refusal of a comment that came at `now`.
    fn of(error: SubmitError, now: UnixMillis) -> Self {
        match error {
            SubmitError::ThreadSlow { until } => Self::TooSoon { retry_after_secs: now.secs_until(until) },
            error => Self::Store(error),
        }
    }
}

impl<'a> Post<'a> {
    /// Finds the thread of a new comment, whose fields are checked when it is submitted.
    pub fn new(comment: &'a NewComment) -> Result<Self, Invalid> {
        Ok(Self { thread: check_thread(&comment.site, &comment.page)?, comment, key: None })
    }

    /// Makes the post repeatable under an `Idempotency-Key`. Without one, the same words of the same author from the
    /// same address are the same post.
    #[must_use]
    pub fn with_key(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Returns the site of the thread.
    pub fn site(&self) -> &str {
        &self.thread.site
    }
}

impl Posted {
    /// Returns the comment, whenever it was stored.
    pub fn into_submitted(self) -> Submitted {
        match self {
            Self::New(submitted) | Self::Repeated(submitted) => submitted,
        }
    }
}

/// Submits a post. `Ok` means it is on disk.
///
/// The same post again gives the same answer, edit token included; `server_time` alone is the present one.
pub async fn submit(
    context: &Context,
    policy: &SitePolicy,
    actor: &Actor<'_>,
    post: Post<'_>,
) -> Result<Posted, SubmissionError> {
    let Post { thread, comment, key } = post;
    let request_hash = request_hash(&thread, comment);
    let key =
        key.map_or_else(|| form_key(&context.secret, &request_hash, actor.address()), ToOwned::to_owned);
    let author = match actor {
        Actor::FormGuest { reader: Some(reader), .. } => form_author(reader),
        _ => key.clone(),
    };
    let checked = submission::check(thread, comment)?;
    let now = context.clock.now();
    let id = context.new_id(now);
    let Moderated { status, detected } =
        moderated(context, policy, &checked.thread).await.map_err(SubmitError::from)?;
    let author_hash = slow_author(&context.secret, &checked.thread, actor.address());
    let result = context.store.submit(NewCommentRecord {
        thread: checked.thread,
        title: checked.title,
        // An address elsewhere is no article's, whoever names it.
        url: checked.url.filter(|url| policy.is_own_page(url)),
        metadata_source: policy.metadata_source,
        id,
        parent: checked.parent,
        author_name: checked.author_name,
        author_email: checked.author_email,
        body: dumka_markup::parse(&checked.text),
        text: checked.text,
        badge: None,
        by: actor.decided_by(),
        status,
        detected,
        created_at: now,
        key_hash: Sha256::digest(&key).into(),
        request_hash,
        edit_token_hash: Sha256::digest(edit_token(&context.secret, id, &author)).into(),
        author_hash,
        refuse_threads_opened_before: policy.opening_cutoff(now),
    });
    let submitted = |comment: StoredComment| Submitted {
        edit_token: Some(edit_token(&context.secret, comment.id, &author).into()),
        edit_until: Some(policy.edit_until(comment.created_at).into()),
        server_time: Some(now.into()),
        comment: comment.for_author(),
    };
    Ok(match result.await.map_err(|error| SubmissionError::of(error, now))? {
        SubmitResult::Created(comment) => Posted::New(submitted(comment)),
        SubmitResult::Existing(comment) => Posted::Repeated(submitted(comment)),
    })
}

/// Moderates a new text in a thread, as that is at present.
pub(super) async fn moderated(
    context: &Context,
    policy: &SitePolicy,
    thread: &ThreadKey,
) -> Result<Moderated, StoreError> {
    let thread = context.store.thread(thread).await?.unwrap_or_default();
    let mode = thread.settings.at(context.clock.now()).mode;
    Ok(moderate(&Candidate { policy, mode }))
}

/// Hashes a post, to tell a retry from another post under the same key. The thread has one form, however it was spelled.
fn request_hash(thread: &ThreadKey, new: &NewComment) -> [u8; 32] {
    let new = NewComment { site: thread.site.clone(), page: thread.page.clone(), ..new.clone() };
    Sha256::digest(serde_json::to_vec(&new).expect("strings always become JSON")).into()
}

#[cfg(test)]
#[path = "submit_tests.rs"]
mod tests;
