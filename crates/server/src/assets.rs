//! The files of the widget and of the newsroom, built into the program by `cargo xtask build`.

use std::borrow::Cow;

use crate::content_encoding::Encoding;

/// A file in each encoding that was built.
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

/// The newsroom's files of one build.
#[derive(Debug)]
pub struct Newsroom {
    /// The hash in the addresses of all files but the page.
    pub hash: &'static str,
    /// The files; none where the program was built without them.
    pub assets: &'static [Asset],
}

// `NEWSROOM: Newsroom`, likewise.
include!(concat!(env!("OUT_DIR"), "/newsroom_files.rs"));

impl Newsroom {
    /// Finds a file by its name, such as `start.js`.
    pub fn find(&self, name: &str) -> Option<&'static Asset> {
        self.assets.iter().find(|asset| asset.name.strip_prefix("assets/") == Some(name))
    }
}

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
