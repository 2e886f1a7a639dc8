//! Compresses responses, whole or around parts that were compressed before.

use std::io::{self, Write};

use brotli::concat::{BroCatli, BroCatliResult};
use brotli::enc::BrotliEncoderParams;
use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

/// On brotli's scale to 11: less than a millisecond for a thread of fifty comments.
const BROTLI_QUALITY: i32 = 5;
/// The quality for what lasts, a tenth smaller, at fifty times the time.
const LASTING_BROTLI_QUALITY: i32 = 10;
/// The quality for what is compressed once.
const BEST_BROTLI_QUALITY: i32 = 11;
/// The window of parts, which holds most threads, and the smallest of a whole. With less than 17 bits the encoder looks for
/// matches in another way, which takes twenty times as long.
const WINDOW_BITS: i32 = 18;
const MAX_WINDOW_BITS: i32 = 22;
/// On gzip's scale to 9.
const GZIP_QUALITY: u32 = 6;
/// No name, no time, an unknown system (RFC 1952, 2.3).
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// The time that a compression may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As little as saves more than it costs, for what may change at the next moment.
    Quick,
    /// Tens of milliseconds, for what many readers will get.
    Thorough,
}

/// The text around many responses, which is the same in all of them and compressed once.
#[derive(Debug)]
pub struct Envelope {
    before: Part,
    after: Part,
}

#[derive(Debug)]
struct Part {
    plain: Vec<u8>,
    brotli: Vec<u8>,
    /// Ends at a byte, with a block that need not be the last.
    deflate: Vec<u8>,
}

impl Envelope {
    /// Compresses both sides: a tenth of a second of work.
    pub fn new(before: &str, after: &str) -> Self {
        let part = |text: &str, place| Part {
            plain: text.into(),
            brotli: brotli_part(text.as_bytes(), BEST_BROTLI_QUALITY, place),
            deflate: deflate_part(text.as_bytes(), Compression::best()),
        };
        Self { before: part(before, Place::First), after: part(after, Place::Later) }
    }

    /// Returns `content` with both sides around it.
    pub fn wrap(&self, content: &[u8]) -> Vec<u8> {
        [&self.before.plain, content, &self.after.plain].concat()
    }

    /// The part of `whole` between both sides.
    fn content<'w>(&self, whole: &'w [u8]) -> &'w [u8] {
        &whole[self.before.plain.len()..whole.len() - self.after.plain.len()]
    }

    /// Compresses `whole` as brotli; only its content is compressed anew.
    pub fn brotli(&self, whole: &[u8], effort: Effort) -> Vec<u8> {
        let content = brotli_part(self.content(whole), effort.quality(), Place::Later);
        concatenated([&self.before.brotli, &content, &self.after.brotli])
    }

    /// Compresses `whole` as gzip, in one member, since browsers read no more than one; only its content is compressed anew.
    pub fn gzip(&self, whole: &[u8]) -> Vec<u8> {
        let content = deflate_part(self.content(whole), Compression::new(GZIP_QUALITY));
        let mut sum = Crc::new();
        sum.update(whole);
        // An empty last block ends what the parts leave open (RFC 1951, 3.2.4).
        let end = [0b011, 0];
        let trailer = [sum.sum().to_le_bytes(), sum.amount().to_le_bytes()].concat();
        [&GZIP_HEADER, &self.before.deflate[..], &content, &self.after.deflate, &end, &trailer].concat()
    }
}

/// Compresses `bytes` as brotli.
pub fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    // A window as large as the response: a larger one would only take memory.
    let lgwin = bytes.len().next_power_of_two().trailing_zeros().cast_signed();
    let lgwin = lgwin.clamp(WINDOW_BITS, MAX_WINDOW_BITS);
    compressed(bytes, &BrotliEncoderParams { quality: effort.quality(), lgwin, ..Default::default() })
}

/// Compresses `bytes` as gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_QUALITY));
    in_memory(encoder.write_all(bytes).and_then(|()| encoder.finish()))
}

