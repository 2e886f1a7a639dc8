//! One comment, and what its author and its readers do with it.

use dumka_api::Body;

use crate::domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use crate::domain::edit::EditBase;
use crate::domain::thread::ThreadKey;
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;

/// A comment of any status, with what decides who may see and change it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownComment {
    /// The thread.
    pub thread: ThreadKey,
    /// The comment.
    pub comment: StoredComment,
    /// Whether it stands in its thread for everybody to find: as a comment or as a tombstone.
    pub stands: bool,
    /// The text as written; empty where its author took it back.
    pub text: String,
    /// The token of its author.
    pub edit_token_hash: TokenHash,
}

/// Another text for a comment, checked and ready to be kept.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The comment.
    pub id: CommentId,
    /// The text as written.
    pub text: String,
    /// The text parsed.
    pub body: Body,
    /// What it may replace.
    pub base: EditBase,
    /// What moderation makes of it, unless the comment is pending already.
    pub status: Status,
    /// When it was accepted.
    pub edited_at: UnixMillis,
}

/// What a moderator calls a thread, and where they say that its page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The title.
    pub title: Correction,
    /// The address.
    pub url: Correction,
}

/// What a moderator says of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// Nothing.
    Keep,
    /// This, whatever comments bring from now on.
    Say(String),
    /// What comments bring.
    LeaveToComments,
}

/// A reader's vote, ready to be kept.
#[derive(Debug, Clone)]
pub struct Ballot {
    /// The comment.
    pub comment: CommentId,
    /// The reader.
    pub reader: TokenHash,
    /// What they think of it.
    pub vote: Vote,
    /// When it was accepted.
    pub voted_at: UnixMillis,
    /// What readers of one address have in common.
    pub address_hash: [u8; 32],
    /// How many readers of one address may vote on the comment in a day; 0 is unlimited.
    pub readers_per_address: u32,
}
