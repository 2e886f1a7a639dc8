//! Votes and reports of readers.

use dumka_api::ReportReason;
use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use uuid::Uuid;

/// A reader's vote, ready to be stored.
#[derive(Debug, Clone)]
pub struct VoteInput {
    /// The comment.
    pub comment: CommentId,
    /// The reader.
    pub reader: TokenHash,
    /// The vote.
    pub vote: Vote,
    /// The time at which it was accepted.
    pub voted_at: UnixMillis,
    /// A hash that the readers of one address share.
    pub address_hash: [u8; 32],
    /// The number of readers of one address who may vote on the comment in a day; 0 is unlimited.
    pub votes_per_address: u32,
}

/// A reader's report, checked and ready to be stored.
#[derive(Debug, Clone)]
pub struct ReportInput {
    /// The id it gets.
    pub id: Uuid,
    /// The comment.
    pub comment: CommentId,
    /// The reader's token.
    pub reader_hash: TokenHash,
    /// A hash that the readers of one address share.
    pub address_hash: [u8; 32],
    /// The reason.
    pub reason: ReportReason,
    /// The reader's own words.
    pub note: Option<String>,
    /// The time at which it came.
    pub created_at: UnixMillis,
    /// The number of addresses whose reports hold the comment for a moderator; 0 is never.
    pub to_hold: u32,
}
