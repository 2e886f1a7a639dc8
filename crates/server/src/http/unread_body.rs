//! Drains bodies that no route read: a request may be answered before its body is there, and then the rest of it would be taken
//! for the next request. What is left is read and thrown away, or the answer says that the connection ends with it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CONNECTION, EXPECT};
use axum::response::Response;
use futures_util::future::{Either, FutureExt};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};

use crate::http::middleware::{Inner, Responding};
use crate::http::request_body::DRAIN_MAX_BYTES;

/// The time for which a response waits for a body that does not matter any more.
const PATIENCE: Duration = Duration::from_secs(1);

/// Reads what is left of a request's body, or ends the connection with the response.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a middleware takes its state by reference")]
pub(crate) fn drain_unread<S: Inner>((): &(), inner: &mut S, request: Request) -> impl Responding + use<S> {
    if request.body().is_end_stream() {
        return Either::Left(inner.call(request));
    }
    Either::Right(draining(inner.clone(), request).map(Ok).boxed())
}

async fn draining(mut inner: impl Inner, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let waits_for_leave = parts.headers.contains_key(EXPECT);
    let body = Shared::new(body);
    let Ok(mut response) = inner.call(Request::from_parts(parts, Body::new(body.clone()))).await;
    // Who waits to be told to send the body has sent nothing yet, and is told not to.
    let is_over = body.has_ended() || (!waits_for_leave && body.drained().await);
    if !is_over {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A body that outlives the one who was to read it.
#[derive(Clone)]
struct Shared(Arc<Mutex<Reading>>);

struct Reading {
    body: Body,
    has_ended: bool,
}

impl Shared {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Reading { body, has_ended: false })))
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().expect("nothing panics while it holds the lock")
    }

    fn has_ended(&self) -> bool {
        self.reading().has_ended
    }

    /// Reads on, and tells whether the end came soon enough.
    async fn drained(self) -> bool {
        if self.size_hint().lower() > DRAIN_MAX_BYTES as u64 {
            return false;
        }
        let reading = self.clone();
        tokio::time::timeout(PATIENCE, drain(self)).await.is_ok() && reading.has_ended()
    }
}

async fn drain(mut body: Shared) {
    let mut bytes = 0;
    while let Some(Ok(frame)) = body.frame().await {
        bytes += frame.data_ref().map_or(0, Bytes::len);
        if bytes > DRAIN_MAX_BYTES {
            return;
        }
    }
}

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut reading = self.reading();
        let polled = Pin::new(&mut reading.body).poll_frame(cx);
        reading.has_ended |= matches!(polled, Poll::Ready(None));
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.reading().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.reading().body.size_hint()
    }
}
