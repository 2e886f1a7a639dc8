//! Reads request bodies, bounded in size and time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use dumka_api::ProblemKind;
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::problem::ApiError;

/// Bytes of a body too large that are still taken, so that its sender gets to read the answer instead of a reset.
pub(crate) const DRAIN_MAX_BYTES: usize = 1024 * 1024;

/// MiB of forms larger than other bodies that are held at once, so that they do not add up.
const LARGE_FORMS_MIB: usize = 32;

/// The bounds of request bodies. A clone shares the room for large forms.
#[derive(Debug, Clone)]
pub struct BodyLimits {
    timeout: Duration,
    large_forms: Arc<Semaphore>,
}

impl BodyLimits {
    /// Creates the bounds, with the time for a body to arrive.
    pub fn new(timeout: Duration) -> Self {
        Self { timeout, large_forms: Arc::new(Semaphore::new(LARGE_FORMS_MIB)) }
    }

    /// Reserves room for a large form, where there is some left.
    pub(crate) fn reserve_mib(&self, mib: u32) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.large_forms).try_acquire_many_owned(mib).ok()
    }

    /// Reads a whole body.
    pub(crate) async fn read_within(
        &self,
        bounds: Bounds,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Vec<u8>, ApiError> {
        if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
            let detail = "The body is expected without a content encoding.";
            return Err(ApiError::new(ProblemKind::ContentTypeUnsupported, detail));
        }
        if declared_length(headers).is_some_and(|length| length > bounds.taken) {
            return Err(too_large(bounds.kept));
        }
        tokio::time::timeout(self.timeout, collect(body, bounds)).await.map_err(|_| too_slow())?
    }
}

/// The numbers of bytes of a body that are kept and taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// A body with more is refused.
    pub(crate) kept: usize,
    /// A body with more is not even read to its end.
    pub(crate) taken: usize,
}

/// Returns the length that the request declares.
pub(crate) fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body; one that is too large is read on for a while and thrown away.
async fn collect(mut body: Body, bounds: Bounds) -> Result<Vec<u8>, ApiError> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(chunk) = next_chunk(&mut body).await? {
        length += chunk.len();
        if length > bounds.taken {
            return Err(too_large(bounds.kept));
        }
        if length <= bounds.kept {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    if length > bounds.kept { Err(too_large(bounds.kept)) } else { Ok(bytes) }
}

async fn next_chunk(body: &mut Body) -> Result<Option<Bytes>, ApiError> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Err(_)) => return Err(ApiError::new(ProblemKind::JsonInvalid, "The body ended too early.")),
            Some(Ok(frame)) => {
                if let Ok(chunk) = frame.into_data() {
                    return Ok(Some(chunk));
                }
            }
        }
    }
}

/// Refuses a body for its length.
pub(crate) fn too_large(max_bytes: usize) -> ApiError {
    ApiError::new(ProblemKind::BodyTooLarge, "The body has more bytes than are taken.").over(max_bytes)
}

fn too_slow() -> ApiError {
    ApiError::new(ProblemKind::RequestTimeout, "The body did not arrive in time.")
}
