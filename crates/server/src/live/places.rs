//! How many streams are open, in all and to one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use prometheus_client::metrics::gauge::Gauge;

use crate::client_address::rate_limit_key;
use crate::config::Limits;

/// Places for streams.
pub(super) struct Places {
    in_all: u32,
    /// 0 is no limit.
    per_address: u32,
    taken: Mutex<Taken>,
    open: Gauge,
}

#[derive(Default)]
struct Taken {
    in_all: u32,
    by_address: HashMap<IpAddr, u32>,
}

/// Every place that a client may have is taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many streams are open")]
pub struct TooManyStreams;

/// A place that is taken, and given back when it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Places {
    /// As many places as the limits say; `open` counts those that are taken.
    pub(super) fn new(limits: &Limits, open: Gauge) -> Self {
        let (in_all, per_address) = (limits.streams, limits.streams_per_address);
        Self { in_all, per_address, taken: Mutex::default(), open }
    }

    /// Whether there are any.
    pub(super) fn are_there(&self) -> bool {
        self.in_all > 0
    }

    /// Takes a place for a client.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Result<Place, TooManyStreams> {
        let address = rate_limit_key(address);
        let mut taken = self.taken();
        let of_address = taken.by_address.get(&address).copied().unwrap_or_default();
        let is_last = self.per_address > 0 && of_address >= self.per_address;
        if is_last || taken.in_all >= self.in_all {
            return Err(TooManyStreams);
        }
        taken.in_all += 1;
        taken.by_address.insert(address, of_address + 1);
        self.open.inc();
        Ok(Place { places: Arc::clone(self), address })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().expect("nobody panics with the lock")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.in_all -= 1;
        if let Some(of_address) = taken.by_address.get_mut(&self.address) {
            *of_address -= 1;
            if *of_address == 0 {
                taken.by_address.remove(&self.address);
            }
        }
        self.places.open.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(streams: u32, streams_per_address: u32) -> Arc<Places> {
        let limits = Limits { streams, streams_per_address, ..Limits::default() };
        Arc::new(Places::new(&limits, Gauge::default()))
    }

    fn take(places: &Arc<Places>, address: &str) -> Result<Place, TooManyStreams> {
        places.take(address.parse().unwrap())
    }

    #[test]
    fn place_is_given_back() {
        let places = places(2, 0);
        let (first, second) = (take(&places, "203.0.113.1"), take(&places, "203.0.113.1"));
        assert_eq!((take(&places, "203.0.113.2").err(), places.open.get()), (Some(TooManyStreams), 2));
        drop(first);
        assert!(take(&places, "203.0.113.2").is_ok());
        drop(second);
        assert_eq!((places.open.get(), places.taken().by_address.len()), (0, 0));
    }

    #[test]
    fn one_address_has_its_share() {
        let places = places(100, 1);
        let first = take(&places, "2001:db8::1");
        assert!(first.is_ok() && take(&places, "2001:db8::2").is_err());
        assert!(take(&places, "2001:db8:0:1::1").is_ok());
    }

    #[test]
    fn zero_streams_are_none() {
        assert!(!places(0, 0).are_there() && take(&places(0, 0), "203.0.113.1").is_err());
    }
}
