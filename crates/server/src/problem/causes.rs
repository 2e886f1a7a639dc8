//! What each failure inside the server is to a client.

use dumka_api::ProblemKind;

use super::Failure;
use crate::commands::{OwnFailure, ReportFailure, SubmitFailure};
use crate::domain::comment::UnixMillis;
use crate::domain::submission::Invalid;
use crate::live::{FollowError, TooManyStreams};
use crate::sites::AdmissionError;
use crate::storage::{ListError, ReportError, StoreError, SubmitError, VoteError};

/// Seconds after which somebody may have made room on a full disk.
const FULL_RETRY_SECS: u64 = 60;
/// Seconds after which a place for a stream may be free.
const STREAM_RETRY_SECS: u64 = 30;

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

impl From<OwnFailure> for Failure {
    fn from(failure: OwnFailure) -> Self {
        match failure {
            OwnFailure::NotThere => Self::not_found(),
            OwnFailure::NotYours => {
                Self::new(ProblemKind::NotYours, "The token is not the one of the comment's author.")
            }
            OwnFailure::WindowOver => {
                Self::new(ProblemKind::EditWindowOver, "The time in which it could be changed is over.")
            }
            OwnFailure::Conflict => {
                let detail = "The text has changed since the edit began; look at it, then edit again.";
                Self::new(ProblemKind::EditConflict, detail)
            }
            OwnFailure::Invalid(invalid) => invalid.into(),
            OwnFailure::Store(error) => error.into(),
        }
    }
}

impl Failure {
    /// What a vote that was not kept is to a client at `now`.
    pub fn of_vote(error: VoteError, now: UnixMillis) -> Self {
        match error {
            VoteError::NotThere => Self::not_found(),
            VoteError::TooManyReaders { until } => {
                let detail = "Too many readers of this address have voted on the comment.";
                Self::new(ProblemKind::RateLimited, detail).retry_after(now.secs_until(until))
            }
            VoteError::Store(error) => error.into(),
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

impl From<FollowError> for Failure {
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
