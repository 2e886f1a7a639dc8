//! Conditional responses by strong entity tags, and compression.

use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
    HeaderName, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::cache::{Encoded, etag};
use crate::content_encoding::Encoding;

/// Smaller answers fit one packet anyway.
const COMPRESSED_FROM_BYTES: u64 = 1_024;
/// Brotli's and gzip's own scale; here a tenth of the time of the default for nearly the same size.
const COMPRESSION_QUALITY: i32 = 4;

/// `Cache-Control` of cached responses: a reader who reloads after writing must find their comment, so a browser keeps a
/// response but asks whether it is still true. The question costs a tag, the answer 304. Nothing on the way may change it:
/// some caches put something else in the place of what looks like an e-mail address.
const CACHE_CONTROL_CACHED: &str = "no-cache, no-transform";
/// Caches in front of many readers (RFC 9213) may take a second's load off the server, and hand out what they
/// hold while they ask for news. A browser that went by this would hide its own reader's comment.
const CDN_CACHE_CONTROL_CACHED: &str = "max-age=1, stale-while-revalidate=10";
pub(crate) const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");

/// Answers with JSON, or 304 where the client holds it already.
pub(crate) fn json(request: &HeaderMap, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).expect("wire types have string keys only");
    let tag = etag(&body);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    match matching(request, &tag) {
        Some(held) => (StatusCode::NOT_MODIFIED, headers, [(ETAG, held)]).into_response(),
        None => (headers, [(ETAG, quoted(&tag))], body).into_response(),
    }
}

/// Answers with a cached response in the encoding that suits, or 304 where the client holds it already.
pub(crate) async fn cached(request: &HeaderMap, answer: &Encoded) -> Response {
    let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = match matching(request, &answer.etag) {
        Some(held) => (StatusCode::NOT_MODIFIED, [(ETAG, held)]).into_response(),
        None => encoded(answer, Encoding::best_for(accepted)).await,
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL_CACHED));
    headers.insert(CDN_CACHE_CONTROL, HeaderValue::from_static(CDN_CACHE_CONTROL_CACHED));
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// Lets scripts read what time it is: a reader's clock may show another day.
pub(crate) fn expose_date(response: &mut Response) {
    response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("date, age"));
}

async fn encoded(answer: &Encoded, encoding: Encoding) -> Response {
    let (bytes, encoding) = answer.bytes(encoding).await;
    let mut response = ([(ETAG, quoted(&answer.etag))], bytes).into_response();
    if let Some(word) = encoding.as_str() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(word));
    }
    response
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
        assert!(!holds("\"abcd\"") && !holds("abc") && !holds("\"abc-zstd\""));
    }
}
