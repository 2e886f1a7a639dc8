//! Middleware that costs a request no memory of its own: `axum::middleware::from_fn` puts its future and what it wraps
//! into boxes, and copies the latter.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::http::Response;
use tower::{Layer, Service};

/// The service inside a middleware. It never fails, since its failures are responses.
pub(crate) trait Inner<B = Body>:
    Service<Request, Response = Response<B>, Error = Infallible, Future: Send + 'static> + Clone + Send + 'static
{
}

impl<S, B> Inner<B> for S where
    S: Service<Request, Response = Response<B>, Error = Infallible, Future: Send + 'static>
        + Clone
        + Send
        + 'static
{
}

/// The future of a response.
pub(crate) trait Responding<B = Body>:
    Future<Output = Result<Response<B>, Infallible>> + Send
{
}

impl<F, B> Responding<B> for F where F: Future<Output = Result<Response<B>, Infallible>> + Send {}

/// A layer of a function that calls the inner service, or answers in its place.
#[derive(Clone)]
pub(crate) struct MiddlewareLayer<T, F>(T, F);

/// Makes a layer of a function and the state that it takes first.
pub(crate) fn middleware<T, F>(state: T, call: F) -> MiddlewareLayer<T, F> {
    MiddlewareLayer(state, call)
}

impl<T: Clone, F: Clone, S> Layer<S> for MiddlewareLayer<T, F> {
    type Service = Middleware<T, F, S>;

    fn layer(&self, inner: S) -> Self::Service {
        Middleware { state: self.0.clone(), call: self.1.clone(), inner }
    }
}

/// A service inside a middleware, and the middleware's function.
#[derive(Clone)]
pub(crate) struct Middleware<T, F, S> {
    state: T,
    call: F,
    inner: S,
}

impl<T, F, S, R, A> Service<Request> for Middleware<T, F, S>
where
    F: Fn(&T, &mut S, Request) -> R,
    S: Service<Request, Error = Infallible>,
    R: Future<Output = Result<A, Infallible>>,
{
    type Response = A;
    type Error = Infallible;
    type Future = R;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> R {
        (self.call)(&self.state, &mut self.inner, request)
    }
}
