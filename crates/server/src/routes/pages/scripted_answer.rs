//! Answers a form that a script has sent with what it changes on the screen: one comment, the form, the thread's number.

use axum::http::StatusCode;
use axum::response::Response;
use dumka_api::limits::DEPTH_MAX_SHOWN;
use dumka_api::{Comment, Submitted};

use super::form_outcome::FormOutcome;
use super::private_page::{private_page, with_retry_after};
use super::sent_form::SentForm;
use super::thread_form::ThreadForm;
use crate::commands::{Actor, Posted};
use crate::domain::comment::{CommentId, Status};
use crate::domain::token::TokenHash;
use crate::http::form_fields::FormFields;
use crate::http::problem::ApiError;
use crate::render::{Announcement, FormResponse, HeadingLevel, OwnedComment, Session, ThreadView};
use crate::routes::page_body::PageBody;
use crate::storage::{CommentRecord, ListQuery, Page, PageLimits, PageStart, Visibility};

/// The smallest page, of which the thread alone is wanted.
const THREAD_ALONE: PageLimits = PageLimits { top_level: 1, comments: 1, text_bytes: 1 };

/// Comments above one that are read: one more than the levels that are told apart.
const LEVELS: usize = DEPTH_MAX_SHOWN as usize + 1;

/// The change that a form has made, as it is shown.
#[derive(Default)]
struct Change {
    /// The comment that the form is about, or has made.
    comment: Option<CommentId>,
    announcement: Option<Announcement>,
    form_response: Option<FormResponse>,
    submitted: Option<Submitted>,
}

/// Does what the form asks for, and answers with what that changes.
pub(super) async fn answer(
    sent: SentForm<'_>,
    fields: &FormFields,
    level: Option<HeadingLevel>,
) -> Result<Response, ApiError> {
    let form = ThreadForm::read_scripted(fields)?;
    let comment = form.comment_id();
    let actor = Actor::Guest { token: form.token(), address: sent.address };
    match sent.accept(&form, &actor).await {
        Ok(outcome) => {
            let change = Change::from(outcome);
            let change = Change { comment: change.comment.or(comment), ..change };
            let token = change.submitted.as_ref().and_then(|it| it.edit_token.as_deref()).map(TokenHash::of);
            let author = Actor::Guest { token: token.or(form.token()), address: sent.address };
            Ok(private_page(StatusCode::OK, section(sent, change, &author, level).await?))
        }
        Err(error) => {
            let (status, retry_after) = (error.status(), error.retry_after_secs());
            let form_response = Some(form.rejected(error));
            let change = Change { comment, form_response, ..Change::default() };
            let body = section(sent, change, &actor, level).await?;
            Ok(with_retry_after(private_page(status, body), retry_after))
        }
    }
}

impl From<FormOutcome> for Change {
    fn from(outcome: FormOutcome) -> Self {
        let announcement = outcome.announcement();
        let (form_response, submitted) = match outcome {
            FormOutcome::Shown(form) => (Some(form), None),
            FormOutcome::Edited(submitted)
            | FormOutcome::Posted(Posted::New(submitted) | Posted::Repeated(submitted)) => {
                (None, Some(submitted))
            }
            FormOutcome::Voted(_) | FormOutcome::Reported(_) | FormOutcome::Deleted => (None, None),
        };
        let comment = submitted.as_ref().and_then(|submitted| submitted.comment.id.parse().ok());
        Self { comment, announcement, form_response, submitted }
    }
}

/// Renders the thread with that comment alone, under what it answers.
async fn section(
    sent: SentForm<'_>,
    change: Change,
    actor: &Actor<'_>,
    heading_level: Option<HeadingLevel>,
) -> Result<PageBody, ApiError> {
    let Change { comment, announcement, form_response, submitted } = change;
    let SentForm { state, request, .. } = sent;
    let responses = &state.responses;
    let query = ListQuery { start: PageStart::Top, limits: THREAD_ALONE, ..request.query.clone() };
    let read = async {
        let Page { thread, .. } = responses.context.store.list(&query).await?;
        let (comments, session) = match comment {
            Some(id) => path(sent, id, actor).await?,
            None => Default::default(),
        };
        Ok::<_, ApiError>((Page { thread, ..Page::default() }, comments, session))
    };
    let (page, comments, session) = match read.await {
        // Whatever befell the store, the reader's words come back.
        Err(_) if form_response.is_some() => Default::default(),
        read => read?,
    };
    let mut listing = responses.listing(&request.policy, &query.thread, page);
    listing.comments = comments;
    let session = Some((session, responses.context.clock.now()));
    let submitted = submitted.map(Box::new);
    let view = responses.view(&request.query, request.language.lang(), listing);
    let view = ThreadView { heading_level, announcement, form_response, session, submitted, ..view };
    Ok(PageBody::tree(view).await)
}

/// Reads a comment after those that it answers, as far up as the screen tells levels apart; and what of it is the
/// reader's own.
async fn path(
    sent: SentForm<'_>,
    id: CommentId,
    actor: &Actor<'_>,
) -> Result<(Vec<Comment>, Session), ApiError> {
    let SentForm { state, request, .. } = sent;
    let context = &state.responses.context;
    let (mut path, mut session, mut next) = (Vec::new(), Session::default(), Some(id));
    while let Some(id) = next.take_if(|_| path.len() <= LEVELS) {
        let record = context.store.comment(id).await?.filter(|it| it.thread == request.query.thread);
        let Some(CommentRecord { comment, visibility, edit_token_hash, .. }) = record else { break };
        let is_own = actor.holds(context, id, edit_token_hash);
        if visibility == Visibility::Hidden && !(is_own && comment.status == Status::Pending) {
            break;
        }
        if is_own {
            session.own.push(OwnedComment { id, edit_until: request.policy.edit_until(comment.created_at) });
        }
        next = comment.parent;
        path.push(if is_own { comment.for_author() } else { comment.for_everybody() });
    }
    if let Some(voter) = actor.voter() {
        session.votes = context.store.votes_of(voter, &[id]).await?;
    }
    path.reverse();
    Ok((path, session))
}
