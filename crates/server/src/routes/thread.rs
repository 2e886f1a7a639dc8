//! A thread as a page of its own, which reads and takes comments without any script.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{Problem, paths};

use super::form_body::Form as SentForm;
use super::form_reader::FormReader;
use super::query::Query;
use super::reader_page::ForOne;
use super::requester::address;
use super::thread_form::{self, SCRIPTED, Sender, Sent, Taken};
use super::{form_body, form_origin, form_own, reader_page, reading, tagged};
use crate::app::App;
use crate::cache::{CacheKey, Representation};
use crate::commands::SitePolicy;
use crate::problem::{Failure, NO_STORE};
use crate::render::{Announcement, Lang, Mode};
use crate::sites::AdmissionError;
use crate::storage::ListQuery;

/// Shows a thread as a whole page, in the language asked for, the site's or the browser's.
#[utoipa::path(
    get,
    path = paths::THREAD,
    tag = "pages",
    params(
        ("site" = String, Query, description = "The site's id", example = "news.example"),
        ("page" = String, Query, description = "The page's id, at most 512 bytes", example = "news/42"),
        ("sort" = Option<dumka_api::Sort>, Query, description = "The order of top-level comments; `oldest` by default"),
        ("limit" = Option<String>, Query, description = "Top-level comments, 1–100, or `all`: as many as one page shows; 20 by default"),
        ("cursor" = Option<String>, Query, description = "`next` of the answer before"),
        ("comment" = Option<String>, Query, description = "A comment's id: the page begins where it stands; not with `cursor`"),
        ("reply" = Option<String>, Query, description = "A comment's id: the page begins there, with the form that answers it open"),
        ("report" = Option<String>, Query, description = "Likewise, with the form that reports it"),
        ("edit" = Option<String>, Query, description = "Likewise, with the form that gives it another text, for the browser that sent it by the form"),
        ("delete" = Option<String>, Query, description = "Likewise, with the form that deletes it"),
        ("scripted" = Option<String>, Query, description = "Given, whatever it says: the page is for a script that puts its thread in place; votes need one there"),
        ("lang" = Option<String>, Query, description = "A tag such as `uk`"),
    ),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "Nothing has changed since the tag of `If-None-Match`"),
        (status = 400, description = "`limit_invalid`, `sort_invalid`, `cursor_invalid`, `query_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`site_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`site_empty`, `page_empty`, `page_too_long`, `control_characters`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<Arc<App>>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let thread = reading::asked_thread(&query)?;
    let policy = app.sites.policy(&thread.site)?;
    let lang = reading::lang(&app, &thread.site, &query, &headers)?;
    let outcome = match query.one("posted")? {
        Some("published") => Some(Announcement::Published),
        Some("held") => Some(Announcement::Held),
        Some("saved") => Some(Announcement::Saved),
        Some("deleted") => Some(Announcement::Deleted),
        Some("reported") => Some(Announcement::Reported),
        _ => None,
    };
    let (sort, limits) = (query.sort()?, query.page_limits()?);
    let transport = form_origin::transport(&app, &headers);
    let (audience, reader) = (audience(&query)?, FormReader::of(&app.context, &headers, transport));
    let reader = reader.as_ref();
    if let Some(purpose) = thread_form::asked(&query)? {
        let query = ListQuery { thread, sort, start: thread_form::start(purpose.comment()), limits };
        let answer = form_own::opened(&app, &policy, &query.thread, (purpose, reader)).await;
        let shown = ForOne { audience, reader, outcome: None, answer: Some(answer) };
        return Ok(page(
            StatusCode::OK,
            reader_page::page_for_one(&app, &policy, (&query, lang), shown).await?,
        ));
    }
    let query = ListQuery { thread, sort, start: query.start()?, limits };
    let asked =
        CacheKey { query, representation: Representation::Page(lang, audience, outcome), spelled: None };
    let Some(known) = reader else { return reading::answer(&app, &policy, &asked, &headers).await };
    if let Some(encoded) = reader_page::page_for_all(&app, &policy, &asked, known).await? {
        // It is no secret, but another one than they get who have acted there.
        return Ok(guarded(tagged::ready(&without_tags(headers), &encoded).await));
    }
    let shown = ForOne { audience, reader, outcome, answer: None };
    let html = reader_page::page_for_one(&app, &policy, (&asked.query, lang), shown).await?;
    Ok(page(StatusCode::OK, html))
}

fn without_tags(mut headers: HeaderMap) -> HeaderMap {
    headers.remove(IF_NONE_MATCH);
    headers
}

