//! One comment: as it is submitted, edited and found again.

use dumka_api::{Badge, Body};
use dumka_domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_domain::thread::{MetadataSource, ThreadKey};
use dumka_domain::token::TokenHash;

use crate::decision::DecidedBy;

/// A new comment, checked and ready to be stored.
#[derive(Debug, Clone)]
pub struct NewCommentRecord {
    /// The thread, which is created with its first comment.
    pub thread: ThreadKey,
    /// The page's title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The source of both.
    pub metadata_source: MetadataSource,
    /// The id it gets.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The name shown.
    pub author_name: String,
    /// An address for notices.
    pub author_email: Option<String>,
    /// The text as written.
    pub text: String,
    /// The text parsed.
    pub body: Body,
    /// The site's mark beside the name.
    pub badge: Option<Badge>,
    /// The sender: its author, or a member of staff.
    pub by: DecidedBy,
    /// `Published` or `Pending`.
    pub status: Status,
    /// The names of the phases of moderation that spoke.
    pub detected: Vec<&'static str>,
    /// The time at which it was accepted.
    pub created_at: UnixMillis,
    /// SHA-256 of the `Idempotency-Key`.
    pub key_hash: [u8; 32],
    /// SHA-256 of the request, which tells a retry from another request under the same key.
    pub request_hash: [u8; 32],
    /// SHA-256 of the edit token.
    pub edit_token_hash: [u8; 32],
    /// A hash of what its author is known by in this thread, where the thread is slow.
    pub author_hash: [u8; 32],
    /// A thread whose first published comment came before this time takes no more comments.
    pub refuse_threads_opened_before: Option<UnixMillis>,
}

/// A submitted comment that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub enum SubmitResult {
    /// It was stored now.
    Created(StoredComment),
    /// The same request was stored before: the comment in its present state.
    Existing(StoredComment),
}

/// The presence of a comment in the lists of its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Readers find it, as a comment or as a tombstone.
    Visible,
    /// Readers do not find it.
    Hidden,
}

impl Visibility {
    /// Reads the column `visible`.
    pub(crate) fn from_column(visible: i64) -> Self {
        if visible == 1 { Self::Visible } else { Self::Hidden }
    }
}

/// A comment of any status, with the fields that decide who may see and change it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentRecord {
    /// The thread.
    pub thread: ThreadKey,
    /// The comment.
    pub comment: StoredComment,
    /// Its presence in the lists of the thread.
    pub visibility: Visibility,
    /// The text as written; empty where its author deleted it.
    pub text: String,
    /// The token of its author.
    pub edit_token_hash: TokenHash,
}

/// A new text for a comment, checked and ready to be stored.
#[derive(Debug, Clone)]
pub struct EditInput {
    /// The comment.
    pub id: CommentId,
    /// The text as written.
    pub text: String,
    /// The text parsed.
    pub body: Body,
    /// The text that it may replace.
    pub base: EditBase,
    /// The status after the edit; a pending comment stays pending.
    pub status: Status,
    /// The names of the phases of moderation that spoke.
    pub detected: Vec<&'static str>,
    /// The time at which it was accepted.
    pub edited_at: UnixMillis,
}

/// A question for the newest comments of a site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LatestQuery {
    /// The site's id.
    pub site: String,
    /// The largest number of comments.
    pub limit: u32,
}

/// One of the newest comments of a site, with the page it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct LatestCommentRecord {
    /// The page's id within the site.
    pub page: String,
    /// The thread's title.
    pub title: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The comment.
    pub comment: StoredComment,
}
