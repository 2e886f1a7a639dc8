//! Conditional responses by strong entity tags, and compression.

use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
    HeaderName, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::content_encoding::Encoding;

/// Smaller answers fit one packet anyway.
const COMPRESSED_FROM_BYTES: u64 = 1_024;
/// Brotli's and gzip's own scale; here a tenth of the time of the default for nearly the same size.
const COMPRESSION_QUALITY: i32 = 4;

pub(crate) const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");

/// Answers with JSON, or 304 where the client holds it already.
pub(crate) fn json(request: &HeaderMap, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).expect("wire types have string keys only");
    let tag = of(&body);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    match matching(request, &tag) {
        Some(held) => (StatusCode::NOT_MODIFIED, headers, [(ETAG, held)]).into_response(),
        None => (headers, [(ETAG, quoted(&tag))], body).into_response(),
    }
}

/// Lets scripts read what time it is: a reader's clock may show another day.
pub(crate) fn expose_date(response: &mut Response) {
    response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("date, age"));
}

/// The entity tag of these bytes, without its quotes.
pub(crate) fn of(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..12])
}

/// Quotes a tag as the value of a header.
pub(crate) fn quoted(tag: &str) -> HeaderValue {
    HeaderValue::try_from(format!("\"{tag}\"")).expect("a tag is base64url")
}

/// Returns the tag under which the client holds these bytes already, in any encoding.
pub(crate) fn matching(request: &HeaderMap, tag: &str) -> Option<HeaderValue> {
    let lines = request.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut candidates = lines.flat_map(|line| line.split(',')).map(str::trim);
    candidates.find_map(|candidate| {
        if candidate == "*" {
            return Some(quoted(tag));
        }
        let opaque =
            candidate.strip_prefix("W/").unwrap_or(candidate).strip_prefix('"')?.strip_suffix('"')?;
        let bare = opaque.strip_suffix("-br").or_else(|| opaque.strip_suffix("-gzip")).unwrap_or(opaque);
        (bare == tag).then(|| quoted(opaque))
    })
}

/// Compresses JSON and pages. A stream would wait in the compressor until it has enough.
pub(crate) fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(COMPRESSION_QUALITY))
        .compress_when(SizeAbove::new(COMPRESSED_FROM_BYTES).and(NotForContentType::SSE))
}

/// Forgets which encodings a client accepts where there is none of those: it gets a plain answer, which it can do without
/// less than without the encoding.
pub(crate) fn forget_unmet_encodings<B>(mut request: Request<B>) -> Request<B> {
    let lines = request.headers().get_all(ACCEPT_ENCODING).iter();
    let accepted = lines.filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join(",");
    if !Encoding::is_any_accepted(&accepted) {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    request
}

/// Gives each encoding of an answer a tag of its own, as strong tags must have.
pub(crate) fn mark_encoding<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    if let (Some(encoding), Some(tag)) = (headers.get(CONTENT_ENCODING), headers.get(ETAG)) {
        let (encoding, tag) = (encoding.to_str().unwrap_or_default(), tag.to_str().unwrap_or_default());
        let marked = quoted(&format!("{}-{encoding}", tag.trim_matches('"')));
        headers.insert(ETAG, marked);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(header: &'static str) -> bool {
        matching(&HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(header))]), "abc").is_some()
    }

    #[test]
    fn any_encoding_of_the_same_bytes_counts_as_held() {
        assert!(holds("\"abc\"") && holds("\"x\", W/\"abc-br\"") && holds("\"abc-gzip\""));
        assert!(holds("*"), "whatever there is");
        assert!(!holds("\"abcd\"") && !holds("abc") && !holds("\"abc-zstd\""));
    }
}
