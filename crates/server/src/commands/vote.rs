//! Stores a reader's vote.

use dumka_api::Voted;

use super::keyed_hash::address_hash;
use super::{Actor, Context};
use crate::domain::comment::CommentId;
use crate::domain::vote::Vote;
use crate::storage::{StoreError, VoteError, VoteInput};

/// A vote on a comment.
#[derive(Debug, Clone, Copy)]
pub struct CastVote {
    /// The comment.
    pub comment: CommentId,
    /// The vote.
    pub vote: Vote,
    /// Readers of one address who may vote on the comment in a day; 0 is unlimited. Readers' tokens are made up by their
    /// browsers, so that anybody can be many readers: this bounds them.
    pub votes_per_address: u32,
}

/// The reason that a vote was not stored.
#[derive(Debug, thiserror::Error)]
pub enum CastVoteError {
    /// The actor has no reader token.
    #[error("the actor cannot vote")]
    NotAReader,
    /// The comment is not there, or not published.
    #[error("the comment is not there")]
    NotFound,
    /// Too many readers of the address have voted on the comment.
    #[error("too many readers of the address have voted")]
    TooManyReaders {
        /// Seconds until one more may.
        retry_after_secs: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Stores a vote in the place of the reader's former one. `Ok` means it is on disk.
pub async fn vote(context: &Context, actor: &Actor<'_>, cast: CastVote) -> Result<Voted, CastVoteError> {
    let CastVote { comment, vote, votes_per_address } = cast;
    let reader = actor.voter().ok_or(CastVoteError::NotAReader)?;
    let address_hash = address_hash(&context.secret, "vote", comment, actor.address());
    let voted_at = context.clock.now();
    let input = VoteInput { comment, reader, vote, voted_at, address_hash, votes_per_address };
    match context.store.vote(input).await {
        Ok(votes) => Ok(Voted { votes, value: vote.value() }),
        Err(VoteError::NotThere) => Err(CastVoteError::NotFound),
        Err(VoteError::TooManyReaders { until }) => {
            let retry_after_secs = context.clock.now().secs_until(until);
            Err(CastVoteError::TooManyReaders { retry_after_secs })
        }
        Err(VoteError::Store(error)) => Err(error.into()),
    }
}
