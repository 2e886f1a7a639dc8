//! Comment text as a tree of blocks and spans.
//!
//! A reader writes a small Markdown; the server turns it into a [`Body`] with
//! [`parse`](fn@parse) (feature `parse`) and everybody downstream draws nodes. The tree has
//! no variant that could hold HTML, so no renderer can be talked into writing any.

mod body;
#[cfg(feature = "parse")]
mod parse;

pub use body::{Block, Body, List, Span};
#[cfg(feature = "parse")]
pub use parse::parse;
