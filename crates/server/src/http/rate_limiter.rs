//! Limits the requests of one address.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;
use futures_util::future::Either;
use tower::{Layer, Service};

use crate::http::client::ClientAddresses;
use crate::http::middleware::Inner;
use crate::http::problem::ApiError;
use crate::rate_limit::{RateLimit, RateLimits};

/// Limits the requests of one address by their kind; around a handler, as a layer.
#[derive(Clone)]
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

/// A handler behind a limit. It is no [`middleware`](super::middleware), whose function would be another one for each
/// handler.
#[derive(Clone)]
pub(crate) struct RateLimited<S> {
    limiter: RateLimiter,
    inner: S,
}

impl<S> Layer<S> for RateLimiter {
    type Service = RateLimited<S>;

    fn layer(&self, inner: S) -> RateLimited<S> {
        RateLimited { limiter: self.clone(), inner }
    }
}

impl<S: Inner> Service<Request> for RateLimited<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<S::Future, Ready<Result<Response, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let address = self.limiter.clients.of(request.extensions(), request.headers());
        match self.limiter.count(address) {
            Ok(()) => Either::Left(self.inner.call(request)),
            Err(error) => Either::Right(ready(Ok(error.into_response()))),
        }
    }
}
