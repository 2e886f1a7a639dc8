//! Content negotiation of responses that show a thread.

use axum::http::HeaderMap;

use crate::cache::Representation;
use crate::http::language::Language;

/// The part of a request, beside its query, by which the representation of a thread is chosen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Negotiation<'h> {
    /// Its headers.
    pub(crate) headers: &'h HeaderMap,
    /// The language of the response; none where there are no words.
    pub(crate) language: Option<Language>,
}

impl Negotiation<'_> {
    /// Names the request headers that choose a response, in one line. Caches keep one for each of their values: scripts get
    /// other links than servers, and readers who have acted on a page get a page of their own.
    pub(crate) fn vary(self, representation: &Representation) -> &'static str {
        let is_negotiated = matches!(self.language, Some(Language::Negotiated(_)));
        match (representation, is_negotiated) {
            (Representation::Fragment(..), false) => "accept-encoding, sec-fetch-dest",
            (Representation::Fragment(..), true) => "accept-encoding, sec-fetch-dest, accept-language",
            (Representation::Page(..), false) => "accept-encoding, cookie",
            (Representation::Page(..), true) => "accept-encoding, cookie, accept-language",
            (Representation::Json | Representation::Tree(..) | Representation::Script(..), false) => {
                "accept-encoding"
            }
            (Representation::Json | Representation::Tree(..) | Representation::Script(..), true) => {
                "accept-encoding, accept-language"
            }
        }
    }
}
