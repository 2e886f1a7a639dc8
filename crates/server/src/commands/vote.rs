//! Taking a reader's vote.

use std::net::IpAddr;

use dumka_api::Voted;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Context;
use crate::client_address::counted_as;
use crate::domain::comment::CommentId;
use crate::domain::token::TokenHash;
use crate::domain::vote::Vote;
use crate::storage::{VoteError, VoteInput};

/// A reader who votes. They are known by a token that their browser makes up, so anybody can be many readers; how many
/// of one address may vote on a comment in a day is what ends that.
#[derive(Debug, Clone, Copy)]
pub struct Voter {
    /// The token that the reader's browser is known by.
    pub reader: TokenHash,
    /// Where the vote comes from.
    pub address: IpAddr,
    /// How many readers of the address may vote on the comment in a day; 0 is unlimited.
    pub readers_per_address: u32,
}

/// Keeps a reader's vote in the place of their former one. `Ok` means it is on disk.
pub async fn vote(
    context: &Context,
    comment: CommentId,
    Voter { reader, address, readers_per_address }: Voter,
    vote: Vote,
) -> Result<Voted, VoteError> {
    let address_hash = address_hash(context, comment, address);
    let voted_at = context.clock.now();
    let ballot = VoteInput { comment, reader, vote, voted_at, address_hash, readers_per_address };
    let votes = context.store.vote(ballot).await?;
    Ok(Voted { votes, value: vote.value() })
}

/// Tells whether two votes on one comment come from one address, and nothing else.
fn address_hash(context: &Context, comment: CommentId, address: IpAddr) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&context.secret).expect("HMAC takes keys of every length");
    mac.update(b"vote");
    mac.update(comment.0.as_bytes());
    mac.update(counted_as(address).to_string().as_bytes());
    mac.finalize().into_bytes().into()
}
