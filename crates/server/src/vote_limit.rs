//! How many readers of one address may judge one comment.
//!
//! A reader is known by a token that their browser makes up, so anybody can be many readers. Rates slow that
//! down; this ends it. What is counted lives in memory alone and is forgotten after a day.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::client_address::counted_as;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::token::TokenHash;
use crate::rate_limit::RateLimited;

/// How long a vote counts.
const DAY_SECS: u64 = 24 * 60 * 60;
/// Comments and addresses that are remembered, at most; beyond it the earliest are forgotten first.
const MOST: usize = 100_000;

/// A number of readers for each comment and address.
#[derive(Debug)]
pub struct VoteLimit {
    /// 0 is no limit.
    readers: usize,
    seen: Mutex<Seen>,
}

/// Who votes where.
#[derive(Debug, Clone, Copy)]
pub struct Voter {
    /// The client's address.
    pub address: IpAddr,
    /// The comment.
    pub comment: CommentId,
    /// The reader.
    pub reader: TokenHash,
}

type Booth = (IpAddr, CommentId);

#[derive(Debug, Default)]
struct Seen {
    booths: HashMap<Booth, Readers>,
    /// In the order of the first vote there.
    order: VecDeque<Booth>,
}

#[derive(Debug)]
struct Readers {
    until: UnixMillis,
    /// Beginnings of their hashes; that two are alike happens to nobody.
    hashes: Vec<[u8; 8]>,
}

impl VoteLimit {
    /// A limit of so many readers; 0 is none.
    pub fn readers(readers: u32) -> Self {
        Self { readers: readers as usize, seen: Mutex::default() }
    }

    /// Counts a reader who votes; one who was counted already may change their mind.
    pub fn count(&self, voter: &Voter, now: UnixMillis) -> Result<(), RateLimited> {
        if self.readers == 0 {
            return Ok(());
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.forget(now);
        seen.count(voter, now, self.readers)
    }
}

impl Seen {
    fn count(&mut self, voter: &Voter, now: UnixMillis, most: usize) -> Result<(), RateLimited> {
        let booth = (counted_as(voter.address), voter.comment);
        let (hash, _) = voter.reader.0.split_first_chunk().expect("a hash has 32 bytes");
        let readers = match self.booths.entry(booth) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                self.order.push_back(booth);
                entry.insert(Readers { until: now.plus_secs(DAY_SECS), hashes: Vec::new() })
            }
        };
        if readers.hashes.contains(hash) {
            return Ok(());
        }
        if readers.hashes.len() >= most {
            return Err(RateLimited { retry_after_secs: secs_between(now, readers.until) });
        }
        readers.hashes.push(*hash);
        Ok(())
    }

    fn forget(&mut self, now: UnixMillis) {
        while let Some(booth) = self.order.front() {
            let is_over = self.booths.get(booth).is_none_or(|readers| readers.until <= now);
            if !is_over && self.order.len() < MOST {
                return;
            }
            self.booths.remove(booth);
            self.order.pop_front();
        }
    }
}

fn secs_between(now: UnixMillis, until: UnixMillis) -> u64 {
    u64::try_from(until.0 - now.0).unwrap_or_default().div_ceil(1_000).max(1)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOON: UnixMillis = UnixMillis(1_777_627_800_000);

    fn voter(address: &str, comment: u128, reader: &str) -> Voter {
        let (address, comment) = (address.parse().unwrap(), CommentId(Uuid::from_u128(comment)));
        Voter { address, comment, reader: TokenHash::of(reader) }
    }

    #[test]
    fn address_has_so_many_readers_for_each_comment() {
        let limit = VoteLimit::readers(2);
        let count = |voter| limit.count(&voter, NOON);
        assert_eq!(count(voter("203.0.113.1", 1, "a")), Ok(()));
        assert_eq!(count(voter("203.0.113.1", 1, "b")), Ok(()));
        assert!(count(voter("203.0.113.1", 1, "c")).is_err());
        assert_eq!(count(voter("203.0.113.1", 1, "a")), Ok(()), "who voted before may change it");
        assert_eq!(count(voter("203.0.113.1", 2, "c")), Ok(()));
        assert_eq!(count(voter("203.0.113.2", 1, "c")), Ok(()));
    }

    #[test]
    fn ipv6_network_is_one_address() {
        let limit = VoteLimit::readers(1);
        assert_eq!(limit.count(&voter("2001:db8::1", 1, "a"), NOON), Ok(()));
        assert!(limit.count(&voter("2001:db8::2", 1, "b"), NOON).is_err());
        assert_eq!(limit.count(&voter("2001:db8:0:1::1", 1, "b"), NOON), Ok(()));
    }

    #[test]
    fn readers_are_forgotten_after_a_day() {
        let limit = VoteLimit::readers(1);
        assert_eq!(limit.count(&voter("203.0.113.1", 1, "a"), NOON), Ok(()));
        let later = NOON.plus_secs(DAY_SECS - 60);
        let refused = limit.count(&voter("203.0.113.1", 1, "b"), later);
        assert_eq!(refused, Err(RateLimited { retry_after_secs: 60 }));
        assert_eq!(limit.count(&voter("203.0.113.1", 1, "b"), NOON.plus_secs(DAY_SECS)), Ok(()));
    }

    #[test]
    fn zero_turns_the_limit_off() {
        let limit = VoteLimit::readers(0);
        let readers = (0..1_000).map(|reader| voter("203.0.113.1", 1, &reader.to_string()));
        assert!(readers.into_iter().all(|voter| limit.count(&voter, NOON).is_ok()));
    }

    #[test]
    fn memory_is_bounded_whoever_votes_where() {
        let limit = VoteLimit::readers(1);
        for comment in 0..MOST as u128 + 10 {
            assert_eq!(limit.count(&voter("203.0.113.1", comment, "a"), NOON), Ok(()));
        }
        let seen = limit.seen.lock().unwrap();
        assert_eq!((seen.booths.len(), seen.order.len()), (MOST, MOST));
    }
}