/// Takes the page's form. An accepted comment is on disk, and the browser is sent to it; a refused one comes
/// back in its form, with the reason where it belongs.
#[utoipa::path(
    post,
    path = paths::THREAD,
    tag = "pages",
    params(
        ("site" = String, Query, description = "The site's id"),
        ("page" = String, Query, description = "The page's id"),
        ("lang" = Option<String>, Query, description = "A tag such as `uk`"),
    ),
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`name`, `text`, and perhaps `email` and `parent`, for a comment; `report`, `reason`, and perhaps `text`, for a report; `vote` and `value` for a vote; `edit`, `text` and perhaps `edited_at`, or `delete`, for what the same browser sent. The same words of the same writer from the same address make one comment; one address reports a comment once"),
    responses(
        (status = 303, description = "The comment's place", headers(("Location" = String, description = "The thread's page, at the comment"), ("Set-Cookie" = Option<String>, description = "The reader's token, with the first comment or vote of a browser"))),
        (status = 403, description = "Likewise: `thread_closed`, `not_yours`, `edit_window_over`; `origin_not_allowed`, for a form of another page, which changes nothing before the reader sends it once more from this one", body = String, content_type = "text/html"),
        (status = 422, description = "The page with the form as it was typed and what is wrong with it", body = String, content_type = "text/html"),
        (status = 429, description = "Likewise; with `Retry-After`", body = String, content_type = "text/html"),
        (status = 503, description = "Likewise", body = String, content_type = "text/html"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    query: Query,
    request: Request,
) -> Result<Response, Failure> {
    let writer = address(&app, &request);
    let (mut parts, body) = request.into_parts();
    let thread = reading::asked_thread(&query)?;
    let policy = app.sites.policy(&thread.site)?;
    let lang = reading::lang(&app, &thread.site, &query, &parts.headers)?;
    let (sort, limits, audience) = (query.sort()?, query.page_limits()?, audience(&query)?);
    let form = match parts.extensions.remove::<Arc<SentForm>>() {
        Some(form) => form,
        None => Arc::new(form_body::read(&app, &parts, body).await?),
    };
    let sent = Sent::read(form.fields()?)?;
    let query = ListQuery { thread, sort, start: sent.start(), limits };
    let transport = form_origin::transport(&app, &parts.headers);
    let known = FormReader::of(&app.context, &parts.headers, transport);
    let is_fresh = known.is_none();
    let reader = known.unwrap_or_else(|| FormReader::fresh(&app.context));
    let sender = Sender { address: writer, audience, reader: &reader };
    let taken = if form_origin::may_send(&app, &query.thread.site, &parts.headers) {
        sent.accept(&app, &policy, (&query, lang), sender).await
    } else {
        Err(AdmissionError::OriginNotAllowed.into())
    };
    match taken {
        Ok(Taken { place, has_own }) => {
            let mut response = sent_to(&place);
            if is_fresh && has_own && audience == Mode::Browser {
                response.headers_mut().insert(SET_COOKIE, reader.cookie(transport));
            }
            Ok(response)
        }
        Err(failure) => {
            let reader = Some(&reader).filter(|_| !is_fresh);
            let shown = ForOne { audience, reader, outcome: None, answer: None };
            back(&app, &policy, (&query, lang), (sent, failure, shown)).await
        }
    }
}

/// Who asks: a browser by itself, or a script that says so, which puts the thread in place of what is shown.
fn audience(query: &Query) -> Result<Mode, Failure> {
    Ok(if query.one(SCRIPTED)?.is_some() { Mode::Script } else { Mode::Browser })
}

fn sent_to(place: &str) -> Response {
    let place = HeaderValue::try_from(place).expect("an encoded address is ASCII");
    (StatusCode::SEE_OTHER, [(LOCATION, place), (CACHE_CONTROL, NO_STORE)]).into_response()
}

/// The page with the form as it was typed.
async fn back(
    app: &App,
    policy: &SitePolicy,
    asked: (&ListQuery, Lang),
    (sent, failure, shown): (Sent, Failure, ForOne<'_>),
) -> Result<Response, Failure> {
    let (status, retry_after) = (failure.status(), failure.retry_after_secs());
    let shown = ForOne { answer: Some(sent.rejected(failure)), ..shown };
    let html = reader_page::page_for_one(app, policy, asked, shown).await?;
    let mut response = page(status, html);
    if let Some(secs) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, secs.into());
    }
    Ok(response)
}

/// A page for one reader alone.
pub(super) fn page(status: StatusCode, html: String) -> Response {
    let content_type = [(CONTENT_TYPE, HeaderValue::from_static(reading::HTML))];
    guarded((status, content_type, html).into_response())
}

/// The page with the rules of one that no cache keeps.
fn guarded(mut response: Response) -> Response {
    for name in [ETAG, tagged::CDN_CACHE_CONTROL] {
        response.headers_mut().remove(name);
    }
    response.headers_mut().insert(CACHE_CONTROL, PRIVATE_PAGE);
    reading::guard_page(&mut response);
    response
}

/// No cache keeps it, and nothing on the way changes it: some rewrite e-mail addresses, which readers type.
const PRIVATE_PAGE: HeaderValue = HeaderValue::from_static("no-store, no-transform");
