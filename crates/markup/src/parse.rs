//! Markdown to tree.

use crate::Body;

/// Parses comment text.
pub fn parse(text: &str) -> Body {
    Body::Plain(text.into())
}
