//! Caches compressed responses, and compares them with the store before each use.
//!
//! Nobody has to invalidate them. A response stays fresh as long as nothing at all was written; the store says so without
//! reading. After a write, the thread's revision says whether it was in this thread. Only then is the response rendered
//! again, by one request for all that wait. `freshness` holds these rules.

mod compress;
mod discussed_cache;
mod encoded;
mod freshness;
mod key;
mod latest_cache;
mod response_cache;
#[cfg(test)]
mod response_cache_tests;

pub use compress::Envelope;
pub use discussed_cache::{DiscussedCache, DiscussedKey};
pub use encoded::Encoded;
pub use key::{CacheKey, Links, Representation};
pub use latest_cache::LatestCache;
pub use response_cache::{CachedResponse, Rendered, ResponseCache};
