//! How often one address may ask.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client_address::counted_as;

/// A number of requests a minute for each address; the whole minute's may come at once.
#[derive(Debug)]
pub struct RateLimit {
    /// Absent where the limit is off.
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
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
        let limiter =
            NonZeroU32::new(requests).map(|requests| RateLimiter::keyed(Quota::per_minute(requests)));
        Self { limiter, clock: DefaultClock::default() }
    }

    /// Counts a request of `address`.
    pub fn count(&self, address: IpAddr) -> Result<(), RateLimited> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        limiter.check_key(&counted_as(address)).map_err(|not_until| {
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
    fn zero_turns_the_limit_off() {
        let limit = RateLimit::per_minute(0);
        assert!((0..1000).all(|_| limit.count(IpAddr::from([203, 0, 113, 1])).is_ok()));
    }
}
