//! A thread's own page for one reader: what it shows beyond what it shows to all.

use std::sync::Arc;

use super::page_request::PageRequest;
use crate::cache::{CacheKey, CachedResponse, Encoded};
use crate::commands::{Actor, Context};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::http::problem::ApiError;
use crate::render::{Announcement, FormResponse, OwnedComment, Session, ThreadView};
use crate::routes::page_body::PageBody;
use crate::routes::thread_response::ThreadResponses;
use crate::storage::Page;

/// The part of a page that is for one reader alone.
#[derive(Debug)]
pub(crate) struct PersonalView<'r> {
    /// The reader, where they have acted before.
    pub(crate) reader: Option<Actor<'r>>,
    /// The announcement of what has just been done.
    pub(crate) announcement: Option<Announcement>,
    /// The response to a form.
    pub(crate) form_response: Option<FormResponse>,
}

/// Renders the page for one reader.
pub(crate) async fn personal_page(
    responses: &ThreadResponses,
    request: &PageRequest,
    view: PersonalView<'_>,
) -> Result<PageBody, ApiError> {
    let PersonalView { reader, announcement, form_response } = view;
    let PageRequest { query, language, mode, policy } = request;
    let read = async {
        let page = responses.context.store.list(query).await?;
        let session = match &reader {
            Some(reader) => {
                let shown: Vec<_> = page.comments.iter().map(|comment| comment.id).collect();
                Some(session(&responses.context, request, &shown, reader).await?)
            }
            None => None,
        };
        Ok::<_, ApiError>((page, session))
    };
    let (page, session) = match read.await {
        // Whatever befell the store, the reader's words come back.
        Err(_) if form_response.is_some() => (Page::default(), None),
        read => read?,
    };
    let listing = responses.listing(policy, &query.thread, page);
    let view = responses.view(query, language.lang(), listing);
    Ok(responses.page(ThreadView { announcement, form_response, mode: *mode, session, ..view }).await)
}

/// Returns the page that everybody gets, for a reader who has nothing of their own on it; none where they have.
pub(crate) async fn shared_page(
    responses: &ThreadResponses,
    request: &PageRequest,
    asked: &CacheKey,
    reader: &Actor<'_>,
) -> Result<Option<Arc<Encoded>>, ApiError> {
    let CachedResponse { encoded, shown } = responses.cached(&request.policy, asked).await?;
    let (session, _) = session(&responses.context, request, &shown, reader).await?;
    Ok(session.is_empty().then_some(encoded))
}

/// Reads what is the reader's own on a page that shows these comments, and the time by which it is.
async fn session(
    context: &Context,
    request: &PageRequest,
    shown: &[CommentId],
    reader: &Actor<'_>,
) -> Result<(Session, UnixMillis), ApiError> {
    let PageRequest { query, policy, .. } = request;
    let now = context.clock.now();
    let votes = match reader.voter() {
        Some(voter) => context.store.votes_of(voter, shown).await?,
        None => Vec::new(),
    };
    let recent = context.store.authors_since(&query.thread, policy.edit_cutoff(now)).await?;
    let own = recent.into_iter().filter(|(id, _, token)| reader.holds(context, *id, *token));
    let own = own.map(|(id, created_at, _)| OwnedComment { id, edit_until: policy.edit_until(created_at) });
    Ok((Session { own: own.collect(), votes }, now))
}
