//! Follows what changes for moderators: one task reads for all who follow, while anybody does.
//!
//! The news are records of the log; a stream that comes back asks for its lists again, so nothing has to be kept for it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use dumka_api::newsroom::SiteCounters;
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;

use crate::commands::{Context, count_queues};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::storage::{DecisionId, DecisionRecord, NewsroomRecord, StoreError};

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
    stopped: watch::Receiver<bool>,
}

impl NewsroomLive {
    /// Nobody follows yet; all streams end when `stopped` turns true.
    pub fn new(stopped: watch::Receiver<bool>) -> Self {
        Self { news: broadcast::channel(BACKLOG).0, stopped }
    }

    /// Returns the sign that the server stops.
    pub fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.clone()
    }

    /// Begins to follow; the first one starts the task that reads.
    pub fn follow(self: &Arc<Self>, context: &Context) -> broadcast::Receiver<Arc<NewsroomNews>> {
        let is_first = self.news.receiver_count() == 0;
        let receiver = self.news.subscribe();
        if is_first {
            tokio::spawn(Reading::new(context).run(Arc::clone(self)));
        }
        receiver
    }
}

/// The task that reads, and what it has told already.
struct Reading {
    context: Context,
    since: UnixMillis,
    /// The records that were told and could be found again.
    told: HashSet<DecisionId>,
}

impl Reading {
    fn new(context: &Context) -> Self {
        Self { context: context.clone(), since: context.clock.now(), told: HashSet::new() }
    }

    /// Reads after every commit until nobody follows any more.
    async fn run(mut self, live: Arc<NewsroomLive>) {
        // What was there before the first one follows is no news.
        let mut known = None;
        if let Err(error) = self.read().await {
            tracing::warn!(%error, "the newsroom's news cannot be read");
        }
        while live.news.receiver_count() > 0 && !*live.stopped.borrow() {
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
    async fn next(
        &mut self,
        known: Option<crate::storage::Version>,
    ) -> Result<(crate::storage::Version, NewsroomNews), StoreError> {
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
            if !self.told.contains(&record.id) {
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
