//! A thread as a page of its own, which reads and takes comments without JavaScript.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, IF_NONE_MATCH, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::paths;
use serde::Deserialize;

use super::open_form::{self, FormParams};
use super::page_request::{PageParams, PageQuery, PageState};
use super::personal_page::{PersonalView, personal_page, shared_page};
use super::private_page::{private, private_page, with_retry_after};
use super::scripted_answer;
use super::sent_form::SentForm;
use super::thread_form::{FormRates, ThreadForm, start_at};
use crate::commands::Actor;
use crate::http::client::Client;
use crate::http::form_body::{self, FormBody};
use crate::http::form_fields::FormFields;
use crate::http::params::{HeadingParam, LangParam, StartParams, ThreadQuery};
use crate::http::problem::responses::{ListQueryInvalid, SiteUnknown, ThreadInvalid};
use crate::http::problem::{ApiError, NO_STORE};
use crate::http::query::{self, Once, Query};
use crate::http::reader_cookie::ReaderCookie;
use crate::render::{Announcement, Mode};
use crate::routes::negotiation::Negotiation;

/// The query of a page, in the order in which it is judged.
type ShowQuery = (PageQuery, PostedParam, FormParams, StartParams);

/// The parameter that the redirect after a form adds to the address.
#[derive(Debug, Deserialize)]
pub(crate) struct PostedParam {
    posted: Once,
}

/// Shows a thread as a whole page, in the language asked for, the site's or the browser's.
#[utoipa::path(
    get,
    path = paths::THREAD,
    tag = "pages",
    params(ThreadQuery, PageParams, StartParams, FormParams, LangParam),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        ListQueryInvalid,
        SiteUnknown,
        ThreadInvalid,
    )
)]
pub(crate) async fn show(
    State(state): State<PageState>,
    Query((page, posted, form, start)): Query<ShowQuery>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut request = state.page_request(&page, &headers)?;
    let announcement = announcement(&posted)?;
    let responses = &state.responses;
    let transport = state.form_origins().transport(&headers);
    let cookie = ReaderCookie::of(&responses.context, &headers, transport);
    let actor =
        Actor::FormGuest { reader: cookie.as_ref().map(ReaderCookie::token), address: client.address };
    let reader = cookie.is_some().then_some(actor);
    if let Some(kind) = form.kind()? {
        request.query.start = start_at(kind.comment());
        let form_response = Some(open_form::open(&responses.context, &request, kind, &actor).await);
        let view = PersonalView { reader, announcement: None, form_response };
        return Ok(private_page(StatusCode::OK, personal_page(responses, &request, view).await?));
    }
    request.query.start = start.start()?;
    let shared = request.shared(request.query.clone(), announcement);
    let Some(known) = &reader else {
        let read = Negotiation { headers: &headers, language: Some(request.language) };
        return responses.respond(&request.policy, &shared, read).await;
    };
    if let Some(encoded) = shared_page(responses, &request, &shared, known).await? {
        // It is no secret, but another one than they get who have acted there.
        return Ok(private(encoded.response_to(&without_etags(headers)).await));
    }
    let view = PersonalView { reader, announcement, form_response: None };
    Ok(private_page(StatusCode::OK, personal_page(responses, &request, view).await?))
}

/// Reads what has just been done, as the redirect after a form says.
fn announcement(param: &PostedParam) -> Result<Option<Announcement>, ApiError> {
    Ok(param.posted.value("posted")?.and_then(Announcement::from_name))
}

fn without_etags(mut headers: HeaderMap) -> HeaderMap {
    headers.remove(IF_NONE_MATCH);
    headers
}

