//! What stands around every route: limits of rate and time, panics, unknown paths, security headers.

use std::any::Any;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;

use super::requester::address;
use crate::app::App;
use crate::problem::Failure;
use crate::rate_limit::RateLimit;

/// Refuses reads beyond the rate of one address.
pub(super) async fn count_read(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    counted(&app, &app.reads, request, next).await
}

/// Refuses posts beyond the rate of one address.
pub(super) async fn count_post(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    counted(&app, &app.posts, request, next).await
}

/// Refuses votes beyond the rate of one address.
pub(super) async fn count_vote(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    counted(&app, &app.votes, request, next).await
}

async fn counted(app: &App, limit: &RateLimit, request: Request, next: Next) -> Response {
    match count(limit, address(app, &request)) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Counts one request of an address; fails beyond its rate.
pub(super) fn count(limit: &RateLimit, address: IpAddr) -> Result<(), Failure> {
    limit.count(address).map_err(|limited| {
        Failure::new(ProblemKind::RateLimited, "Too many requests came from this address.")
            .retry_after(limited.retry_after_secs)
    })
}

/// Says that the store does not answer rather than let a client wait for ever.
pub(super) async fn answer_in_time(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(app.request_timeout, next.run(request));
    answer.await.unwrap_or_else(|_| {
        tracing::error!("a request was not answered in time");
        Failure::store_unavailable().into_response()
    })
}

/// Turns a handler's panic into a problem.
#[expect(clippy::needless_pass_by_value, reason = "the signature is tower-http's")]
pub(super) fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(panic = words, "a handler panicked");
    Failure::internal().into_response()
}

/// No route has this path.
pub(super) async fn nothing_here() -> Failure {
    Failure::not_found()
}

/// The path's route does not take this method; the router adds `Allow`.
pub(super) async fn wrong_method() -> Failure {
    Failure::new(ProblemKind::MethodNotAllowed, "This path does not take this method; see the Allow header.")
}

const NOSNIFF: (HeaderName, HeaderValue) = (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));

/// Headers that tell browsers to take nothing for what it is not. A route's own choice stands.
pub(super) async fn add_security_headers(request: Request, next: Next) -> Response {
    secured(next.run(request).await)
}

/// The answer with those headers.
pub(super) fn secured(response: Response) -> Response {
    const DEFAULTS: [(HeaderName, HeaderValue); 3] = [
        NOSNIFF,
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    ];
    add(&DEFAULTS, response)
}

/// The same for scripts and style sheets, which are no pages: the rest would only make them larger.
pub(super) async fn add_file_headers(request: Request, next: Next) -> Response {
    add(&[NOSNIFF], next.run(request).await)
}

fn add(headers: &[(HeaderName, HeaderValue)], mut response: Response) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}
