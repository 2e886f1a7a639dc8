//! Live events of threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use dumka_api::limits::LIVE_MAX_PAGES;
use dumka_api::{
    LiveAlive, LiveComment, LiveDeleted, LiveThread, LiveVotes, Problem, ProblemKind, live, paths,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::commands::Context;
use crate::domain::submission::check_thread;
use crate::http::client::Client;
use crate::http::cors::LAST_EVENT_ID;
use crate::http::params;
use crate::http::problem::responses::{SiteUnknown, StoreUnavailable, ThreadInvalid};
use crate::http::problem::{ApiError, NO_STORE};
use crate::http::query::{Once, Query};
use crate::live::{FollowRequest, Live, Start};
use crate::sites::Sites;

/// The state of this route.
#[derive(Clone)]
pub(crate) struct LiveState {
    context: Context,
    sites: Arc<Sites>,
    live: Arc<Live>,
}

impl FromRef<App> for LiveState {
    fn from_ref(app: &App) -> Self {
        Self { context: app.context.clone(), sites: Arc::clone(&app.sites), live: Arc::clone(&app.live) }
    }
}

/// Proxies that know this header (nginx and its kin) hand on every event at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The query of a stream.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LiveQuery {
    /// The site's id.
    #[param(value_type = String, example = "news.example")]
    site: Once,
    /// A page's id, at most 512 bytes; repeat the name for more pages, at most 100.
    #[param(example = json!(["news/42", "news/43"]))]
    page: Vec<String>,
    /// For each page, in their order, its position in the last event seen, or `event` of the thread as it was listed:
    /// repeated, or all in one, separated by commas, as the id of an event is. The present moment by default.
    #[param(value_type = Option<Vec<String>>)]
    after: Vec<String>,
    /// 0: the stream ends when it has told what is there already.
    #[param(value_type = Option<u32>)]
    wait: Once,
}

/// Tells what changes in threads as it happens, until the client leaves. Many changes of one comment may come as
/// one event. Every event but those that share a revision with the next one has an id, the positions of all pages, after
/// which the stream can be resumed: nothing is lost and nothing comes twice. With `wait=0` the stream ends when it has
/// told what is there already, and takes no place among the open streams: for clients on whose line streams are held
/// back.
#[utoipa::path(
    get,
    path = paths::LIVE,
    tag = "comments",
    params(
        LiveQuery,
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event seen, as browsers send it when they come back; it goes before `after`. One that no event of these pages can have is passed over"),
    ),
    responses(
        (status = 200, description = "Events `comment` and `edited` (a comment and the thread's `total`), `deleted` (id, `total`, and the mark that stands in its place, if one does), `votes`, `thread` (its state, announcement and pace, where a moderator has changed them), each with its `page` as it was asked for; `alive` at the beginning and at least every `limits.heartbeat_secs`",
            content((LiveComment = "text/event-stream"), (LiveDeleted = "text/event-stream"), (LiveVotes = "text/event-stream"), (LiveThread = "text/event-stream"), (LiveAlive = "text/event-stream"))),
        (status = 400, description = "`query_invalid`, `pages_too_many`", body = Problem, content_type = "application/problem+json"),
        SiteUnknown,
        ThreadInvalid,
        (status = 429, description = "`rate_limited`: too many requests or too many streams; with `Retry-After`", body = Problem, content_type = "application/problem+json"),
        StoreUnavailable,
    )
)]
pub(crate) async fn follow(
    State(state): State<LiveState>,
    Query(query): Query<LiveQuery>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let requests = follow_requests(&state.sites, &query, &headers)?;
    let feed = match query.wait.value("wait")? {
        None => state.live.follow(&state.context, requests, client.address).await?,
        Some("0") => state.live.catch_up(&state.context, requests).await?,
        Some(_) => {
            let detail = "A stream waits for what is to come, or with `wait=0` it does not.";
            return Err(ApiError::new(ProblemKind::QueryInvalid, detail).in_field("wait"));
        }
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(live::MEDIA_TYPE)),
        (CACHE_CONTROL, NO_STORE),
        (X_ACCEL_BUFFERING, HeaderValue::from_static("no")),
    ];
    Ok((headers, feed.into_body()).into_response())
}

/// Reads the threads to follow and the positions to begin at: at least one thread, and each page once.
fn follow_requests(
    sites: &Sites,
    query: &LiveQuery,
    headers: &HeaderMap,
) -> Result<Vec<FollowRequest>, ApiError> {
    let site = query.site.value("site")?.unwrap_or_default();
    let asked = params::pages(&query.page, LIVE_MAX_PAGES, "One stream follows at most 100 pages.")?;
    let mut requests: Vec<FollowRequest> = Vec::new();
    let mut places = BTreeMap::new();
    for (page, start) in asked.iter().zip(starts(&query.after, asked.len())?) {
        let place = *places.entry(*page).or_insert(requests.len());
        if let Some(request) = requests.get_mut(place) {
            request.start = request.start.min(start);
            continue;
        }
        let thread = check_thread(site, page)?;
        let policy = sites.policy(&thread.site)?;
        requests.push(FollowRequest { page: (*page).into(), thread, start, policy });
    }
    // A browser that comes back knows better than the address it began with.
    if let Some(seen) = last_seen(headers).filter(|seen| seen.len() == requests.len()) {
        for (request, seen) in requests.iter_mut().zip(seen) {
            request.start = Start::After(seen);
        }
    }
    Ok(requests)
}

/// Reads the position to begin at for each of so many pages.
fn starts(after: &[String], pages: usize) -> Result<Vec<Start>, ApiError> {
    let seen: Vec<&str> = after.iter().flat_map(|seen| seen.split(',')).collect();
    if seen.is_empty() {
        return Ok(vec![Start::Now; pages]);
    }
    let refused = || {
        let detail = "Of each page, in their order, the position in an event's id.";
        ApiError::new(ProblemKind::QueryInvalid, detail).in_field("after")
    };
    if seen.len() != pages {
        return Err(refused());
    }
    seen.into_iter().map(|seen| position(seen).map(Start::After).ok_or_else(refused)).collect()
}

/// Reads the positions in the last event that a client has seen. It cannot be told that they are none.
fn last_seen(headers: &HeaderMap) -> Option<Vec<u64>> {
    headers.get(LAST_EVENT_ID)?.to_str().ok()?.split(',').map(position).collect()
}

fn position(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
