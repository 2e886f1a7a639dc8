//! Lists threads for moderators.

use dumka_api::limits::{SEARCH_MAX_CHARS, THREADS_LIMIT_MAX};
use dumka_api::newsroom::NewsroomThread;
use dumka_api::{ProblemKind, site};

use super::{Actor, Context, QueueError, Refused, sites_with};
use crate::domain::comment::UnixMillis;
use crate::domain::staff::Right;
use crate::domain::submission::{Invalid, check_thread};
use crate::domain::thread::ThreadKey;
use crate::storage::{StoreError, ThreadFilter, ThreadPosition, ThreadRecord};

/// The largest number of words that are searched.
const MAX_WORDS: usize = 8;

/// A question for threads.
#[derive(Debug, Clone, Default)]
pub struct ListThreads<'a> {
    /// Only those of this site.
    pub site: Option<&'a str>,
    /// Only those with each of these words in the title or in the page's id.
    pub search: &'a str,
    /// The cursor of the part before; none for the first one.
    pub cursor: Option<&'a str>,
    /// The largest number of threads.
    pub limit: u32,
}

/// A part of the threads, the one with the latest comment first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadListing {
    /// The threads.
    pub threads: Vec<NewsroomThread>,
    /// The cursor of the next part, if there is one.
    pub next: Option<String>,
}

/// The reason that threads were not listed, or one not changed.
#[derive(Debug, thiserror::Error)]
pub enum ThreadError {
    /// The actor may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A word breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The cursor is none.
    #[error("the cursor is none of a list of threads")]
    CursorInvalid,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Lists the threads that are asked for, of those that the actor may read.
pub async fn list_threads(
    context: &Context,
    actor: &Actor<'_>,
    query: &ListThreads<'_>,
) -> Result<ThreadListing, ThreadError> {
    if query.search.chars().count() > SEARCH_MAX_CHARS {
        return Err(Invalid::over(ProblemKind::SearchTooLong, "q", SEARCH_MAX_CHARS).into());
    }
    let limit = query.limit.clamp(1, THREADS_LIMIT_MAX);
    let filter = ThreadFilter {
        sites: Some(sites(context, actor, query.site).await?),
        page: None,
        words: query.search.split_whitespace().take(MAX_WORDS).map(Into::into).collect(),
        after: query.cursor.map(position).transpose()?,
        limit: limit + 1,
    };
    if filter.sites.as_ref().is_some_and(Vec::is_empty) {
        return Ok(ThreadListing::default());
    }
    let mut records = context.store.threads(&filter).await?;
    let more = records.len() > limit as usize;
    records.truncate(limit as usize);
    let next = records.last().filter(|_| more).map(|last| cursor(&last.position));
    let now = context.clock.now();
    Ok(ThreadListing { threads: records.into_iter().map(|record| seen(record, now)).collect(), next })
}

/// Reads one thread. One that nobody wrote in, and no moderator touched, is an open one without comments.
pub async fn show_thread(
    context: &Context,
    actor: &Actor<'_>,
    site: &str,
    page: &str,
) -> Result<NewsroomThread, ThreadError> {
    let thread = check_thread(site, page)?;
    actor.require(Right::Read, &thread.site)?;
    thread_seen(context, &thread).await
}

/// Reads a thread as moderators see it.
pub(super) async fn thread_seen(
    context: &Context,
    thread: &ThreadKey,
) -> Result<NewsroomThread, ThreadError> {
    let ThreadKey { site, page } = thread.clone();
    let filter = ThreadFilter {
        sites: Some(vec![site.clone()]),
        page: Some(page.clone()),
        limit: 1,
        ..ThreadFilter::default()
    };
    let record = context.store.threads(&filter).await?.pop();
    let now = context.clock.now();
    let untouched = NewsroomThread { site, page, ..NewsroomThread::default() };
    Ok(record.map_or(untouched, |record| seen(record, now)))
}

/// Returns the sites that are asked for, of those that may be read.
async fn sites(
    context: &Context,
    actor: &Actor<'_>,
    asked: Option<&str>,
) -> Result<Vec<String>, ThreadError> {
    let asked = asked.map(site::canonical);
    match sites_with(&*context.store, actor, Right::Read, asked.as_deref()).await {
        Ok(sites) => Ok(sites),
        Err(QueueError::Refused(refused)) => Err(refused.into()),
        Err(QueueError::Store(error)) => Err(error.into()),
    }
}

/// Shows a thread as it is at `now`: what has ended is gone.
fn seen(record: ThreadRecord, now: UnixMillis) -> NewsroomThread {
    let ThreadRecord { thread: ThreadKey { site, page }, title, url, total, pending, settings, .. } = record;
    let settings = settings.at(now);
    NewsroomThread {
        site,
        page,
        title,
        url,
        total,
        pending,
        state: settings.mode,
        state_until: settings.mode_until.map(Into::into),
        slow_secs: settings.slow_secs,
        notice: settings.notice,
        notice_until: settings.notice_until.map(Into::into),
    }
}

/// Writes a place in the list; opaque to clients.
fn cursor(position: &ThreadPosition) -> String {
    format!("{}.{}", position.active_at.0, position.id)
}

fn position(cursor: &str) -> Result<ThreadPosition, ThreadError> {
    let position = cursor.split_once('.').and_then(|(active_at, id)| {
        Some(ThreadPosition { active_at: UnixMillis(active_at.parse().ok()?), id: id.into() })
    });
    position.filter(|position| !position.id.contains('\0')).ok_or(ThreadError::CursorInvalid)
}
