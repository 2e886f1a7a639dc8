//! Every file three times: as it is, `.gz`, `.br`. Made once, as small as they get.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Writes `bytes` to `path`, and compressed to `path.br` and `path.gz`.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes)?;
    let beside = |suffix: &str| File::create(format!("{}.{suffix}", path.display()));
    // Quality 11 and a window of 2^24 bytes: the most brotli can do that browsers accept.
    let params = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut beside("br")?, &params)?;
    let mut gzip = GzEncoder::new(beside("gz")?, Compression::best());
    gzip.write_all(bytes)?;
    gzip.finish()?;
    Ok(())
}