impl Effort {
    fn quality(self) -> i32 {
        match self {
            Self::Quick => BROTLI_QUALITY,
            Self::Thorough => LASTING_BROTLI_QUALITY,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Later,
}

/// Compresses one of the streams that [`concatenated`] joins.
fn brotli_part(bytes: &[u8], quality: i32, place: Place) -> Vec<u8> {
    let catable = place == Place::Later;
    let (lgwin, appendable) = (WINDOW_BITS, true);
    compressed(bytes, &BrotliEncoderParams { quality, lgwin, appendable, catable, ..Default::default() })
}

fn compressed(mut bytes: &[u8], settings: &BrotliEncoderParams) -> Vec<u8> {
    let mut compressed = Vec::new();
    in_memory(brotli::BrotliCompress(&mut bytes, &mut compressed, settings));
    compressed
}

/// Joins streams of [`brotli_part`] to one.
fn concatenated(streams: [&[u8]; 3]) -> Vec<u8> {
    // Joining takes away more than it adds.
    let mut whole = vec![0; streams.iter().map(|stream| stream.len() + 8).sum()];
    let (mut joiner, mut end) = (BroCatli::new(), 0);
    for stream in streams {
        joiner.new_brotli_file();
        let taken = joiner.stream(stream, &mut 0, &mut whole, &mut end);
        let is_taken = matches!(taken, BroCatliResult::Success | BroCatliResult::NeedsMoreInput);
        assert!(is_taken, "streams of these settings can be joined: {taken:?}");
    }
    let finished = joiner.finish(&mut whole, &mut end);
    assert!(finished == BroCatliResult::Success, "there is room for the end: {finished:?}");
    whole.truncate(end);
    whole
}

fn deflate_part(bytes: &[u8], compression: Compression) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), compression);
    // Flushing ends at a whole byte and leaves the stream open for more.
    in_memory(encoder.write_all(bytes).and_then(|()| encoder.flush()));
    std::mem::take(encoder.get_mut())
}

/// The outcome of writing into memory.
fn in_memory<T>(written: io::Result<T>) -> T {
    written.expect("memory takes every byte")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpacked(brotli: &[u8], gzip: &[u8]) -> [String; 2] {
        let mut unpacked = [String::new(), String::new()];
        brotli::Decompressor::new(brotli, 4096).read_to_string(&mut unpacked[0]).unwrap();
        let mut member = flate2::read::GzDecoder::new(gzip);
        member.read_to_string(&mut unpacked[1]).unwrap();
        assert!(member.into_inner().is_empty(), "one member is the whole");
        unpacked
    }

    #[test]
    fn both_encodings_hold_the_same() {
        for text in [String::new(), "думка ".repeat(500), "думка ".repeat(50_000)] {
            let bytes = text.as_bytes();
            for effort in [Effort::Quick, Effort::Thorough] {
                assert_eq!(unpacked(&brotli(bytes, effort), &gzip(bytes)), [text.clone(), text.clone()]);
            }
        }
    }

    #[test]
    fn whole_around_any_content_is_what_its_parts_say() {
        let sheets = ["", "a", &".dumka { color: red }\n".repeat(600), &"думка".repeat(9_000)];
        let noise: String =
            (0..40_000_u32).filter_map(|n| char::from_u32(n.wrapping_mul(7_919) % 0xD7FF)).collect();
        for before in sheets {
            for after in sheets {
                let envelope = Envelope::new(before, after);
                for content in ["", "x", &"думка ".repeat(300), &"слово ".repeat(30_000), &noise] {
                    let whole = envelope.wrap(content.as_bytes());
                    assert_eq!(whole, [before, content, after].concat().into_bytes());
                    let text = String::from_utf8(whole.clone()).unwrap();
                    assert!(
                        unpacked(&envelope.brotli(&whole, Effort::Quick), &envelope.gzip(&whole))
                            == [text.clone(), text]
                    );
                }
            }
        }
    }
}
