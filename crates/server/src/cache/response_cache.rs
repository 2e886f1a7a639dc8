//! The cache of responses about one thread each.

use std::hash::BuildHasher;
use std::sync::Arc;

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tokio::sync::Mutex;

use super::freshness::Freshness;
use super::{CacheKey, Encoded};
use crate::commands::Context;
use crate::domain::comment::{CommentId, UnixMillis};
use crate::storage::{ListError, Page, StoreError, Version};

/// Responses that are rendered at the same time, at most.
const LOCK_STRIPES: usize = 64;
/// Bytes that an entry takes besides its response, roughly.
const ENTRY_BYTES: usize = 512;
/// Bytes of a response, by which the number of entries is estimated.
const USUAL_RESPONSE_BYTES: usize = 16 * 1024;

/// A response that was just rendered.
#[derive(Debug)]
pub struct Rendered {
    /// Its bytes.
    pub encoded: Encoded,
    /// The time after which it is out of date without any write.
    pub expires_at: Option<UnixMillis>,
    /// The comments in it.
    pub shown: Vec<CommentId>,
}

/// A response out of the cache.
#[derive(Debug, Clone)]
pub struct CachedResponse {
    /// Its bytes.
    pub encoded: Arc<Encoded>,
    /// The comments in it.
    pub shown: Arc<[CommentId]>,
}

/// A response in the cache, and how long it is fresh.
#[derive(Debug)]
struct Entry {
    response: CachedResponse,
    freshness: Freshness,
}

/// The cache of responses about one thread each.
pub struct ResponseCache {
    entries: Cache<CacheKey, Arc<Entry>, ByBytes>,
    locks: Vec<Mutex<()>>,
    hasher: DefaultHashBuilder,
}

impl ResponseCache {
    /// A cache that holds so many bytes.
    pub fn with_capacity(bytes: u32) -> Self {
        // One shard, since each would take no response larger than its own part of the memory.
        let options = OptionsBuilder::new()
            .shards(1)
            .estimated_items_capacity(bytes as usize / USUAL_RESPONSE_BYTES)
            .weight_capacity(bytes.into())
            .build()
            .expect("both capacities are given");
        let hasher = DefaultHashBuilder::default();
        let entries = Cache::with_options(options, ByBytes, hasher.clone(), DefaultLifecycle::default());
        Self { entries, locks: (0..LOCK_STRIPES).map(|_| Mutex::default()).collect(), hasher }
    }

    /// Returns the cached response while it is fresh, else caches and returns what `render` makes of the thread.
    pub async fn get_or_render<M>(
        &self,
        context: &Context,
        key: &CacheKey,
        render: impl FnOnce(Page) -> M,
    ) -> Result<CachedResponse, ListError>
    where
        M: Future<Output = Rendered>,
    {
        let (version, now) = (context.store.version().await?, context.clock.now());
        if let Some(response) = self.fresh(key, version, now) {
            return Ok(response);
        }
        let _rendering = self.lock(key).lock().await;
        if let Some(response) = self.fresh(key, version, now) {
            return Ok(response);
        }
        // Later than this request began: what is read now is true for all who came by now, who need not ask for its revision.
        let version = context.store.version().await?;
        if let Some(response) = self.revalidated(context, key, version, now).await? {
            return Ok(response);
        }
        let page = context.store.list(&key.query).await?;
        let revision = page.thread.revision;
        let Rendered { encoded, expires_at, shown } = render(page).await;
        let response = CachedResponse { encoded: Arc::new(encoded), shown: shown.into() };
        let freshness = Freshness::new(version, revision, expires_at);
        self.entries.insert(key.clone(), Arc::new(Entry { response: response.clone(), freshness }));
        Ok(response)
    }

    fn fresh(&self, key: &CacheKey, version: Version, now: UnixMillis) -> Option<CachedResponse> {
        let entry = self.entries.get(key)?;
        entry.freshness.is_fresh(version, now).then(|| entry.response.clone())
    }

    /// A response that is true in spite of writes, which were to other threads.
    async fn revalidated(
        &self,
        context: &Context,
        key: &CacheKey,
        version: Version,
        now: UnixMillis,
    ) -> Result<Option<CachedResponse>, StoreError> {
        let entry = self.entries.get(key).filter(|entry| entry.freshness.may_be_fresh(version, now));
        let Some(entry) = entry else { return Ok(None) };
        let revision = context.store.revision(&key.query.thread).await?;
        Ok(entry.freshness.revalidate(version, revision).then(|| entry.response.clone()))
    }

    /// The lock that is held while a response is rendered, so that other requests for the same wait for it.
    fn lock(&self, key: &CacheKey) -> &Mutex<()> {
        let [byte, ..] = self.hasher.hash_one(key).to_le_bytes();
        &self.locks[usize::from(byte) % LOCK_STRIPES]
    }
}

/// Weighs an entry by the bytes that it holds.
#[derive(Clone)]
struct ByBytes;

impl Weighter<CacheKey, Arc<Entry>> for ByBytes {
    fn weight(&self, key: &CacheKey, entry: &Arc<Entry>) -> u64 {
        let CachedResponse { encoded, shown } = &entry.response;
        (key.text_bytes() + encoded.len() + size_of_val(&**shown) + ENTRY_BYTES) as u64
    }
}
