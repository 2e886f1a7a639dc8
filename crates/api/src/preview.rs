//! A text before it is sent, as it would be shown.

use dumka_markup::Body;
use serde::{Deserialize, Serialize};

/// The body of a `POST` to `preview`. A missing text counts as an empty one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPreview {
    /// The text as typed so far, at most 10,000 characters after trimming.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub text: String,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Previewed {
    /// The text as a tree; empty for an empty text.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::BodySchema))]
    pub body: Body,
}
