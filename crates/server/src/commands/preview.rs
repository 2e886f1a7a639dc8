//! Shows a text as it would be published.

use dumka_api::{Body, ProblemKind};

use crate::domain::submission::{Invalid, check_text};

/// Parses a text by the rules of a comment. An empty one is no fault here: whoever empties the form sees an empty comment.
pub fn preview(text: &str) -> Result<Body, Invalid> {
    match check_text(text) {
        Ok(text) => Ok(dumka_markup::parse(&text)),
        Err(Invalid { kind: ProblemKind::TextEmpty, .. }) => Ok(Body::Blocks(Vec::new())),
        Err(invalid) => Err(invalid),
    }
}
