//! Makes problems of the errors inside the server.

use dumka_api::ProblemKind;

use super::ApiError;
use crate::commands::{CastVoteError, FileReportError, OwnCommentError, SubmissionError};
use crate::domain::submission::Invalid;
use crate::live::{FollowError, TooManyStreams};
use crate::sites::AdmissionError;
use crate::storage::{ListError, ReportError, StoreError, SubmitError};

/// Retry delay in seconds when the disk is full.
const FULL_RETRY_SECS: u64 = 60;
/// Retry delay in seconds when too many streams are open.
const STREAM_RETRY_SECS: u64 = 30;

impl From<Invalid> for ApiError {
    fn from(invalid: Invalid) -> Self {
        let failure = Self::new(invalid.kind, invalid.to_string()).in_field(invalid.field);
        Self { limit: invalid.limit, ..failure }
    }
}

impl From<AdmissionError> for ApiError {
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

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Unavailable(_) | StoreError::Conflict(_) => Self::store_unavailable(),
            StoreError::Full => {
                let detail = "The server has no room for new comments for the moment; reading goes on.";
                Self::new(ProblemKind::StoreFull, detail).retry_after(FULL_RETRY_SECS)
            }
            StoreError::Corrupt(_) => Self::internal(),
        }
    }
}

impl From<ListError> for ApiError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::CursorUnknown => Self::cursor_invalid(),
            ListError::Store(error) => error.into(),
        }
    }
}

impl From<SubmissionError> for ApiError {
    fn from(error: SubmissionError) -> Self {
        match error {
            SubmissionError::Invalid(invalid) => invalid.into(),
            SubmissionError::TooSoon { retry_after_secs } => {
                let detail = "Some time must pass between two comments of an author in this thread.";
                Self::new(ProblemKind::ThreadSlow, detail).retry_after(retry_after_secs)
            }
            SubmissionError::Store(error) => error.into(),
        }
    }
}

impl From<OwnCommentError> for ApiError {
    fn from(error: OwnCommentError) -> Self {
        match error {
            OwnCommentError::NotFound => Self::not_found(),
            OwnCommentError::NotYours => {
                Self::new(ProblemKind::NotYours, "The token is not the one of the comment's author.")
            }
            OwnCommentError::WindowOver => {
                Self::new(ProblemKind::EditWindowOver, "The time in which it could be changed is over.")
            }
            OwnCommentError::Conflict => {
                let detail = "The text has changed since the edit began; look at it, then edit again.";
                Self::new(ProblemKind::EditConflict, detail)
            }
            OwnCommentError::Invalid(invalid) => invalid.into(),
            OwnCommentError::Store(error) => error.into(),
        }
    }
}

impl From<CastVoteError> for ApiError {
    fn from(error: CastVoteError) -> Self {
        match error {
            CastVoteError::NotAReader => Self::token_missing(),
            CastVoteError::NotFound => Self::not_found(),
            CastVoteError::TooManyReaders { retry_after_secs } => {
                let detail = "Too many readers of this address have voted on the comment.";
                Self::new(ProblemKind::RateLimited, detail).retry_after(retry_after_secs)
            }
            CastVoteError::Store(error) => error.into(),
        }
    }
}

impl From<SubmitError> for ApiError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::ParentNotFound => {
                let detail = "The comment to answer is not in this thread, or not there any more.";
                Self::new(ProblemKind::ParentNotFound, detail).in_field("parent")
            }
            SubmitError::ThreadClosed => {
                Self::new(ProblemKind::ThreadClosed, "The thread takes no new comments.")
            }
            SubmitError::ThreadSlow { .. } => {
                let detail = "Some time must pass between two comments of an author in this thread.";
                Self::new(ProblemKind::ThreadSlow, detail)
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

impl From<FileReportError> for ApiError {
    fn from(error: FileReportError) -> Self {
        match error {
            FileReportError::NotAReader => Self::token_missing(),
            FileReportError::Invalid(invalid) => invalid.into(),
            FileReportError::Store(ReportError::NotPublished) => Self::not_found(),
            FileReportError::Store(ReportError::AlreadyReported) => {
                Self::new(ProblemKind::AlreadyReported, "This reader has reported the comment before.")
            }
            FileReportError::Store(ReportError::Store(error)) => error.into(),
        }
    }
}

impl From<FollowError> for ApiError {
    fn from(error: FollowError) -> Self {
        match error {
            FollowError::TooMany(TooManyStreams) => {
                let detail = "Too many streams are open, in all or to this address.";
                Self::new(ProblemKind::RateLimited, detail).retry_after(STREAM_RETRY_SECS)
            }
            FollowError::Store(error) => error.into(),
        }
    }
}
