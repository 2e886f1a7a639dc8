//! Drafts: unsent text that the browser keeps.

use dumka_api::NewComment;
use serde::{Deserialize, Serialize};

/// The reader's input into the prerendered form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TypedForm {
    /// `true` if the form is open.
    pub open: bool,
    /// The name.
    pub name: String,
    /// The reader's address.
    pub email: String,
    /// The text.
    pub text: String,
}

/// An unsent comment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The text as typed.
    pub text: String,
    /// The last attempt to send it, whose outcome may be unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<Attempt>,
}

/// An attempt to send a comment. Sent again unchanged, it creates no second comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The `Idempotency-Key`.
    pub key: String,
    /// The request as first sent, letter by letter.
    pub request: NewComment,
}

impl Attempt {
    /// Compares with a request. A new title or address does not make another comment.
    pub(super) fn is_same_comment(&self, request: &NewComment) -> bool {
        let last = &self.request;
        (&last.site, &last.page, &last.parent) == (&request.site, &request.page, &request.parent)
            && (&last.author, &last.text) == (&request.author, &request.text)
    }
}
