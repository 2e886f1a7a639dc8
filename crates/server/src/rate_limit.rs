//! Limits on the requests of one address.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client_address::{is_public, rate_limit_key};
use crate::commands::Context;
use crate::config::{Limits, READS_PER_MINUTE};
use crate::domain::token::TokenHash;
use crate::storage::RequestRate;

/// The limits of a server, by the kind of request.
pub struct RateLimits {
    /// Reads.
    pub reads: RateLimit,
    /// Posts, edits, deletions and reports.
    pub posts: RateLimit,
    /// Votes.
    pub votes: RateLimit,
    /// Attempts to sign in to the newsroom, by address.
    pub sign_ins: RateLimit,
    /// Likewise by the name that is tried.
    pub sign_in_names: RateLimit,
}

impl RateLimits {
    /// Creates the limits of the settings. Those of what is written are counted together with the other servers on the
    /// database; reads are too many for that, and each server counts its own.
    pub fn new(limits: &Limits, context: &Context) -> Self {
        let reads = match limits.reads_per_minute {
            Some(reads) => RateLimit::per_minute(reads),
            None => RateLimit::per_minute_of_public(READS_PER_MINUTE),
        };
        let of_all_servers = |kind, requests| RateLimit::per_minute(requests).shared(kind, requests, context);
        let posts = of_all_servers("posts", limits.posts_per_minute);
        let votes = of_all_servers("votes", limits.votes_per_minute);
        let sign_ins = of_all_servers("sign-ins", limits.sign_ins_per_minute);
        let sign_in_names = of_all_servers("sign-in names", limits.sign_ins_per_minute);
        Self { reads, posts, votes, sign_ins, sign_in_names }
    }

    /// Forgets addresses that have not asked lately.
    pub async fn sweep(&self) {
        self.reads.sweep();
        self.posts.sweep();
        self.votes.sweep();
        self.sign_ins.sweep();
        self.sign_in_names.sweep();
        if let Some(SharedRate { context, .. }) = &self.posts.shared
            && let Err(error) = context.store.forget_requests(context.clock.now()).await
        {
            tracing::warn!(%error, "addresses that have not asked lately are kept");
        }
    }
}

/// A number of requests a minute for each address; the whole minute's may come at once.
pub struct RateLimit {
    /// Absent where the limit is off.
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    counted: Counted,
    clock: DefaultClock,
    /// Present where other servers count the same requests.
    shared: Option<SharedRate>,
}

/// A rate that several servers count together, in the database that they share.
struct SharedRate {
    kind: &'static str,
    per_minute: u32,
    context: Context,
}

/// The clients whose requests are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Everybody,
    /// Public addresses alone: another may be a proxy's that nobody has told of, and all readers' behind it.
    Public,
}

/// Too many requests: after this many seconds the next one is taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many requests; the next one is taken in {retry_after_secs} s")]
pub struct RateLimited {
    /// Seconds to wait, at least 1.
    pub retry_after_secs: u64,
}

impl RateLimit {
    /// A limit of so many requests a minute; 0 is none.
    pub fn per_minute(requests: u32) -> Self {
        Self::new(requests, Counted::Everybody)
    }

    /// The same for public addresses alone.
    pub fn per_minute_of_public(requests: u32) -> Self {
        Self::new(requests, Counted::Public)
    }

    fn new(requests: u32, counted: Counted) -> Self {
        let limiter =
            NonZeroU32::new(requests).map(|requests| RateLimiter::keyed(Quota::per_minute(requests)));
        Self { limiter, counted, clock: DefaultClock::default(), shared: None }
    }

    /// The same, counted together with the other servers on the database, where there may be some.
    fn shared(self, kind: &'static str, per_minute: u32, context: &Context) -> Self {
        let is_counted = self.limiter.is_some() && context.store.may_be_shared();
        let shared = is_counted.then(|| SharedRate { kind, per_minute, context: context.clone() });
        Self { shared, ..self }
    }

