//! Follows what changes for moderators: one task reads for all who follow, while anybody does.
//!
//! The news are records of the log; a stream that comes back asks for its lists again, so nothing has to be kept for it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use dumka_api::newsroom::SiteCounters;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::commands::{Context, count_queues};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::storage::{DecisionId, DecisionRecord, NewsroomRecord, StoreError, Version};

/// The pause between two readings: what happens in it is read together.
const PAUSE: Duration = Duration::from_millis(250);
/// The largest number of comments of one reading; of more, the counters alone are told.
const MAX_COMMENTS: u32 = 100;
/// Seconds for which a record of another server may be late, by its clock or its commit.
const LATE_SECS: u64 = 10;
/// The number of readings that wait for a stream that is slow.
const BACKLOG: usize = 64;

/// The findings of one reading.
#[derive(Debug, Clone)]
pub struct NewsroomNews {
    /// The counters of every site.
    pub sites: Vec<SiteCounters>,
    /// The comments that have changed, each with its last decision.
    pub comments: Vec<(NewsroomRecord, DecisionRecord)>,
}

/// The news of all newsrooms of a server.
pub struct NewsroomLive {
    news: broadcast::Sender<Arc<NewsroomNews>>,
    /// The task that reads, where there is one. The lock keeps who begins and who ends apart.
    reading: Mutex<Option<JoinHandle<()>>>,
    stopped: watch::Receiver<bool>,
}

impl NewsroomLive {
    /// Nobody follows yet; all streams end when `stopped` turns true.
    pub fn new(stopped: watch::Receiver<bool>) -> Self {
        Self { news: broadcast::channel(BACKLOG).0, reading: Mutex::default(), stopped }
    }

    /// Returns the sign that the server stops.
    pub fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.clone()
    }

    /// Begins to follow; the first one starts the task that reads.
    pub fn follow(self: &Arc<Self>, context: &Context) -> broadcast::Receiver<Arc<NewsroomNews>> {
        let mut reading = self.reading();
        let receiver = self.news.subscribe();
        if reading.as_ref().is_none_or(JoinHandle::is_finished) {
            *reading = Some(tokio::spawn(Reading::new(context).run(Arc::clone(self))));
        }
        receiver
    }

    /// True while somebody follows. Where nobody does, the task that asks is the last one, and ends.
    fn is_followed(&self) -> bool {
        let mut reading = self.reading();
        let is_followed = self.news.receiver_count() > 0 && !*self.stopped.borrow();
        if !is_followed {
            *reading = None;
        }
        is_followed
    }

    fn reading(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.reading.lock().expect("nothing panics while it holds the lock")
    }
}

/// The task that reads, and what it has told already.
struct Reading {
    context: Context,
    /// The time at which the first one began to follow: what was there before is no news.
    began: UnixMillis,
    since: UnixMillis,
    /// The records that were told and could be found again.
    told: HashSet<DecisionId>,
}

impl Reading {
    fn new(context: &Context) -> Self {
        let now = context.clock.now();
        Self { context: context.clone(), began: now, since: now, told: HashSet::new() }
    }

    /// Reads after every commit until nobody follows any more.
    async fn run(mut self, live: Arc<NewsroomLive>) {
        let mut known = None;
        while live.is_followed() {
            match self.next(known).await {
                Ok((version, news)) => {
                    known = Some(version);
                    // Nobody may be there by now.
                    let _ = live.news.send(Arc::new(news));
                }
                Err(error) => {
                    tracing::warn!(%error, "the newsroom's news cannot be read");
                    sleep(PAUSE * 8).await;
                }
            }
            sleep(PAUSE).await;
        }
    }

    /// Waits for a commit, and reads what it has changed.
    async fn next(&mut self, known: Option<Version>) -> Result<(Version, NewsroomNews), StoreError> {
        let store = Arc::clone(&self.context.store);
        let version = match known {
            Some(known) => store.version_after(known).await?,
            None => store.version().await?,
        };
        let records = self.read().await?;
        let sites = store.sites().await?;
        let sites = count_queues(&*store, sites).await?;
        let comments = if records.len() < MAX_COMMENTS as usize {
            with_comments(&self.context, records).await?
        } else {
            Vec::new()
        };
        Ok((version, NewsroomNews { sites, comments }))
    }

    /// Reads the records that were not told yet, the last one of each comment.
    async fn read(&mut self) -> Result<HashMap<CommentId, DecisionRecord>, StoreError> {
        let since = self.since.minus_secs(LATE_SECS);
        let records = self.context.store.decisions_since(since, MAX_COMMENTS).await?;
        self.since = self.context.clock.now();
        let mut last = HashMap::new();
        let mut told = HashSet::with_capacity(records.len());
        for record in records {
            told.insert(record.id);
            if record.at >= self.began && !self.told.contains(&record.id) {
                last.insert(record.comment, record);
            }
        }
        self.told = told;
        Ok(last)
    }
}

/// Reads the comments of these records.
async fn with_comments(
    context: &Context,
    mut records: HashMap<CommentId, DecisionRecord>,
) -> Result<Vec<(NewsroomRecord, DecisionRecord)>, StoreError> {
    let mut ids: Vec<_> = records.keys().copied().collect();
    ids.sort_unstable();
    let comments = if ids.is_empty() { Vec::new() } else { context.store.newsroom_comments(&ids).await? };
    let with_record = |comment: NewsroomRecord| {
        let record = records.remove(&comment.comment.id)?;
        Some((comment, record))
    };
    Ok(comments.into_iter().filter_map(with_record).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::entropy::SystemEntropy;
    use crate::storage;

    #[tokio::test]
    async fn one_task_reads_however_often_somebody_comes_and_goes() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
        let store = storage::open(&url).await.unwrap();
        let context = Context::new(store, Arc::new(SystemClock), Arc::new(SystemEntropy)).await.unwrap();
        let live = Arc::new(NewsroomLive::new(watch::channel(false).1));
        for _ in 0..5 {
            let mut news = live.follow(&context);
            drop(news.try_recv());
        }
        let _follower = live.follow(&context);
        // The tasks have it, and this test.
        assert_eq!(Arc::strong_count(&live), 2);
    }
}
