//! A thread as a page of its own, which reads and takes comments without any script.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{Problem, paths};

use super::form_reader::FormReader;
use super::query::Query;
use super::reading::ForOne;
use super::requester::{Origin, address};
use super::thread_form::{self, SCRIPTED, Sender, Sent, Taken};
use super::{form_body, form_own, reading};
use crate::app::App;
use crate::commands::SubmitPolicy;
use crate::problem::{Failure, NO_STORE};
use crate::ready::{Asked, Form};
use crate::render::{Audience, Lang, Outcome};
use crate::sites::{AdmissionError, Sites};
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
    origin: Origin,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let thread = reading::asked_thread(&query)?;
    let policy = app.sites.admit(&thread.site, origin.as_str())?;
    let lang = reading::lang(&app, &thread.site, &query, &headers)?;
    let outcome = match query.one("posted")? {
        Some("published") => Some(Outcome::Published),
        Some("held") => Some(Outcome::Held),
        Some("saved") => Some(Outcome::Saved),
        Some("deleted") => Some(Outcome::Deleted),
        Some("reported") => Some(Outcome::Reported),
        _ => None,
    };
    let (sort, extent) = (query.sort()?, query.page_extent()?);
    let (audience, reader) = (audience(&query)?, FormReader::of(&headers));
    let reader = reader.as_ref();
    if let Some(purpose) = thread_form::asked(&query)? {
        let query = ListQuery { thread, sort, start: thread_form::start(purpose.comment()), extent };
        let answer = form_own::opened(&app, &policy, &query.thread, (purpose, reader)).await;
        let shown = ForOne { audience, reader, outcome: None, answer: Some(answer) };
        return Ok(page(StatusCode::OK, reading::page_for_one(&app, &policy, (&query, lang), shown).await?));
    }
    let query = ListQuery { thread, sort, start: query.start()?, extent };
    if reader.is_some() {
        let shown = ForOne { audience, reader, outcome, answer: None };
        return Ok(page(StatusCode::OK, reading::page_for_one(&app, &policy, (&query, lang), shown).await?));
    }
    let asked = Asked { query, form: Form::Page(lang, audience, outcome), spelled: None };
    reading::answer(&app, &policy, &asked, &headers).await
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
        (status = 403, description = "`origin_not_allowed`, as a problem; `thread_closed`, `not_yours`, `edit_window_over`, as the page", body = String, content_type = "text/html"),
        (status = 422, description = "The page with the form as it was typed and what is wrong with it", body = String, content_type = "text/html"),
        (status = 429, description = "Likewise; with `Retry-After`", body = String, content_type = "text/html"),
        (status = 503, description = "Likewise", body = String, content_type = "text/html"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    origin: Origin,
    query: Query,
    request: Request,
) -> Result<Response, Failure> {
    let writer = address(&app, &request);
    let (parts, body) = request.into_parts();
    let thread = reading::asked_thread(&query)?;
    let policy = admit(&app, &thread.site, &origin, &parts.headers)?;
    let lang = reading::lang(&app, &thread.site, &query, &parts.headers)?;
    let (sort, extent, audience) = (query.sort()?, query.page_extent()?, audience(&query)?);
    let form = form_body::read(&parts.headers, body, app.body_timeout).await?;
    let sent = Sent::read(&form)?;
    let query = ListQuery { thread, sort, start: sent.start(), extent };
    let known = FormReader::of(&parts.headers);
    let is_fresh = known.is_none();
    let reader = known.unwrap_or_else(|| FormReader::fresh(&*app.context.entropy));
    let sender = Sender { address: writer, audience, reader: &reader };
    match sent.accept(&app, &policy, (&query, lang), sender).await {
        Ok(Taken { place, has_own }) => {
            let mut response = sent_to(&place);
            if is_fresh && has_own && audience == Audience::Browser {
                let cookie = reader.cookie(is_secure(&app, &origin));
                response.headers_mut().insert(SET_COOKIE, cookie);
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
fn audience(query: &Query) -> Result<Audience, Failure> {
    Ok(if query.one(SCRIPTED)?.is_some() { Audience::Script } else { Audience::Browser })
}

/// Whether browsers reach this server by HTTPS.
fn is_secure(app: &App, origin: &Origin) -> bool {
    let address = app.public_url.as_deref().or(origin.as_str());
    address.is_some_and(|address| address.starts_with("https:"))
}

/// Pages of the site's origins may send the form, and so may this server's own page.
fn admit(
    app: &App,
    site: &str,
    origin: &Origin,
    headers: &HeaderMap,
) -> Result<SubmitPolicy, AdmissionError> {
    match app.sites.admit(site, origin.as_str()) {
        Err(AdmissionError::OriginNotAllowed) if is_own_page(app, origin, headers) => {
            app.sites.admit(site, None)
        }
        Ok(_) if origin.as_str().is_none() && is_from_elsewhere(headers) => {
            Err(AdmissionError::OriginNotAllowed)
        }
        admission => admission,
    }
}

/// Whether the form came from a page of this server. Where no site is configured, its name may be anybody's:
/// there, loopback pages are served alone.
fn is_own_page(app: &App, origin: &Origin, headers: &HeaderMap) -> bool {
    let Some(origin) = origin.as_str() else { return false };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_configured = matches!(app.sites, Sites::Configured(_));
    is_configured && (app.public_url.as_deref() == Some(origin) || (authority.is_some() && authority == host))
}

/// Whether a browser says so that names no origin.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

fn sent_to(place: &str) -> Response {
    let place = HeaderValue::try_from(place).expect("an encoded address is ASCII");
    (StatusCode::SEE_OTHER, [(LOCATION, place), (CACHE_CONTROL, NO_STORE)]).into_response()
}

/// The page with the form as it was typed.
async fn back(
    app: &App,
    policy: &SubmitPolicy,
    asked: (&ListQuery, Lang),
    (sent, failure, shown): (Sent, Failure, ForOne<'_>),
) -> Result<Response, Failure> {
    let (status, retry_after) = (failure.status(), failure.retry_after_secs());
    let shown = ForOne { answer: Some(sent.rejected(failure)), ..shown };
    let html = reading::page_for_one(app, policy, asked, shown).await?;
    let mut response = page(status, html);
    if let Some(secs) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, secs.into());
    }
    Ok(response)
}

/// A page for one reader alone.
fn page(status: StatusCode, html: String) -> Response {
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CACHE_CONTROL, NO_STORE)];
    let mut response = (status, headers, html).into_response();
    reading::guard_page(&mut response);
    response
}