    /// Tells whether other servers count the same requests.
    pub fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// Counts a request of `address` on every server.
    pub async fn count_everywhere(&self, address: IpAddr) -> Result<(), RateLimited> {
        self.count(address)?;
        match &self.shared {
            Some(shared) => shared.count(address).await,
            None => Ok(()),
        }
    }

    /// Counts a request about `name` on every server, as one of the address that stands for it.
    pub async fn count_name_everywhere(&self, name: &str) -> Result<(), RateLimited> {
        self.count_everywhere(address_of_name(name)).await
    }

    /// Counts a request of `address` on this server.
    pub fn count(&self, address: IpAddr) -> Result<(), RateLimited> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.counted == Counted::Public && !is_public(address) {
            return Ok(());
        }
        limiter.check_key(&rate_limit_key(address)).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            RateLimited { retry_after_secs: wait.as_secs() + 1 }
        })
    }

    /// Forgets addresses that have not asked lately, so that memory stays bounded.
    pub fn sweep(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// Returns the address that stands for a name in counts: a network of IPv6 by the hash of the name.
fn address_of_name(name: &str) -> IpAddr {
    let TokenHash(hash) = TokenHash::of(name);
    let mut address = [0; 16];
    // Unique local addresses (RFC 4193) are no other kind's, whatever follows.
    address[0] = 0xFD;
    address[1..8].copy_from_slice(&hash[..7]);
    IpAddr::from(address)
}

impl SharedRate {
    /// Counts a request. Where the database does not answer, this server's own count is what there is.
    async fn count(&self, address: IpAddr) -> Result<(), RateLimited> {
        let Self { kind, per_minute, context } = self;
        let (key, now) = (context.request_key(kind, address), context.clock.now());
        let taken_at = context.store.count_request(&RequestRate { key, per_minute: *per_minute }, now).await;
        let taken_at = taken_at.unwrap_or_else(|error| {
            tracing::warn!(%error, "requests are counted on this server alone");
            None
        });
        let Some(taken_at) = taken_at else { return Ok(()) };
        let wait = u64::try_from(taken_at.0 - now.0).unwrap_or_default();
        Err(RateLimited { retry_after_secs: wait.div_ceil(1_000).max(1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_limit_is_told_when_to_come_back() {
        let limit = RateLimit::per_minute(2);
        let address = IpAddr::from([203, 0, 113, 1]);
        assert_eq!(limit.count(address), Ok(()));
        assert_eq!(limit.count(address), Ok(()));
        let RateLimited { retry_after_secs } = limit.count(address).unwrap_err();
        assert!((1..=31).contains(&retry_after_secs), "{retry_after_secs}");
        assert_eq!(limit.count(IpAddr::from([203, 0, 113, 2])), Ok(()));
    }

    #[test]
    fn limit_of_public_addresses_spares_proxies_that_nobody_has_told_of() {
        let limit = RateLimit::per_minute_of_public(1);
        for near in [[127, 0, 0, 1], [10, 0, 0, 1], [172, 17, 0, 1]] {
            assert!((0..9).all(|_| limit.count(IpAddr::from(near)).is_ok()), "{near:?}");
        }
        let far = IpAddr::from([203, 0, 113, 1]);
        assert!(limit.count(far).is_ok() && limit.count(far).is_err());
    }

    #[test]
    fn names_are_counted_each_by_itself() {
        let (olha, bohdan) = (address_of_name("olha"), address_of_name("bohdan"));
        assert_ne!(rate_limit_key(olha), rate_limit_key(bohdan));
        let limit = RateLimit::per_minute(1);
        assert!(limit.count(olha).is_ok() && limit.count(bohdan).is_ok() && limit.count(olha).is_err());
    }

    #[test]
    fn zero_turns_the_limit_off() {
        let limit = RateLimit::per_minute(0);
        assert!((0..1000).all(|_| limit.count(IpAddr::from([203, 0, 113, 1])).is_ok()));
    }
}
