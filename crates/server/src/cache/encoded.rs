//! A response's bytes with their entity tag, in the encodings that were asked for.

use std::sync::Arc;

use axum::body::Bytes;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::compress::{self, Envelope};
use crate::assets::Encoding;

/// Shorter responses fit one packet anyway.
const COMPRESSED_FROM_BYTES: usize = 1_024;

/// A response that is compressed once for each encoding, when it is first asked for.
#[derive(Debug)]
pub struct Encoded {
    /// The media type.
    pub content_type: &'static str,
    /// The entity tag, without its quotes; it changes with the bytes.
    pub etag: String,
    plain: Bytes,
    /// The envelope that is already compressed, where the response stands in one.
    envelope: Option<Arc<Envelope>>,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
}

impl Encoded {
    /// A response of these bytes.
    pub fn new(content_type: &'static str, bytes: Vec<u8>) -> Self {
        let (brotli, gzip) = (OnceCell::new(), OnceCell::new());
        Self { content_type, etag: etag(&bytes), plain: bytes.into(), envelope: None, brotli, gzip }
    }

    /// A response of this content in an envelope.
    pub fn enveloped(content_type: &'static str, envelope: Arc<Envelope>, content: &[u8]) -> Self {
        let whole = Self::new(content_type, envelope.wrap(content));
        Self { envelope: Some(envelope), ..whole }
    }

    /// Returns the bytes in an encoding, or plain where they are few, and the encoding they are in. The first call
    /// compresses them: milliseconds of work for a large response.
    pub async fn bytes(&self, encoding: Encoding) -> (Bytes, Encoding) {
        let cell = match encoding {
            _ if self.plain.len() < COMPRESSED_FROM_BYTES => None,
            Encoding::Brotli => Some(&self.brotli),
            Encoding::Gzip => Some(&self.gzip),
            Encoding::Plain => None,
        };
        match cell {
            Some(cell) => (cell.get_or_init(|| self.compressed(encoding)).await.clone(), encoding),
            None => (self.plain.clone(), Encoding::Plain),
        }
    }

    async fn compressed(&self, encoding: Encoding) -> Bytes {
        let (plain, envelope) = (self.plain.clone(), self.envelope.clone());
        // A megabyte takes long enough to hold up everybody else on this thread of the runtime.
        let compressed = tokio::task::spawn_blocking(move || match (encoding, envelope) {
            (Encoding::Brotli, Some(envelope)) => envelope.brotli(&plain).into(),
            (Encoding::Brotli, None) => compress::brotli(&plain).into(),
            (Encoding::Gzip, Some(envelope)) => envelope.gzip(&plain).into(),
            (Encoding::Gzip, None) => compress::gzip(&plain).into(),
            (Encoding::Plain, _) => plain,
        });
        compressed.await.expect("compressing in memory does not fail")
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

/// The entity tag of these bytes, without its quotes.
pub fn etag(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..12])
}

#[cfg(test)]
mod tests {
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
    async fn short_answer_is_sent_as_it_is() {
        let encoded = Encoded::new("text/plain", b"short".to_vec());
        assert_eq!(encoded.bytes(Encoding::Brotli).await, (Bytes::from_static(b"short"), Encoding::Plain));
    }
}
