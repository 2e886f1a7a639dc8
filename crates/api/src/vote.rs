//! A reader's vote on a comment.

use serde::{Deserialize, Serialize};

use crate::Votes;

/// The body of a `PUT` of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewVote {
    /// 1 for the comment, -1 against it, 0 to withdraw.
    #[cfg_attr(feature = "openapi", schema(minimum = -1, maximum = 1))]
    pub value: i64,
}

/// The answer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Voted {
    /// The votes of all readers now.
    pub votes: Votes,
    /// The vote of this reader.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = -1, maximum = 1))]
    pub value: i64,
}
