//! Failures as `application/problem+json`: the one place that picks statuses.

use std::borrow::Cow;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dumka_api::problem::MEDIA_TYPE;
use dumka_api::{Problem, ProblemKind};

use crate::commands::{ReportFailure, SubmitFailure};
use crate::domain::submission::Invalid;
use crate::sites::AdmissionError;
use crate::storage::{ListError, ReportError, StoreError, SubmitError};

/// Seconds after which a request that met a store in trouble is worth repeating.
const STORE_RETRY_SECS: u64 = 5;
/// Seconds after which somebody may have made room on a full disk.
const FULL_RETRY_SECS: u64 = 60;

/// A failure on its way to the client. Its text never holds what the client sent or how the server works inside.
#[derive(Debug)]
pub struct Failure {
    kind: ProblemKind,
    detail: Cow<'static, str>,
    field: Option<&'static str>,
    limit: Option<u64>,
    retry_after: Option<u64>,
}

impl Failure {
    /// A failure of this kind; `detail` says what happened this time.
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

    /// What is hidden and what is not there look the same.
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

    /// The cursor is not one that this thread gave out.
    pub fn cursor_invalid() -> Self {
        Self::new(ProblemKind::CursorInvalid, "The cursor is not one that this thread gave out.")
            .in_field("cursor")
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        status(self.kind)
    }

    /// The failure as it travels.
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

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = status(self.kind);
        let retry_after = self.retry_after;
        let body = serde_json::to_vec(&self.into_problem()).expect("a problem has string keys only");
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)), (CACHE_CONTROL, NO_STORE)];
        let mut response = (status, headers, body).into_response();
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
        | Kind::ReasonInvalid
        | Kind::NoteTooLong => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::PagesTooMany
        | Kind::LimitInvalid
        | Kind::SortInvalid
        | Kind::CursorInvalid
        | Kind::QueryInvalid
        | Kind::IdempotencyKeyMissing
        | Kind::IdempotencyKeyInvalid
        | Kind::JsonInvalid => StatusCode::BAD_REQUEST,
        Kind::TokenMissing | Kind::TokenInvalid => StatusCode::UNAUTHORIZED,
        Kind::OriginNotAllowed | Kind::ThreadClosed => StatusCode::FORBIDDEN,
        Kind::SiteUnknown | Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Kind::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        Kind::IdempotencyKeyReused | Kind::AlreadyReported => StatusCode::CONFLICT,
        Kind::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::ContentTypeUnsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Kind::StoreUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::StoreFull => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Internal | Kind::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        let failure = Self::new(invalid.kind, invalid.to_string()).in_field(invalid.field);
        Self { limit: invalid.limit, ..failure }
    }
}

impl From<AdmissionError> for Failure {
    fn from(error: AdmissionError) -> Self {
        match error {
            AdmissionError::SiteUnknown => {
                Self::new(ProblemKind::SiteUnknown, "This server does not serve the site.").in_field("site")
            }
            AdmissionError::OriginNotAllowed => {
                Self::new(ProblemKind::OriginNotAllowed, "The page's origin is not one of the site's.")
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Unavailable(_) => Self::store_unavailable(),
            StoreError::Full => {
                let detail = "The server has no room for new comments for the moment; reading goes on.";
                Self::new(ProblemKind::StoreFull, detail).retry_after(FULL_RETRY_SECS)
            }
            StoreError::Corrupt(_) => Self::internal(),
        }
    }
}

impl From<ListError> for Failure {
    fn from(error: ListError) -> Self {
        match error {
            ListError::CursorUnknown => Self::cursor_invalid(),
            ListError::Store(error) => error.into(),
        }
    }
}

impl From<SubmitFailure> for Failure {
    fn from(failure: SubmitFailure) -> Self {
        match failure {
            SubmitFailure::Invalid(invalid) => invalid.into(),
            SubmitFailure::Store(error) => error.into(),
        }
    }
}

impl From<SubmitError> for Failure {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::ParentNotFound => {
                let detail = "The comment to answer is not in this thread, or not there any more.";
                Self::new(ProblemKind::ParentNotFound, detail).in_field("parent")
            }
            SubmitError::ThreadClosed => {
                Self::new(ProblemKind::ThreadClosed, "The thread takes no new comments.")
            }
            SubmitError::KeyReused => {
                let detail =
                    "The Idempotency-Key was used for another comment; a new comment needs a new key.";
                Self::new(ProblemKind::IdempotencyKeyReused, detail)
            }
            SubmitError::Store(error) => error.into(),
        }
    }
}

impl From<ReportFailure> for Failure {
    fn from(failure: ReportFailure) -> Self {
        match failure {
            ReportFailure::Invalid(invalid) => invalid.into(),
            ReportFailure::Store(ReportError::NotPublished) => Self::not_found(),
            ReportFailure::Store(ReportError::AlreadyReported) => {
                Self::new(ProblemKind::AlreadyReported, "This reader has reported the comment before.")
            }
            ReportFailure::Store(ReportError::Store(error)) => error.into(),
        }
    }
}
