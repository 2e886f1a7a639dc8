//! Makes problems of the errors of the newsroom's commands.

use dumka_api::ProblemKind;
use dumka_api::limits::DECIDED_MAX_COMMENTS;

use super::ApiError;
use crate::commands::{DecideError, QueueError, Refused, ReplyError, SignInError, StaffError, ThreadError};
use crate::sites::AdmissionError;

impl From<ThreadError> for ApiError {
    fn from(error: ThreadError) -> Self {
        match error {
            ThreadError::Refused(refused) => refused.into(),
            ThreadError::Invalid(invalid) => invalid.into(),
            ThreadError::CursorInvalid => Self::cursor_invalid(),
            ThreadError::Store(error) => error.into(),
        }
    }
}

impl From<QueueError> for ApiError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Refused(refused) => refused.into(),
            QueueError::Store(error) => error.into(),
        }
    }
}

impl From<ReplyError> for ApiError {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::Refused(refused) => refused.into(),
            ReplyError::Invalid(invalid) => invalid.into(),
            ReplyError::Submit(error) => error.into(),
            ReplyError::Store(error) => error.into(),
        }
    }
}

impl From<DecideError> for ApiError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Refused(refused) => refused.into(),
            DecideError::Invalid(invalid) => invalid.into(),
            DecideError::ActInvalid => {
                let detail = "This is nothing that a moderator decides.";
                Self::new(ProblemKind::ValueInvalid, detail).in_field("decision")
            }
            DecideError::TooMany => {
                let detail =
                    "One request names 1,000 comments at most, or a query that finds 10,000 at most.";
                Self::new(ProblemKind::CommentsTooMany, detail)
                    .in_field("comments")
                    .over(DECIDED_MAX_COMMENTS)
            }
            DecideError::QueryChanged { found } => {
                let detail = "The query finds another number of comments by now; `limit` is that number.";
                Self::new(ProblemKind::QueryChanged, detail)
                    .in_field("expect")
                    .over(usize::try_from(found).unwrap_or(usize::MAX))
            }
            DecideError::Store(error) => error.into(),
        }
    }
}

impl From<StaffError> for ApiError {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Refused(refused) => refused.into(),
            StaffError::Invalid(invalid) => invalid.into(),
            StaffError::SiteUnknown(_) => AdmissionError::SiteUnknown.into(),
            StaffError::NameTaken => {
                Self::new(ProblemKind::NameTaken, "Somebody is called so already.").in_field("name")
            }
            StaffError::LastOwner => {
                let detail = "Nobody else who can sign in owns every site; the shell can do it all the same.";
                Self::new(ProblemKind::LastOwner, detail)
            }
            StaffError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Failed => {
                Self::new(ProblemKind::SignInFailed, "The name or the password is not right.")
            }
            SignInError::LinkSpent => Self::new(
                ProblemKind::LinkSpent,
                "The link was used, withdrawn, or is too old; ask for another.",
            ),
            SignInError::Invalid(invalid) => invalid.into(),
            SignInError::PasskeyInvalid => Self::new(
                ProblemKind::PasskeyInvalid,
                "The passkey is for another address, of nobody here, or its ceremony is over.",
            ),
            SignInError::Store(error) => error.into(),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotAllowed => {
                Self::new(ProblemKind::RoleInsufficient, "The caller's role does not allow this.")
            }
            Refused::NotFound => Self::not_found(),
        }
    }
}
