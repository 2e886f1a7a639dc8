//! The cache of the newest comments of whole sites, which any write may change.

use std::sync::Arc;

use quick_cache::sync::Cache;
use tokio::sync::Mutex;

use super::Encoded;
use super::freshness::Freshness;
use crate::commands::Context;
use crate::domain::comment::UnixMillis;
use crate::storage::{LatestCommentRecord, LatestQuery, StoreError, Version};

/// Responses kept at most, each of some kilobytes: more sites than one server has, as a rule.
const MAX_ENTRIES: usize = 256;

/// The cache of the newest comments of sites, each kept until anything is written.
pub struct LatestCache {
    entries: Cache<LatestQuery, Arc<Entry>>,
    /// Held while a response is rendered, so that all other requests wait for it.
    lock: Mutex<()>,
}

struct Entry {
    encoded: Arc<Encoded>,
    freshness: Freshness,
}

impl LatestCache {
    /// A cache for a server that gives so many bytes to cached responses: it keeps nothing where there are none.
    pub fn with_capacity(bytes: u32) -> Self {
        let entries = Cache::new(if bytes == 0 { 0 } else { MAX_ENTRIES });
        Self { entries, lock: Mutex::default() }
    }

    /// Returns the cached response while it is fresh, else caches and returns what `render` makes of the comments.
    pub async fn get_or_render<M>(
        &self,
        context: &Context,
        query: &LatestQuery,
        render: impl FnOnce(Vec<LatestCommentRecord>) -> M,
    ) -> Result<Arc<Encoded>, StoreError>
    where
        M: Future<Output = Encoded>,
    {
        let (version, now) = (context.store.version().await?, context.clock.now());
        if let Some(response) = self.fresh(query, version, now) {
            return Ok(response);
        }
        let _rendering = self.lock.lock().await;
        if let Some(response) = self.fresh(query, version, now) {
            return Ok(response);
        }
        // What is read now is true for all who came by now.
        let version = context.store.version().await?;
        let encoded = Arc::new(render(context.store.latest(query).await?).await);
        let freshness = Freshness::new(version, None, None);
        self.entries.insert(query.clone(), Arc::new(Entry { encoded: encoded.clone(), freshness }));
        Ok(encoded)
    }

    fn fresh(&self, query: &LatestQuery, version: Version, now: UnixMillis) -> Option<Arc<Encoded>> {
        let entry = self.entries.get(query)?;
        entry.freshness.is_fresh(version, now).then(|| entry.encoded.clone())
    }
}
