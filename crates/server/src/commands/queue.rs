//! Lists comments for a moderator, and shows one with all that stands around it.

use dumka_api::newsroom::{AuthorNumbers, SiteCounters};

use super::{Actor, Refused};
use crate::domain::comment::{CommentId, Status};
use crate::domain::staff::Right;
use crate::storage::{
    DecisionRecord, LogQuery, ModerationStore, NewsroomPage, NewsroomQuery, NewsroomRecord, OpenReport,
    QueueStore, StoreError, ThreadStore,
};

/// The largest number of replies that are shown with a comment.
const MAX_REPLIES: u32 = 20;
/// The largest number of other comments of its author.
const MAX_OTHERS: u32 = 10;
/// The largest number of decisions about it.
const MAX_DECISIONS: u32 = 50;
/// The largest number of comments above it; of a longer chain, the nearest ones.
const MAX_ANCESTORS: usize = 20;

/// The reason that a moderator's question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The actor may not see it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A comment with all that stands around it.
#[derive(Debug)]
pub struct CommentContext {
    /// The comment.
    pub comment: NewsroomRecord,
    /// The nearest comments above it, the topmost first.
    pub ancestors: Vec<NewsroomRecord>,
    /// The first comments that answer it, oldest first.
    pub replies: Vec<NewsroomRecord>,
    /// Its open reports, oldest first.
    pub reports: Vec<OpenReport>,
    /// The decisions about it, newest first.
    pub decisions: Vec<DecisionRecord>,
    /// The newest other comments of its author on the same site.
    pub others: Vec<NewsroomRecord>,
    /// The numbers of its author's comments on the site.
    pub author: AuthorNumbers,
}

/// Returns the sites on which the actor has a right: the one that is asked for, or all that there are.
pub async fn sites_with(
    store: &(impl ThreadStore + ?Sized),
    actor: &Actor<'_>,
    right: Right,
    wanted: Option<&str>,
) -> Result<Vec<String>, QueueError> {
    if let Some(site) = wanted {
        actor.require(right, site)?;
        return Ok(vec![site.into()]);
    }
    actor.require_somewhere(right)?;
    let sites = store.sites().await?;
    Ok(sites.into_iter().filter(|site| actor.may(right, site)).collect())
}

/// Reads a page of comments, and the number of all that the query finds.
pub async fn list_queue(
    store: &(impl QueueStore + ?Sized),
    query: &NewsroomQuery,
) -> Result<(NewsroomPage, u64), StoreError> {
    let whole = NewsroomQuery { after: None, ..query.clone() };
    let (page, total) = tokio::join!(store.queue(query), store.queue_count(&whole));
    Ok((page?, total?))
}

/// Counts the comments in the queues of these sites.
pub async fn count_queues(
    store: &(impl QueueStore + ?Sized),
    sites: Vec<String>,
) -> Result<Vec<SiteCounters>, StoreError> {
    let mut counted = Vec::with_capacity(sites.len());
    for site in sites {
        counted.push(SiteCounters { counters: store.counters(&site).await?, site });
    }
    Ok(counted)
}

/// Shows a comment with all that stands around it.
pub async fn show_context(
    store: &(impl QueueStore + ModerationStore + ?Sized),
    actor: &Actor<'_>,
    id: CommentId,
) -> Result<CommentContext, QueueError> {
    let comment = store.newsroom_comments(&[id]).await?.pop().ok_or(Refused::NotFound)?;
    actor.require(Right::Read, &comment.thread.site)?;
    let mut above = store.ancestors(id).await?;
    let nearest = above.split_off(above.len().saturating_sub(MAX_ANCESTORS));
    let replies = store.answers(id, MAX_REPLIES).await?;
    let log = LogQuery { comment: Some(id), limit: MAX_DECISIONS, ..LogQuery::default() };
    let by_author = NewsroomQuery {
        author_of: Some(id),
        ..NewsroomQuery::all(vec![comment.thread.site.clone()], MAX_OTHERS + 1)
    };
    let mut others = store.queue(&by_author).await?.comments;
    others.retain(|other| other.comment.id != id);
    others.truncate(MAX_OTHERS as usize);
    Ok(CommentContext {
        ancestors: store.newsroom_comments(&nearest).await?,
        replies: store.newsroom_comments(&replies).await?,
        reports: store.open_reports(id).await?,
        decisions: store.log(&log).await?,
        author: author_numbers(store, &by_author).await?,
        comment,
        others,
    })
}

/// Counts the comments of an author by their status.
async fn author_numbers(
    store: &(impl QueueStore + ?Sized),
    by_author: &NewsroomQuery,
) -> Result<AuthorNumbers, StoreError> {
    let mut numbers = AuthorNumbers::default();
    for (status, number) in [
        (Status::Published, &mut numbers.published),
        (Status::Pending, &mut numbers.pending),
        (Status::Rejected, &mut numbers.rejected),
        (Status::Deleted, &mut numbers.deleted),
    ] {
        let query = NewsroomQuery { status: Some(status), ..by_author.clone() };
        *number = store.queue_count(&query).await?;
    }
    Ok(numbers)
}

/// Reads a page of the log on the sites that the actor sees.
pub async fn list_log(
    store: &(impl ThreadStore + ModerationStore + ?Sized),
    actor: &Actor<'_>,
    query: LogQuery,
    site: Option<&str>,
) -> Result<Vec<DecisionRecord>, QueueError> {
    let sites = sites_with(store, actor, Right::Read, site).await?;
    Ok(store.log(&LogQuery { sites: Some(sites), ..query }).await?)
}
