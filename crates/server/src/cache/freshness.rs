//! Decides whether a cached response is still true.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::domain::comment::UnixMillis;
use crate::storage::Version;

/// The state of the store in which a response was true, and the time until which it can be.
#[derive(Debug)]
pub(super) struct Freshness {
    generation: u64,
    /// The latest number of writes at which the response was known to be true.
    writes: AtomicU64,
    revision: Option<u64>,
    expires_at: Option<UnixMillis>,
}

impl Freshness {
    /// A response that was made at `version` of the store, from a thread at `revision`.
    pub(super) fn new(version: Version, revision: Option<u64>, expires_at: Option<UnixMillis>) -> Self {
        let Version { generation, writes } = version;
        Self { generation, writes: AtomicU64::new(writes), revision, expires_at }
    }

    /// The response is true: nothing was written since, and its time is not over.
    pub(super) fn is_fresh(&self, version: Version, now: UnixMillis) -> bool {
        self.may_be_fresh(version, now) && self.writes.load(Ordering::Acquire) >= version.writes
    }

    /// The response is true unless its thread was written to.
    pub(super) fn may_be_fresh(&self, version: Version, now: UnixMillis) -> bool {
        self.generation == version.generation && self.expires_at.is_none_or(|end| now <= end)
    }

    /// Makes the response fresh at `version` if its thread is still at the same revision; `false` where it is not.
    pub(super) fn revalidate(&self, version: Version, revision: Option<u64>) -> bool {
        let is_same = revision == self.revision;
        if is_same {
            self.writes.fetch_max(version.writes, Ordering::AcqRel);
        }
        is_same
    }
}
