//! A response's bytes with their entity tag, in the encodings that were asked for; answers requests with them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::{OnceCell, Semaphore};

use super::compress::{self, Effort, Envelope};
use crate::content_encoding::Encoding;
use crate::http::etag::{self, CDN_CACHE_CONTROL};

/// Shorter responses fit one packet anyway.
const COMPRESSED_FROM_BYTES: usize = 1_024;

/// A response that is asked for after so long is worth to be compressed as far as it goes, and one of more bytes than these is
/// not, since that takes seconds.
const LASTING: Duration = Duration::from_secs(5);
const LASTING_MAX_BYTES: usize = 256 * 1024;

/// `Cache-Control` of cached responses: a reader who reloads after writing must find their comment, so a browser keeps a
/// response but asks whether it is still true. The question costs a tag, the answer 304. Nothing on the way may change it:
/// some caches put something else in the place of what looks like an e-mail address.
const CACHE_CONTROL_CACHED: &str = "no-cache, no-transform";
/// Caches in front of many readers (RFC 9213) may take a second's load off the server, and hand out what they
/// hold while they ask for news. A browser that went by this would hide its own reader's comment.
const CDN_CACHE_CONTROL_CACHED: &str = "max-age=1, stale-while-revalidate=10";

/// One thorough compression at a time, so that the other processors answer.
static THOROUGH: Semaphore = Semaphore::const_new(1);

/// A response that is compressed once for each encoding, when it is first asked for, and once more if it lasts.
#[derive(Debug)]
pub struct Encoded {
    /// The media type.
    content_type: &'static str,
    /// The entity tag, without its quotes; it changes with the bytes.
    etag: String,
    plain: Bytes,
    /// The envelope that is already compressed, where the response stands in one.
    envelope: Option<Arc<Envelope>>,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
    lasting: Arc<Lasting>,
}

/// The form of a response that lasts.
#[derive(Debug)]
struct Lasting {
    since: Instant,
    is_begun: AtomicBool,
    brotli: OnceLock<Bytes>,
}

impl Encoded {
    /// A response of these bytes.
    pub fn new(content_type: &'static str, bytes: Vec<u8>) -> Self {
        let (brotli, gzip) = (OnceCell::new(), OnceCell::new());
        let (is_begun, brotli_lasting) = (AtomicBool::new(false), OnceLock::new());
        let lasting = Arc::new(Lasting { since: Instant::now(), is_begun, brotli: brotli_lasting });
        let etag = etag::of(&bytes);
        Self { content_type, etag, plain: bytes.into(), envelope: None, brotli, gzip, lasting }
    }

    /// A response of this content in an envelope.
    pub fn enveloped(content_type: &'static str, envelope: Arc<Envelope>, content: &[u8]) -> Self {
        let whole = Self::new(content_type, envelope.wrap(content));
        Self { envelope: Some(envelope), ..whole }
    }

