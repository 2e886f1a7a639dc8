//! Failures of requests to the endpoint.

use dumka_api::{Problem, ProblemKind};

use super::field::Field;

/// The failure of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The browser says there is no network.
    Offline,
    /// No answer within the deadline.
    Timeout,
    /// No connection, or one cut before the answer was whole.
    Unreachable,
    /// An answer that is not what was asked for: HTML, half a JSON.
    Malformed,
    /// An HTTP status without a problem that would explain it.
    Status(u16),
    /// A problem of the endpoint's.
    Problem(Box<Problem>),
}

impl Failure {
    /// The problem's kind, where there is one.
    pub fn kind(&self) -> Option<ProblemKind> {
        match self {
            Self::Problem(problem) => Some(problem.kind),
            _ => None,
        }
    }

    /// The field of the form that is at fault, where one is.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Problem(problem) => Field::from_name(problem.field.as_deref()?),
            _ => None,
        }
    }

    /// The word for it in the detail of `dumka:error`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Malformed => "malformed",
            Self::Status(_) => "status",
            Self::Problem(problem) => problem.kind.as_str(),
        }
    }
}
