//! Middleware of every route: limits of rate and time, panics, unknown paths, security headers.

use std::any::Any;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;

use crate::http::client::ClientAddresses;
use crate::http::problem::ApiError;
use crate::rate_limit::{RateLimit, RateLimits};

/// The time in which every request is answered.
#[derive(Debug, Clone, Copy)]
pub struct RequestTimeout(pub Duration);

/// Limits the requests of one address by their kind.
pub(crate) struct RateLimiter {
    rates: Arc<RateLimits>,
    clients: Arc<ClientAddresses>,
    limit: fn(&RateLimits) -> &RateLimit,
}

impl RateLimiter {
    /// Creates a limiter that counts by one of the limits.
    pub(crate) fn new(
        rates: &Arc<RateLimits>,
        clients: &Arc<ClientAddresses>,
        limit: fn(&RateLimits) -> &RateLimit,
    ) -> Self {
        Self { rates: Arc::clone(rates), clients: Arc::clone(clients), limit }
    }

    /// Counts a request; fails beyond the rate of its address.
    pub(crate) fn count_request(&self, request: &Parts) -> Result<(), ApiError> {
        self.count(self.clients.of(&request.extensions, &request.headers))
    }

    /// Counts one request of an address; fails beyond its rate.
    pub(crate) fn count(&self, address: IpAddr) -> Result<(), ApiError> {
        (self.limit)(&self.rates).count(address).map_err(|limited| {
            ApiError::new(ProblemKind::RateLimited, "Too many requests came from this address.")
                .retry_after(limited.retry_after_secs)
        })
    }
}

/// Refuses requests beyond the rate of one address.
pub(crate) async fn limit_rate(
    State(limiter): State<Arc<RateLimiter>>,
    request: Request,
    next: Next,
) -> Response {
    let address = limiter.clients.of(request.extensions(), request.headers());
    match limiter.count(address) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// Answers 503 where a route takes longer than `timeout`.
pub(crate) async fn answer_in_time(
    State(timeout): State<RequestTimeout>,
    request: Request,
    next: Next,
) -> Response {
    let response = tokio::time::timeout(timeout.0, next.run(request));
    response.await.unwrap_or_else(|_| {
        tracing::error!("a request was not answered in time");
        ApiError::store_unavailable().into_response()
    })
}

/// Turns a handler's panic into a problem.
#[expect(clippy::needless_pass_by_value, reason = "the signature is tower-http's")]
pub(crate) fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(panic = words, "a handler panicked");
    ApiError::internal().into_response()
}

/// Answers a path that no route has.
pub(crate) async fn not_found() -> ApiError {
    ApiError::not_found()
}

/// Answers a method that the path's route does not take; the router adds `Allow`.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::new(ProblemKind::MethodNotAllowed, "This path does not take this method; see the Allow header.")
}

const NOSNIFF: (HeaderName, HeaderValue) = (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));

/// Adds the security headers that a route has not set itself.
pub(crate) async fn add_security_headers(request: Request, next: Next) -> Response {
    with_security_headers(next.run(request).await)
}

/// Adds the security headers to a response.
pub(crate) fn with_security_headers(response: Response) -> Response {
    const DEFAULTS: [(HeaderName, HeaderValue); 3] = [
        NOSNIFF,
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    ];
    add(&DEFAULTS, response)
}

/// Adds the one security header of scripts and style sheets, which are no pages.
pub(crate) async fn add_file_headers(request: Request, next: Next) -> Response {
    add(&[NOSNIFF], next.run(request).await)
}

fn add(headers: &[(HeaderName, HeaderValue)], mut response: Response) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}
