//! A reader's vote: its rules, and its effect on a comment's votes.

use dumka_api::{NewVote, ProblemKind, Votes};

use crate::invalid::Invalid;

/// A reader's vote on a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vote {
    /// For it.
    Up,
    /// Against it.
    Down,
    /// No vote, or a withdrawn one.
    None,
}

impl Vote {
    /// Returns the number for it on the wire and in the database.
    pub const fn value(self) -> i64 {
        match self {
            Self::Up => 1,
            Self::Down => -1,
            Self::None => 0,
        }
    }

    /// Reads the vote from its number.
    pub const fn from_value(value: i64) -> Option<Self> {
        match value {
            1 => Some(Self::Up),
            -1 => Some(Self::Down),
            0 => Some(Self::None),
            _ => None,
        }
    }
}

/// Checks a vote.
pub fn check(new: NewVote) -> Result<Vote, Invalid> {
    Vote::from_value(new.value).ok_or(Invalid::new(ProblemKind::ValueInvalid, "value"))
}

/// Counts the votes on a comment again after a reader's `old` vote became `new`.
pub fn recount(votes: Votes, old: Vote, new: Vote) -> Votes {
    let counted = |count: u32, side| {
        count.saturating_sub(u32::from(old == side)).saturating_add(u32::from(new == side))
    };
    Votes { up: counted(votes.up, Vote::Up), down: counted(votes.down, Vote::Down) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vote_is_one_of_three_numbers() {
        for vote in [Vote::Up, Vote::Down, Vote::None] {
            assert_eq!(check(NewVote { value: vote.value() }), Ok(vote));
        }
        for value in [2, -2, i64::MAX, i64::MIN] {
            let invalid = check(NewVote { value }).unwrap_err();
            assert_eq!((invalid.kind, invalid.field), (ProblemKind::ValueInvalid, "value"));
        }
    }

    #[test]
    fn changed_vote_leaves_one_side_for_the_other() {
        let votes = Votes { up: 3, down: 1 };
        let cases = [
            (Vote::None, Vote::Up, 4, 1),
            (Vote::Up, Vote::Down, 2, 2),
            (Vote::Down, Vote::None, 3, 0),
            (Vote::Up, Vote::Up, 3, 1),
        ];
        for (former, now, up, down) in cases {
            assert_eq!(recount(votes, former, now), Votes { up, down }, "{former:?} {now:?}");
        }
    }
}