    /// Answers with the bytes in the encoding that suits, or 304 where the client holds them already.
    pub async fn response_to(&self, request: &HeaderMap) -> Response {
        let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut response = match etag::matching(request, &self.etag) {
            Some(held) => (StatusCode::NOT_MODIFIED, [(ETAG, held)]).into_response(),
            None => self.whole(Encoding::best_for(accepted)).await,
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL_CACHED));
        headers.insert(CDN_CACHE_CONTROL, HeaderValue::from_static(CDN_CACHE_CONTROL_CACHED));
        headers.append(VARY, HeaderValue::from_static("accept-encoding"));
        response
    }

    async fn whole(&self, encoding: Encoding) -> Response {
        let (bytes, encoding) = self.bytes(encoding).await;
        let mut response = ([(ETAG, etag::quoted(&self.etag))], bytes).into_response();
        if let Some(word) = encoding.as_str() {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(word));
        }
        response
    }

    /// Returns the bytes in an encoding, or plain where they are few, and the encoding they are in. The first call
    /// compresses them: milliseconds of work for a large response.
    async fn bytes(&self, encoding: Encoding) -> (Bytes, Encoding) {
        let compressed = match encoding {
            _ if self.plain.len() < COMPRESSED_FROM_BYTES => None,
            Encoding::Brotli => Some(self.brotli().await),
            Encoding::Gzip => Some(self.gzip.get_or_init(|| self.compress(Self::gzip_now)).await.clone()),
            Encoding::Plain => None,
        };
        compressed.map_or_else(|| (self.plain.clone(), Encoding::Plain), |bytes| (bytes, encoding))
    }

    async fn brotli(&self) -> Bytes {
        if let Some(smallest) = self.lasting.brotli.get() {
            return smallest.clone();
        }
        let quick =
            |plain: &[u8], envelope: Option<&Envelope>| Self::brotli_now(plain, envelope, Effort::Quick);
        let bytes = self.brotli.get_or_init(|| self.compress(quick)).await.clone();
        self.compress_thoroughly(&bytes);
        bytes
    }

    /// Begins to compress the response as far as it goes, for those who ask later, where it has lasted and nobody has begun.
    fn compress_thoroughly(&self, quick: &Bytes) {
        if self.lasting.since.elapsed() < LASTING || self.plain.len() > LASTING_MAX_BYTES {
            return;
        }
        let Ok(permit) = THOROUGH.try_acquire() else { return };
        if self.lasting.is_begun.swap(true, Ordering::Relaxed) {
            return;
        }
        let (plain, envelope, quick) = (self.plain.clone(), self.envelope.clone(), quick.clone());
        let lasting = Arc::clone(&self.lasting);
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let smallest = Self::brotli_now(&plain, envelope.as_deref(), Effort::Thorough);
            lasting.brotli.get_or_init(|| if smallest.len() < quick.len() { smallest } else { quick });
        });
    }

    async fn compress<C>(&self, compress: C) -> Bytes
    where
        C: FnOnce(&[u8], Option<&Envelope>) -> Bytes + Send + 'static,
    {
        let (plain, envelope) = (self.plain.clone(), self.envelope.clone());
        // A megabyte takes long enough to hold up everybody else on this thread of the runtime.
        let compressed = tokio::task::spawn_blocking(move || compress(&plain, envelope.as_deref()));
        compressed.await.expect("compressing in memory does not fail")
    }

    fn brotli_now(plain: &[u8], envelope: Option<&Envelope>, effort: Effort) -> Bytes {
        match envelope {
            Some(envelope) => envelope.brotli(plain, effort).into(),
            None => compress::brotli(plain, effort).into(),
        }
    }

    fn gzip_now(plain: &[u8], envelope: Option<&Envelope>) -> Bytes {
        match envelope {
            Some(envelope) => envelope.gzip(plain).into(),
            None => compress::gzip(plain).into(),
        }
    }

    /// Bytes of all encodings together, at most, whichever of them were made by now.
    pub fn len(&self) -> usize {
        // What is written compresses to half of it and less.
        2 * self.plain.len()
    }

    /// `true` where there are no bytes at all.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[tokio::test]
    async fn encoding_that_nobody_takes_is_not_made() {
        let encoded = Encoded::new("text/plain", "думка ".repeat(5_000).into());
        assert_eq!(encoded.bytes(Encoding::Plain).await.1, Encoding::Plain);
        assert!(encoded.brotli.get().is_none() && encoded.gzip.get().is_none());
        let (bytes, encoding) = encoded.bytes(Encoding::Gzip).await;
        assert_eq!((encoding, Some(&bytes)), (Encoding::Gzip, encoded.gzip.get()));
        assert!(encoded.brotli.get().is_none());
        assert_eq!(encoded.bytes(Encoding::Gzip).await.0.as_ptr(), bytes.as_ptr(), "it is made once");
    }

    #[tokio::test]
    async fn response_that_lasts_becomes_smaller_for_those_who_ask_later() {
        let number = |n: u32| (n.wrapping_mul(n) % 997 / 7).to_string();
        let words = (0..4_000).map(number).collect::<Vec<_>>().join(" ");
        let mut encoded = Encoded::new("text/plain", words.clone().into());
        let (quick, _) = encoded.bytes(Encoding::Brotli).await;
        assert_eq!(encoded.bytes(Encoding::Brotli).await.0.as_ptr(), quick.as_ptr(), "it may change at once");
        Arc::get_mut(&mut encoded.lasting).unwrap().since -= LASTING;
        while encoded.lasting.brotli.get().is_none() {
            encoded.bytes(Encoding::Brotli).await;
        }
        let (smallest, _) = encoded.bytes(Encoding::Brotli).await;
        assert!(smallest.len() < quick.len(), "{} of {} bytes", smallest.len(), quick.len());
        let mut text = String::new();
        brotli::Decompressor::new(&smallest[..], 4096).read_to_string(&mut text).unwrap();
        assert!(text == words);
    }

    #[tokio::test]
    async fn short_answer_is_sent_as_it_is() {
        let encoded = Encoded::new("text/plain", b"short".to_vec());
        assert_eq!(encoded.bytes(Encoding::Brotli).await, (Bytes::from_static(b"short"), Encoding::Plain));
    }
}
