//! A thread's own page for one reader: what it shows beyond what it shows to all.

use std::sync::Arc;

use crate::commands::{Actor, Context, SitePolicy};
use crate::domain::comment::{CommentId, UnixMillis};
use crate::domain::vote;
use crate::http::problem::ApiError;
use crate::ready::{Asked, Encoded, Form, Ready};
use crate::render::{Answer, Audience, Lang, Outcome, Own, Scene, Session, Vote};
use crate::routes::thread_response::ThreadResponses;
use crate::storage::{ListQuery, Page};

/// A request for a thread's own page, read and checked.
#[derive(Debug)]
pub(crate) struct PageRequest {
    /// The part of the thread.
    pub(crate) query: ListQuery,
    /// The language.
    pub(crate) lang: Lang,
    /// A browser by itself, or a script.
    pub(crate) audience: Audience,
    /// The policy of the site.
    pub(crate) policy: SitePolicy,
}

impl PageRequest {
    /// Returns the key of the page that everybody gets, which may tell what has just been done.
    pub(crate) fn shared(&self, query: ListQuery, outcome: Option<Outcome>) -> Asked {
        Asked { query, form: Form::Page(self.lang, self.audience, outcome), spelled: None }
    }
}

/// What a page shows to one reader beyond what it shows to all.
#[derive(Debug)]
pub(crate) struct PersonalView<'r> {
    /// The reader, where they have acted before.
    pub(crate) reader: Option<Actor<'r>>,
    /// What has just been done.
    pub(crate) outcome: Option<Outcome>,
    /// What the page answers.
    pub(crate) answer: Option<Answer>,
}

/// Renders the page for one reader.
pub(crate) async fn personal_page(
    responses: &ThreadResponses,
    request: &PageRequest,
    view: PersonalView<'_>,
) -> Result<String, ApiError> {
    let PersonalView { reader, outcome, answer } = view;
    let PageRequest { query, lang, audience, policy } = request;
    let read = async {
        let page = responses.context.store.list(query).await?;
        let own = match &reader {
            Some(reader) => {
                let shown: Vec<_> = page.comments.iter().map(|comment| comment.id).collect();
                Some(own(&responses.context, request, &shown, reader).await?)
            }
            None => None,
        };
        Ok::<_, ApiError>((page, own))
    };
    let (page, own) = match read.await {
        // Whatever befell the store, the reader's words come back.
        Err(_) if answer.is_some() => (Page::default(), None),
        read => read?,
    };
    let listing = responses.listing(policy, &query.thread, page);
    let scene = responses.scene(query, *lang, listing);
    Ok(responses.page(Scene { outcome, answer, audience: *audience, own, ..scene }).await)
}

/// Returns the page that everybody gets, for a reader who has nothing of their own on it; none where they have.
pub(crate) async fn shared_page(
    responses: &ThreadResponses,
    request: &PageRequest,
    asked: &Asked,
    reader: &Actor<'_>,
) -> Result<Option<Arc<Encoded>>, ApiError> {
    let Ready { encoded, shown } = responses.cached(&request.policy, asked).await?;
    let (Session { own, votes }, _) = own(&responses.context, request, &shown, reader).await?;
    Ok((own.is_empty() && votes.is_empty()).then_some(encoded))
}

/// Reads what is the reader's own on a page that shows these comments, and the time by which it is.
async fn own(
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
    let vote = |(id, vote): (CommentId, vote::Vote)| Vote {
        id: id.to_string().into(),
        value: i8::try_from(vote.value()).unwrap_or_default(),
    };
    let recent = context.store.authors_since(&query.thread, policy.edit_cutoff(now)).await?;
    let own = recent.into_iter().filter(|(id, _, token)| reader.holds(context, *id, *token));
    // The token is not told: the page's forms are known by the cookie.
    let own = own.map(|(id, created_at, _)| Own {
        id: id.to_string().into(),
        token: String::new().into(),
        until_ms: policy.edit_until(created_at).0,
    });
    Ok((Session { own: own.collect(), votes: votes.into_iter().map(vote).collect() }, now))
}
