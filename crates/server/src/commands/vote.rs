//! Taking a reader's vote.

use dumka_api::Voted;

use super::Context;
use crate::domain::comment::CommentId;
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;
use crate::storage::{Ballot, VoteError};

/// Keeps a reader's vote in the place of their former one. `Ok` means it is on disk.
pub async fn vote(
    context: &Context,
    comment: CommentId,
    reader: TokenHash,
    vote: Vote,
) -> Result<Voted, VoteError> {
    let ballot = Ballot { comment, reader, vote, voted_at: context.clock.now() };
    let votes = context.store.vote(ballot).await?;
    Ok(Voted { votes, value: vote.value() })
}
