//! CORS: names the origins whose scripts may read a response. Public reads carry the same headers for all, so that no
//! cache hands one page's permission to another; writes, and what is one author's alone, go by the page's origin.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
    AUTHORIZATION, CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderValue, Method, request};
use axum::response::Response;
use dumka_api::paths;
use tower::{Layer, Service};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::middleware::{Inner, Responding};
use crate::sites::Sites;

/// The header that makes a post repeatable.
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The header by which a stream is resumed. Browsers send it of themselves, other readers of streams may.
pub(crate) const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Browsers keep a preflight's answer at most a day, most of them less.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_hours(24);

/// The rules of CORS for public reads and for everything else.
pub(crate) struct CorsRules {
    reads: CorsLayer,
    others: CorsLayer,
}

impl CorsRules {
    /// Creates the rules of a server.
    pub(crate) fn new(sites: &Arc<Sites>) -> Self {
        Self { reads: any_origin(), others: origins_of(sites) }
    }
}

/// Answers preflights, and names the origins that may read every other response, failures included.
pub(crate) fn apply<S: Inner>(
    rules: &Arc<CorsRules>,
    inner: &mut S,
    request: Request,
) -> impl Responding + use<S> {
    let rule = if is_public_read(&request) { &rules.reads } else { &rules.others };
    rule.layer(inner).call(request)
}

/// Any page may read what is public, and the widget's files.
pub(crate) fn any_origin() -> CorsLayer {
    // The answer is the same whoever asks, so that it varies by nothing.
    let varies: [HeaderName; 0] = [];
    let reads = CorsLayer::new().allow_origin(Any).allow_methods([Method::GET, Method::HEAD]);
    reads.allow_headers(Any).max_age(PREFLIGHT_MAX_AGE).vary(varies)
}

/// Pages of any served site may read answers, failures included; whether a page may use the one site it asks
/// for is each route's own question.
fn origins_of(sites: &Arc<Sites>) -> CorsLayer {
    let sites = Arc::clone(sites);
    let knows = move |origin: &HeaderValue, _: &request::Parts| {
        origin.to_str().is_ok_and(|origin| sites.knows_origin(origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(knows))
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ])
        .allow_headers([CONTENT_TYPE, IDEMPOTENCY_KEY, AUTHORIZATION, LAST_EVENT_ID])
        .max_age(PREFLIGHT_MAX_AGE)
}

/// Tells whether a request, or the one that a preflight announces, reads what everybody may read: all reads do but for one
/// of a comment with its author's token.
fn is_public_read(request: &Request) -> bool {
    let headers = request.headers();
    let announced =
        headers.get(ACCESS_CONTROL_REQUEST_METHOD).filter(|_| request.method() == Method::OPTIONS);
    let is_read = match announced {
        Some(method) => method == "GET" || method == "HEAD",
        None => matches!(*request.method(), Method::GET | Method::HEAD),
    };
    let is_of_comment =
        request.extensions().get::<MatchedPath>().is_some_and(|route| route.as_str() == paths::COMMENT);
    is_read && !(is_of_comment && brings_token(headers))
}

fn brings_token(headers: &HeaderMap) -> bool {
    let announced =
        headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS).iter().filter_map(|line| line.to_str().ok());
    let mut announced = announced.flat_map(|line| line.split(',')).map(str::trim);
    headers.contains_key(AUTHORIZATION) || announced.any(|name| name.eq_ignore_ascii_case("authorization"))
}

/// Lets pages read what an answer tells in its headers; most tell nothing there, and are shorter for it.
pub(crate) fn expose(mut response: Response) -> Response {
    let told = [LOCATION, RETRY_AFTER].into_iter().find(|name| response.headers().contains_key(name));
    if let Some(name) = told {
        response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, name.into());
    }
    response
}
