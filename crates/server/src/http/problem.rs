//! Errors as `application/problem+json`: the one place that picks statuses.

mod from_errors;
mod from_newsroom_errors;
pub(crate) mod responses;

use std::borrow::Cow;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::problem::MEDIA_TYPE;
use dumka_api::{Problem, ProblemKind};

/// Seconds after which a request that met a store in trouble is worth repeating.
const STORE_RETRY_SECS: u64 = 5;

/// An error that is answered to the client. Its text never holds what the client sent or how the server works inside.
#[derive(Debug)]
pub struct ApiError {
    kind: ProblemKind,
    detail: Cow<'static, str>,
    field: Option<&'static str>,
    limit: Option<u64>,
    retry_after: Option<u64>,
}

impl ApiError {
    /// Creates an error of this kind; `detail` says what happened this time.
    pub fn new(kind: ProblemKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, detail: detail.into(), field: None, limit: None, retry_after: None }
    }

    /// Names the field at fault.
    #[must_use]
    pub fn in_field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// Names the limit that was passed.
    #[must_use]
    pub fn over(mut self, limit: usize) -> Self {
        self.limit = Some(limit as u64);
        self
    }

    /// Says after how many seconds to try again.
    #[must_use]
    pub fn retry_after(mut self, secs: u64) -> Self {
        self.retry_after = Some(secs);
        self
    }

    /// Nothing is there. Hidden things look the same.
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "There is nothing at this address.")
    }

    /// A fault of the server's own, logged where it was noticed.
    pub fn internal() -> Self {
        Self::new(ProblemKind::Internal, "The server failed; its log says why.")
    }

    /// The store does not answer.
    pub fn store_unavailable() -> Self {
        let detail = "The comments cannot be reached for the moment.";
        Self::new(ProblemKind::StoreUnavailable, detail).retry_after(STORE_RETRY_SECS)
    }

    /// The server is about to stop, and others are there.
    pub fn stopping() -> Self {
        Self::new(ProblemKind::StoreUnavailable, "This server is about to stop.")
            .retry_after(STORE_RETRY_SECS)
    }

    /// The request needs a bearer token.
    pub fn token_missing() -> Self {
        Self::new(ProblemKind::TokenMissing, "This needs the header Authorization: Bearer and a token.")
    }

    /// The cursor is not one that this thread gave out.
    pub fn cursor_invalid() -> Self {
        Self::new(ProblemKind::CursorInvalid, "The cursor is not one that this thread gave out.")
            .in_field("cursor")
    }

    /// Returns the seconds after which a retry may succeed, where they are known.
    pub fn retry_after_secs(&self) -> Option<u64> {
        self.retry_after
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        status(self.kind)
    }

    /// Returns the error as it is sent.
    pub fn into_problem(self) -> Problem {
        Problem {
            type_uri: format!("urn:dumka:problem:{}", self.kind.as_str()),
            title: self.kind.title().into(),
            status: status(self.kind).as_u16(),
            detail: self.detail.into_owned(),
            kind: self.kind,
            field: self.field.map(Into::into),
            limit: self.limit,
            retry_after: self.retry_after,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = status(self.kind);
        let retry_after = self.retry_after;
        let problem = self.into_problem();
        let body = serde_json::to_vec(&problem).expect("a problem has string keys only");
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)), (CACHE_CONTROL, NO_STORE)];
        let mut response = (status, headers, body).into_response();
        // For whoever would say it otherwise, such as a page.
        response.extensions_mut().insert(problem);
        if let Some(secs) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, secs.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// No cache keeps it.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The status of each kind.
fn status(kind: ProblemKind) -> StatusCode {
    use ProblemKind as Kind;
    match kind {
        Kind::TextEmpty
        | Kind::TextTooLong
        | Kind::NameEmpty
        | Kind::NameTooLong
        | Kind::EmailInvalid
        | Kind::ControlCharacters
        | Kind::SiteEmpty
        | Kind::PageEmpty
        | Kind::PageTooLong
        | Kind::TitleTooLong
        | Kind::UrlInvalid
        | Kind::ParentNotFound
        | Kind::ValueInvalid
        | Kind::ReasonInvalid
        | Kind::NoteTooLong
        | Kind::PasswordTooShort
        | Kind::PasswordTooLong
        | Kind::DecisionInvalid
        | Kind::CommentsTooMany
        | Kind::WordsTooLong
        | Kind::NoticeTooLong => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::PagesTooMany
        | Kind::LimitInvalid
        | Kind::SortInvalid
        | Kind::CursorInvalid
        | Kind::QueryInvalid
        | Kind::HostInvalid
        | Kind::IdempotencyKeyMissing
        | Kind::IdempotencyKeyInvalid
        | Kind::SearchTooLong
        | Kind::JsonInvalid => StatusCode::BAD_REQUEST,
        Kind::TokenMissing
        | Kind::TokenInvalid
        | Kind::SignInRequired
        | Kind::SignInFailed
        | Kind::PasskeyInvalid => StatusCode::UNAUTHORIZED,
        Kind::OriginNotAllowed
        | Kind::ThreadClosed
        | Kind::NotYours
        | Kind::EditWindowOver
        | Kind::RoleInsufficient => StatusCode::FORBIDDEN,
        Kind::SiteUnknown | Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Kind::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        Kind::IdempotencyKeyReused
        | Kind::EditConflict
        | Kind::AlreadyReported
        | Kind::NameTaken
        | Kind::LastOwner
        | Kind::DecisionOutdated
        | Kind::DecisionSuperseded
        | Kind::QueryChanged => StatusCode::CONFLICT,
        Kind::LinkSpent => StatusCode::GONE,
        Kind::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::ContentTypeUnsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::RateLimited | Kind::ThreadSlow => StatusCode::TOO_MANY_REQUESTS,
        Kind::StoreUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::StoreFull => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Internal | Kind::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
