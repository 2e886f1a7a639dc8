//! A thread as it changes.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use dumka_api::{LiveComment, LiveDeleted, LiveVotes, Problem, ProblemKind, live, paths};

use super::cross_origin::LAST_EVENT_ID;
use super::query::Query;
use super::reading;
use super::requester::address;
use crate::app::App;
use crate::live::{Start, Wish};
use crate::problem::{Failure, NO_STORE};

/// Proxies that know this header (nginx and its kin) hand on every event at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Tells what changes in a thread as it happens, until the client leaves. Many changes of one comment may come as
/// one event. Every event but those that share a revision with the next one has an id, after which the stream can be
/// resumed: nothing is lost and nothing comes twice.
#[utoipa::path(
    get,
    path = paths::LIVE,
    tag = "comments",
    params(
        ("site" = String, Query, description = "The site's id", example = "news.example"),
        ("page" = String, Query, description = "The page's id, at most 512 bytes", example = "news/42"),
        ("after" = Option<String>, Query, description = "The id of the last event seen, or `event` of the thread as it was listed; the present moment by default"),
        ("Last-Event-ID" = Option<String>, Header, description = "Likewise, as browsers send it when they come back; it goes before `after`. One that is no id is the beginning"),
    ),
    responses(
        (status = 200, description = "Events `comment` and `edited` (a comment and the thread's `total`), `deleted` (id, `total`, and the mark that stands in its place, if one does), `votes`",
            content((LiveComment = "text/event-stream"), (LiveDeleted = "text/event-stream"), (LiveVotes = "text/event-stream"))),
        (status = 400, description = "`query_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`site_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`site_empty`, `page_empty`, `page_too_long`, `control_characters`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: too many requests or too many streams; with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`store_unavailable`, with `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn follow(
    State(app): State<Arc<App>>,
    query: Query,
    request: Request,
) -> Result<Response, Failure> {
    let thread = reading::asked_thread(&query)?;
    app.sites.policy(&thread.site)?;
    let start = start(&query, request.headers())?;
    let wish = Wish { thread, start, address: address(&app, &request) };
    let feed = app.live.follow(&app.context, wish).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(live::MEDIA_TYPE)),
        (CACHE_CONTROL, NO_STORE),
        (X_ACCEL_BUFFERING, HeaderValue::from_static("no")),
    ];
    Ok((headers, feed.into_body()).into_response())
}

/// After which event to begin. A browser that comes back knows better than the address it began with.
fn start(query: &Query, headers: &HeaderMap) -> Result<Start, Failure> {
    if let Some(seen) = headers.get(LAST_EVENT_ID).filter(|seen| !seen.is_empty()) {
        // It cannot be told that it is wrong; from the beginning it loses nothing.
        return Ok(Start::After(seen.to_str().ok().and_then(revision).unwrap_or_default()));
    }
    let Some(seen) = query.one("after")? else { return Ok(Start::Now) };
    let refused = || Failure::new(ProblemKind::QueryInvalid, "The id is one of an event.").in_field("after");
    revision(seen).map(Start::After).ok_or_else(refused)
}

fn revision(id: &str) -> Option<u64> {
    id.bytes().all(|byte| byte.is_ascii_digit()).then(|| id.parse().ok()).flatten()
}
