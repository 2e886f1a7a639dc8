//! Limits the requests of one address.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::mem;
use std::net::IpAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use dumka_api::ProblemKind;
use futures_util::future::{BoxFuture, Either};
use tower::{Layer, Service};

use crate::http::client::ClientAddresses;
use crate::http::middleware::Inner;
use crate::http::problem::ApiError;
use crate::rate_limit::{self, RateLimit, RateLimits};

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
    pub(crate) async fn count_request(&self, request: &Parts) -> Result<(), ApiError> {
        self.count(self.clients.of(&request.extensions, &request.headers)).await
    }

    /// Counts one request of an address; fails beyond its rate.
    pub(crate) async fn count(&self, address: IpAddr) -> Result<(), ApiError> {
        self.limit().count_everywhere(address).await.map_err(|limited| refusal(&limited))
    }

    fn limit(&self) -> &RateLimit {
        (self.limit)(&self.rates)
    }
}

fn refusal(limited: &rate_limit::RateLimited) -> ApiError {
    ApiError::new(ProblemKind::RateLimited, "Too many requests came from this address.")
        .retry_after(limited.retry_after_secs)
}

/// A handler behind a limit. It is no [`middleware`](super::middleware), whose function would be another one for each
/// handler.
#[derive(Clone)]
pub(crate) struct RateLimited<S> {
    limiter: RateLimiter,
    inner: S,
}

/// A response behind a count that the database keeps.
type Counting = BoxFuture<'static, Result<Response, Infallible>>;

async fn count_first<S: Inner>(
    limiter: RateLimiter,
    address: IpAddr,
    mut inner: S,
    request: Request,
) -> Result<Response, Infallible> {
    match limiter.count(address).await {
        Ok(()) => inner.call(request).await,
        Err(error) => Ok(error.into_response()),
    }
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
    type Future = Either<Either<S::Future, Ready<Result<Response, Infallible>>>, Counting>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let address = self.limiter.clients.of(request.extensions(), request.headers());
        if self.limiter.limit().is_shared() {
            let next = self.inner.clone();
            let ready = mem::replace(&mut self.inner, next);
            return Either::Right(Box::pin(count_first(self.limiter.clone(), address, ready, request)));
        }
        Either::Left(match self.limiter.limit().count(address) {
            Ok(()) => Either::Left(self.inner.call(request)),
            Err(limited) => Either::Right(ready(Ok(refusal(&limited).into_response()))),
        })
    }
}
