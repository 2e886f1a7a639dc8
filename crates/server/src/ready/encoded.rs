//! Bytes of an answer in every encoding, with their tag.

use std::io::Write;

use axum::body::Bytes;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::assets::Encoding;

/// Shorter answers fit one packet anyway.
const COMPRESSED_FROM_BYTES: usize = 1_024;
/// On brotli's scale to 11: smaller costs several times the time, larger saves little of it.
const BROTLI_QUALITY: i32 = 5;
/// An eighth smaller, for an answer so short that this takes milliseconds. Most threads are.
const SHORT_BROTLI_QUALITY: i32 = 10;
const SHORT_BYTES: usize = 20 * 1024;
/// On gzip's scale to 9.
const GZIP_QUALITY: u32 = 6;

/// An answer in every encoding.
#[derive(Debug)]
pub struct Encoded {
    /// The media type.
    pub content_type: &'static str,
    /// What changes with the bytes.
    pub tag: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Encoded {
    /// Compresses an answer: milliseconds of work for a large one.
    pub fn new(content_type: &'static str, bytes: Vec<u8>) -> Self {
        let is_long = bytes.len() >= COMPRESSED_FROM_BYTES;
        Self {
            content_type,
            tag: tag(&bytes),
            brotli: is_long.then(|| brotli(&bytes).into()),
            gzip: is_long.then(|| gzip(&bytes).into()),
            plain: bytes.into(),
        }
    }

    /// The bytes in an encoding, or plain where there are none in it; and which it is.
    pub fn bytes(&self, encoding: Encoding) -> (Bytes, Encoding) {
        let compressed = match encoding {
            Encoding::Brotli => &self.brotli,
            Encoding::Gzip => &self.gzip,
            Encoding::Plain => &None,
        };
        match compressed {
            Some(bytes) => (bytes.clone(), encoding),
            None => (self.plain.clone(), Encoding::Plain),
        }
    }

    /// Bytes of all encodings together.
    pub fn len(&self) -> usize {
        let compressed = [&self.brotli, &self.gzip].into_iter().flatten();
        self.plain.len() + compressed.map(Bytes::len).sum::<usize>()
    }

    /// Whether there are no bytes at all.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }
}

/// The tag of these bytes, without its quotes.
pub fn tag(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..12])
}

fn brotli(mut bytes: &[u8]) -> Vec<u8> {
    let quality = if bytes.len() <= SHORT_BYTES { SHORT_BROTLI_QUALITY } else { BROTLI_QUALITY };
    // A window as large as the answer: a larger one would only take memory.
    let lgwin = (bytes.len().next_power_of_two().trailing_zeros()).clamp(16, 22).cast_signed();
    let settings = brotli::enc::BrotliEncoderParams { quality, lgwin, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &settings).expect("memory takes every byte");
    compressed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_QUALITY));
    encoder.write_all(bytes).expect("memory takes every byte");
    encoder.finish().expect("memory takes every byte")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn every_encoding_holds_the_same() {
        holds_the_same(&"думка ".repeat(500));
        holds_the_same(&"думка ".repeat(5_000));
    }

    fn holds_the_same(text: &str) {
        let encoded = Encoded::new("text/plain", text.into());
        let mut unpacked = [String::new(), String::new()];
        let (gzip, brotli) = (encoded.bytes(Encoding::Gzip).0, encoded.bytes(Encoding::Brotli).0);
        flate2::read::GzDecoder::new(&gzip[..]).read_to_string(&mut unpacked[0]).unwrap();
        brotli::Decompressor::new(&brotli[..], 4096).read_to_string(&mut unpacked[1]).unwrap();
        assert_eq!(unpacked, [text, text]);
    }

    #[test]
    fn short_answer_is_sent_as_it_is() {
        let encoded = Encoded::new("text/plain", b"short".to_vec());
        assert_eq!(encoded.bytes(Encoding::Brotli), (Bytes::from_static(b"short"), Encoding::Plain));
    }
}
