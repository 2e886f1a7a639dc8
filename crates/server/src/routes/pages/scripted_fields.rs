//! The fields that a script adds to a form: what a header carries elsewhere, and what only scripts know.

use crate::domain::token::TokenHash;
use crate::http::form_fields::FormFields;
use crate::http::idempotency_key;
use crate::http::problem::ApiError;

/// The fields that a script adds to a form.
#[derive(Default)]
pub(super) struct ScriptedFields {
    /// The `Idempotency-Key` of a comment.
    pub(super) key: Option<String>,
    /// The hash of the edit token, or of the reader's.
    pub(super) token: Option<TokenHash>,
    /// The title of the page around, and its address.
    pub(super) article: [Option<String>; 2],
}

impl ScriptedFields {
    /// Reads them.
    pub(super) fn read(form: &FormFields) -> Result<Self, ApiError> {
        let key = form.one("key")?.map(|key| idempotency_key::check(key.as_bytes())).transpose()?;
        let text =
            |name| Ok::<_, ApiError>(form.one(name)?.filter(|it| !it.is_empty()).map(ToOwned::to_owned));
        Ok(Self {
            key: key.map(ToOwned::to_owned),
            token: form.one("token")?.map(TokenHash::of),
            article: [text("title")?, text("url")?],
        })
    }
}
