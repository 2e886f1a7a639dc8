//! A thread as a page of its own, which reads and takes comments without any script.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::{CommentState, NewAuthor, NewComment, Problem, Submitted, paths};

use super::query::{PAGE, Query};
use super::requester::{Origin, address};
use super::{form_body, guard, reading};
use crate::app::App;
use crate::commands::{self, SubmitPolicy};
use crate::domain::thread::ThreadKey;
use crate::problem::{Failure, NO_STORE};
use crate::ready::{Asked, Form};
use crate::render::{Lang, Outcome, Rejected};
use crate::sites::{AdmissionError, Sites};
use crate::storage::{ListQuery, Start};

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
        ("lang" = Option<String>, Query, description = "`uk`, `ru` or `en`"),
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
        _ => None,
    };
    let query =
        ListQuery { thread, sort: query.sort()?, start: query.start()?, extent: query.page_extent()? };
    reading::answer(&app, &policy, &Asked { query, form: Form::Page(lang, outcome) }, &headers).await
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
        ("lang" = Option<String>, Query, description = "`uk`, `ru` or `en`"),
    ),
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`name`, `text`, and perhaps `email` and `parent`. The same words of the same writer from the same address make one comment"),
    responses(
        (status = 303, description = "The comment's place", headers(("Location" = String, description = "The thread's page, at the comment"))),
        (status = 403, description = "`origin_not_allowed`, as a problem; `thread_closed`, as the page", body = String, content_type = "text/html"),
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
    let query = ListQuery { thread, sort: query.sort()?, start: Start::Top, extent: query.page_extent()? };
    let form = form_body::read(&parts.headers, body, app.body_timeout).await?;
    let new = new_comment(&form, &query.thread)?;
    match accept(&app, &policy, &new, writer).await {
        Ok(submitted) => Ok(sent_to(&place(&app, query, lang, &submitted).await?)),
        Err(failure) => Ok(back(&app, &policy, (&query, lang), (new, failure)).await),
    }
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

fn new_comment(form: &Query, thread: &ThreadKey) -> Result<NewComment, Failure> {
    let field = |name| Ok::<_, Failure>(form.one(name)?.unwrap_or_default().to_owned());
    let present = |name| Ok::<_, Failure>(Some(field(name)?).filter(|value| !value.is_empty()));
    Ok(NewComment {
        site: thread.site.clone(),
        page: thread.page.clone(),
        parent: present("parent")?,
        author: NewAuthor { name: field("name")?, email: present("email")? },
        text: field("text")?,
        title: None,
        url: None,
    })
}

async fn accept(
    app: &App,
    policy: &SubmitPolicy,
    new: &NewComment,
    writer: IpAddr,
) -> Result<Submitted, Failure> {
    guard::count(&app.posts, writer)?;
    let key = commands::form_key(&app.context, new, writer);
    let submitted = commands::submit(&app.context, policy, new, &key).await?;
    app.metrics.record_comment();
    Ok(submitted)
}

/// Where the comment stands: on the page with all of them, or on the one that begins there.
async fn place(app: &App, query: ListQuery, lang: Lang, submitted: &Submitted) -> Result<String, Failure> {
    let comment = &submitted.comment;
    let address = reading::address("", &query, lang);
    if comment.state == CommentState::Pending {
        return Ok(format!("{address}&posted=held"));
    }
    let page = app.context.store.list(&ListQuery { extent: PAGE, ..query }).await?;
    let is_there = page.comments.iter().any(|shown| shown.id.to_string() == comment.id);
    let part = if is_there { "limit=all".into() } else { format!("comment={}", comment.id) };
    Ok(format!("{address}&{part}&posted=published#comment-{}", comment.id))
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
    (new, failure): (NewComment, Failure),
) -> Response {
    let status = failure.status();
    let problem = failure.into_problem();
    let retry_after = problem.retry_after;
    let NewAuthor { name, email } = new.author;
    let rejected = Rejected { name, email: email.unwrap_or_default(), text: new.text, problem };
    let page = reading::rejected_page(app, policy, asked, rejected).await;
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CACHE_CONTROL, NO_STORE)];
    let mut response = (status, headers, page).into_response();
    if let Some(secs) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, secs.into());
    }
    reading::guard_page(&mut response);
    response
}
