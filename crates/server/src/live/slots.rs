//! Limits on open streams, in all and to one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use prometheus_client::metrics::gauge::Gauge;

use crate::client_address::rate_limit_key;
use crate::config::Limits;

/// The slots that open streams take.
pub(super) struct Slots {
    total: u32,
    /// 0 is no limit.
    per_address: u32,
    taken: Mutex<Taken>,
    open: Gauge,
}

#[derive(Default)]
struct Taken {
    total: u32,
    by_address: HashMap<IpAddr, u32>,
}

/// Every slot that a client may have is taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many streams are open")]
pub struct TooManyStreams;

/// A slot that is taken until it is dropped.
pub(super) struct Slot {
    slots: Arc<Slots>,
    address: IpAddr,
}

impl Slots {
    /// As many slots as the limits say; `open` counts those that are taken.
    pub(super) fn new(limits: &Limits, open: Gauge) -> Self {
        let (total, per_address) = (limits.streams, limits.streams_per_address);
        Self { total, per_address, taken: Mutex::default(), open }
    }

    /// `true` where there is any slot, taken or not.
    pub(super) fn exist(&self) -> bool {
        self.total > 0
    }

    /// Takes a slot for a client.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Result<Slot, TooManyStreams> {
        let address = rate_limit_key(address);
        let mut taken = self.taken();
        let of_address = taken.by_address.get(&address).copied().unwrap_or_default();
        let is_last = self.per_address > 0 && of_address >= self.per_address;
        if is_last || taken.total >= self.total {
            return Err(TooManyStreams);
        }
        taken.total += 1;
        taken.by_address.insert(address, of_address + 1);
        self.open.inc();
        Ok(Slot { slots: Arc::clone(self), address })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // A count is never left halfway.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken();
        taken.total -= 1;
        if let Some(of_address) = taken.by_address.get_mut(&self.address) {
            *of_address -= 1;
            if *of_address == 0 {
                taken.by_address.remove(&self.address);
            }
        }
        self.slots.open.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(streams: u32, streams_per_address: u32) -> Arc<Slots> {
        let limits = Limits { streams, streams_per_address, ..Limits::default() };
        Arc::new(Slots::new(&limits, Gauge::default()))
    }

    fn take(slots: &Arc<Slots>, address: &str) -> Result<Slot, TooManyStreams> {
        slots.take(address.parse().unwrap())
    }

    #[test]
    fn slot_is_given_back() {
        let slots = slots(2, 0);
        let (first, second) = (take(&slots, "203.0.113.1"), take(&slots, "203.0.113.1"));
        assert_eq!((take(&slots, "203.0.113.2").err(), slots.open.get()), (Some(TooManyStreams), 2));
        drop(first);
        assert!(take(&slots, "203.0.113.2").is_ok());
        drop(second);
        assert_eq!((slots.open.get(), slots.taken().by_address.len()), (0, 0));
    }

    #[test]
    fn one_address_has_its_share() {
        let slots = slots(100, 1);
        let first = take(&slots, "2001:db8::1");
        assert!(first.is_ok() && take(&slots, "2001:db8::2").is_err());
        assert!(take(&slots, "2001:db8:0:1::1").is_ok());
    }

    #[test]
    fn zero_streams_are_none() {
        assert!(!slots(0, 0).exist() && take(&slots(0, 0), "203.0.113.1").is_err());
    }
}
