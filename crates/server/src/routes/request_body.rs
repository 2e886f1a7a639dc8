//! Reading a request body, whatever is in it: bounded in size and time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use dumka_api::ProblemKind;
use dumka_api::limits::BODY_MAX_BYTES;
use http_body_util::BodyExt;

use crate::problem::Failure;

/// Bytes of a body too large that are still taken, so that its sender gets to read the answer instead of a reset.
pub(super) const DRAIN_MAX_BYTES: usize = 1024 * 1024;

/// Reads the whole body.
pub(super) async fn read(headers: &HeaderMap, body: Body, patience: Duration) -> Result<Vec<u8>, Failure> {
    let bounds = Bounds { kept: BODY_MAX_BYTES, taken: DRAIN_MAX_BYTES };
    read_within(bounds, headers, body, patience).await
}

/// How many bytes of a body are kept, and how many are taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// A body with more is refused.
    pub(super) kept: usize,
    /// A body with more is not even read to its end.
    pub(super) taken: usize,
}

/// Reads the whole body where it has so many bytes at most.
pub(super) async fn read_within(
    bounds: Bounds,
    headers: &HeaderMap,
    body: Body,
    patience: Duration,
) -> Result<Vec<u8>, Failure> {
    if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        let detail = "The body is expected without a content encoding.";
        return Err(Failure::new(ProblemKind::ContentTypeUnsupported, detail));
    }
    if declared_length(headers).is_some_and(|length| length > bounds.taken) {
        return Err(too_large(bounds.kept));
    }
    tokio::time::timeout(patience, collect(body, bounds)).await.map_err(|_| too_slow())?
}

/// The length that the request says its body has.
pub(super) fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body; one that is too large is read on for a while and thrown away.
async fn collect(mut body: Body, bounds: Bounds) -> Result<Vec<u8>, Failure> {
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

async fn next_chunk(body: &mut Body) -> Result<Option<Bytes>, Failure> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Err(_)) => return Err(Failure::new(ProblemKind::JsonInvalid, "The body ended too early.")),
            Some(Ok(frame)) => {
                if let Ok(chunk) = frame.into_data() {
                    return Ok(Some(chunk));
                }
            }
        }
    }
}

/// A body that is refused for its length.
pub(super) fn too_large(max_bytes: usize) -> Failure {
    Failure::new(ProblemKind::BodyTooLarge, "The body has more bytes than are taken.").over(max_bytes)
}

fn too_slow() -> Failure {
    Failure::new(ProblemKind::RequestTimeout, "The body did not arrive in time.")
}