/// Takes the page's form. An accepted comment is on disk, and the browser is sent to it; a refused one comes
/// back in its form, with the reason where it belongs.
#[utoipa::path(
    post,
    path = paths::THREAD,
    tag = "pages",
    params(ThreadQuery, LangParam),
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`name`, `text`, and perhaps `email` and `parent`, for a comment; `report`, `reason`, and perhaps `text`, for a report; `vote` and `value` for a vote; `edit`, `text` and perhaps `edited_at`, or `delete`, for what the same browser sent. The same words of the same writer from the same address make one comment; one address reports a comment once. With `scripted` in the query, from a script: `key` is the `Idempotency-Key`, `token` the edit token or the reader's, `title` and `url` are the page's, `open` asks for the form alone and `preview` for its text as it would be published; the answer is a tree of nodes, as of `format=tree`, with what has changed"),
    responses(
        (status = 200, description = "What a script's form has changed; a new comment comes with its edit token", body = String, content_type = "application/json"),
        (status = 303, description = "The comment's place", headers(("Location" = String, description = "The thread's page, at the comment"), ("Set-Cookie" = Option<String>, description = "The reader's token, with the first comment or vote of a browser"))),
        (status = 403, description = "Likewise: `thread_closed`, `not_yours`, `edit_window_over`; `origin_not_allowed`, for a form of another page, which changes nothing before the reader sends it once more from this one", body = String, content_type = "text/html"),
        (status = 422, description = "The page with the form as it was typed and what is wrong with it", body = String, content_type = "text/html"),
        (status = 429, description = "Likewise; with `Retry-After`", body = String, content_type = "text/html"),
        (status = 503, description = "Likewise", body = String, content_type = "text/html"),
    )
)]
pub(crate) async fn submit(
    State(state): State<PageState>,
    client: Client,
    Extension(rates): Extension<FormRates>,
    request: Request,
) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let (query, heading): (PageQuery, HeadingParam) = query::parse(parts.uri.query().unwrap_or_default())?;
    let request = state.page_request(&query, &parts.headers)?;
    let body = match parts.extensions.remove::<Arc<FormBody>>() {
        Some(body) => body,
        None => Arc::new(
            form_body::read(&state.write.bodies, request.language.lang(), &parts.headers, body).await?,
        ),
    };
    let sent = SentForm {
        state: &state,
        request: &request,
        rates: &rates,
        headers: &parts.headers,
        address: client.address,
    };
    match request.mode {
        Mode::Script => scripted_answer::answer(sent, body.fields()?, heading.level()?).await,
        Mode::Browser | Mode::Either => answer_browser(sent, body.fields()?).await,
    }
}

/// Leads a browser to what its form has changed, or shows it the form again.
async fn answer_browser(sent: SentForm<'_>, fields: &FormFields) -> Result<Response, ApiError> {
    let SentForm { state, request, headers, address, .. } = sent;
    let form = ThreadForm::read(fields)?;
    let context = &state.responses.context;
    let transport = state.form_origins().transport(headers);
    let known = ReaderCookie::of(context, headers, transport);
    let is_known = known.is_some();
    let cookie = known.unwrap_or_else(|| ReaderCookie::new(context));
    let actor = Actor::FormGuest { reader: Some(cookie.token()), address };
    match sent.accept(&form, &actor).await {
        Ok(outcome) => {
            let has_own = outcome.has_own();
            let mut response = see_other(&outcome.redirect_url(state, request).await?);
            if !is_known && has_own {
                response.headers_mut().insert(SET_COOKIE, cookie.set_cookie(transport));
            }
            Ok(response)
        }
        Err(error) => {
            let (status, retry_after) = (error.status(), error.retry_after_secs());
            let mut request = request.clone();
            request.query.start = form.start();
            let reader = is_known.then_some(actor);
            let view = PersonalView { reader, announcement: None, form_response: Some(form.rejected(error)) };
            let body = personal_page(&state.responses, &request, view).await?;
            Ok(with_retry_after(private_page(status, body), retry_after))
        }
    }
}

fn see_other(url: &str) -> Response {
    let url = HeaderValue::try_from(url).expect("an encoded address is ASCII");
    (StatusCode::SEE_OTHER, [(LOCATION, url), (CACHE_CONTROL, NO_STORE)]).into_response()
}
