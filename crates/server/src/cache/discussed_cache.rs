//! The cache of the most discussed pages of whole sites.
//!
//! Nearly every write would change their numbers, and reading them takes longer the more was written in these days. So an
//! answer is kept for a while, whatever is written meanwhile.

use std::sync::Arc;

use quick_cache::sync::Cache;
use tokio::sync::Mutex;

use super::Encoded;
use crate::commands::Context;
use crate::domain::comment::UnixMillis;
use crate::storage::{DiscussedQuery, DiscussedRecord, StoreError};

/// Responses kept at most, each of some kilobytes.
const MAX_ENTRIES: usize = 256;
/// Milliseconds for which a response is kept.
const KEPT_MILLIS: i64 = 30_000;
/// Milliseconds of a day.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// A site, a number of days and a number of pages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiscussedKey {
    /// The site's id.
    pub site: String,
    /// The days whose comments count.
    pub days: u32,
    /// The largest number of pages.
    pub limit: u32,
}

/// The cache of the most discussed pages of sites, each kept for half a minute.
pub struct DiscussedCache {
    entries: Cache<DiscussedKey, (UnixMillis, Arc<Encoded>)>,
    /// Held while a response is rendered, so that all other requests wait for it.
    lock: Mutex<()>,
}

impl DiscussedCache {
    /// A cache for a server that gives so many bytes to cached responses: it keeps nothing where there are none.
    pub fn with_capacity(bytes: u32) -> Self {
        let entries = Cache::new(if bytes == 0 { 0 } else { MAX_ENTRIES });
        Self { entries, lock: Mutex::default() }
    }

    /// Returns the kept response, else keeps and returns what `render` makes of the pages.
    pub async fn get_or_render(
        &self,
        context: &Context,
        key: &DiscussedKey,
        render: impl FnOnce(Vec<DiscussedRecord>) -> Encoded,
    ) -> Result<Arc<Encoded>, StoreError> {
        let now = context.clock.now();
        if let Some(response) = self.kept(key, now) {
            return Ok(response);
        }
        let _rendering = self.lock.lock().await;
        if let Some(response) = self.kept(key, now) {
            return Ok(response);
        }
        let since = UnixMillis(now.0 - i64::from(key.days) * DAY_MILLIS);
        let query = DiscussedQuery { site: key.site.clone(), since, limit: key.limit };
        let response = Arc::new(render(context.store.discussed(&query).await?));
        self.entries.insert(key.clone(), (now, Arc::clone(&response)));
        Ok(response)
    }

    fn kept(&self, key: &DiscussedKey, now: UnixMillis) -> Option<Arc<Encoded>> {
        let (made_at, response) = self.entries.get(key)?;
        (0..KEPT_MILLIS).contains(&(now.0 - made_at.0)).then_some(response)
    }
}
