//! The widget's files, built into the program by `cargo xtask build`.

use std::borrow::Cow;

/// A file of the widget in each encoding that was built.
#[derive(Debug)]
pub struct Asset {
    /// Its path in the build.
    pub name: &'static str,
    /// Media type with its charset.
    pub content_type: &'static str,
    /// The file itself.
    pub plain: &'static [u8],
    /// The file as brotli.
    pub brotli: &'static [u8],
    /// The file as gzip.
    pub gzip: &'static [u8],
}

/// A content encoding of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
    /// None.
    Plain,
}

/// The widget's files of one build.
#[derive(Debug)]
pub struct Widget {
    /// The hash in the addresses of all files but the loader.
    pub hash: &'static str,
    /// The files; none where the program was built without them.
    pub assets: &'static [Asset],
}

// `BUILT_IN: Widget`, the files of this program's own build, written by `build.rs`.
include!(concat!(env!("OUT_DIR"), "/widget_files.rs"));

/// The hint for a program that was built without the widget's files.
pub const HOW_TO_BUILD: &str =
    "This server was built without the widget's files; `cargo xtask build` builds one that has them.";

impl Widget {
    /// `true` where the program was built with the widget's files.
    pub fn is_built_in(&self) -> bool {
        !self.assets.is_empty()
    }

    /// Finds a file by its name, such as `assets/dumka.js`.
    pub fn find(&self, name: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.name == name)
    }
}

impl Asset {
    /// The file as text.
    pub fn text(&self) -> Cow<'static, str> {
        String::from_utf8_lossy(self.plain)
    }

    /// The bytes in an encoding.
    pub fn bytes(&self, encoding: Encoding) -> &'static [u8] {
        match encoding {
            Encoding::Brotli => self.brotli,
            Encoding::Gzip => self.gzip,
            Encoding::Plain => self.plain,
        }
    }
}

impl Encoding {
    /// Chooses the smallest encoding that an `Accept-Encoding` header accepts.
    pub fn best_for(accepted: &str) -> Self {
        if accepts(accepted, "br") {
            return Self::Brotli;
        }
        if accepts(accepted, "gzip") {
            return Self::Gzip;
        }
        Self::Plain
    }

    /// Its value in `Content-Encoding`.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// `true` where the header names `encoding` with a weight other than 0.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_preferred_to_gzip_to_plain() {
        assert_eq!(Encoding::best_for("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(Encoding::best_for("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(Encoding::best_for(""), Encoding::Plain);
        assert_eq!(Encoding::best_for("brotli, x-gzip"), Encoding::Plain);
    }
}
