//! Failures of requests to the endpoint.

use dumka_api::{Problem, ProblemKind};

use super::field::Field;

/// The failure of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The browser says there is no network.
    Offline,
    /// No response within the time limit.
    Timeout,
    /// No connection, or one that ended before the response did.
    Unreachable,
    /// A response that cannot be decoded: HTML, half a JSON.
    Malformed,
    /// An HTTP status without a problem.
    Status(u16),
    /// A problem of the endpoint's.
    Problem(Box<Problem>),
}

impl Failure {
    /// Returns the kind of the problem.
    pub fn kind(&self) -> Option<ProblemKind> {
        match self {
            Self::Problem(problem) => Some(problem.kind),
            _ => None,
        }
    }

    /// Returns the form field at fault.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Problem(problem) => Field::from_name(problem.field.as_deref()?),
            _ => None,
        }
    }

    /// Returns its name in the detail of `dumka:error`.
    pub fn as_str(&self) -> &'static str {
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
