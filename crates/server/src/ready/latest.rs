//! Ready answers about whole sites, which any write may make old.

use std::sync::Arc;

use quick_cache::sync::Cache;
use tokio::sync::Mutex;

use super::Encoded;
use crate::storage::{LatestCommentRecord, LatestQuery, Store, StoreError, Version};

/// Answers kept at most, each of some kilobytes: more sites than one server has, as a rule.
const ENTRIES: usize = 256;

/// The newest comments of sites, made once and given to everybody until something is written.
pub struct LatestShelf {
    answers: Cache<LatestQuery, Arc<Answer>>,
    /// Held by whoever makes an answer, so that those who ask for the same wait for it.
    turn: Mutex<()>,
}

struct Answer {
    encoded: Arc<Encoded>,
    /// The latest version at which it is known to be true.
    version: Version,
}

impl LatestShelf {
    /// A shelf in so many bytes for ready answers: none, or more than this one needs.
    pub fn of_bytes(bytes: u32) -> Self {
        let answers = Cache::new(if bytes == 0 { 0 } else { ENTRIES });
        Self { answers, turn: Mutex::default() }
    }

    /// The answer as of now: a ready one where it is still true, else what `make` makes of the comments.
    pub async fn answer<M>(
        &self,
        store: &dyn Store,
        asked: &LatestQuery,
        make: impl FnOnce(Vec<LatestCommentRecord>) -> M,
    ) -> Result<Arc<Encoded>, StoreError>
    where
        M: Future<Output = Encoded>,
    {
        let version = store.version().await?;
        if let Some(answer) = self.found(asked, version) {
            return Ok(answer);
        }
        let _turn = self.turn.lock().await;
        if let Some(answer) = self.found(asked, version) {
            return Ok(answer);
        }
        let encoded = Arc::new(make(store.latest(asked).await?).await);
        self.answers.insert(asked.clone(), Arc::new(Answer { encoded: encoded.clone(), version }));
        Ok(encoded)
    }

    fn found(&self, asked: &LatestQuery, version: Version) -> Option<Arc<Encoded>> {
        let answer = self.answers.get(asked)?;
        let Version { generation, writes } = answer.version;
        let is_true = generation == version.generation && writes >= version.writes;
        is_true.then(|| answer.encoded.clone())
    }
}
