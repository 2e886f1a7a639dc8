//! Comment text as a tree of blocks and spans.
//!
//! A reader writes text with a few marks; the server turns it into a [`Body`] with
//! [`parse`](fn@parse) (feature `parse`) and everybody downstream draws nodes. The tree has
//! no variant that could hold HTML, so no renderer can be talked into writing any.

mod body;
mod characters;
#[cfg(feature = "parse")]
mod parse;

pub use body::{Block, Body, List, Span};
pub use characters::{is_bidi_control, is_noncharacter};
#[cfg(feature = "parse")]
pub use parse::{GRAMMAR, parse};
