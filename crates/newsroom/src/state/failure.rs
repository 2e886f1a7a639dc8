//! The failures of a request, each of which the view says in words.

use dumka_api::{Problem, ProblemKind};

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The browser knows that there is no line.
    Offline,
    /// The server did not answer in time.
    Timeout,
    /// The request or its answer got lost.
    Unreachable,
    /// The answer is none.
    Malformed,
    /// An answer that says nothing but its status.
    Status(u16),
    /// The server says why.
    Problem(Box<Problem>),
    /// The browser made or used no passkey.
    NoPasskey,
}

impl Failure {
    /// Tells whether the line is at fault, so that the same may work in a moment.
    pub fn is_of_the_line(&self) -> bool {
        matches!(self, Self::Offline | Self::Timeout | Self::Unreachable | Self::Status(502..=504))
    }

    /// Tells whether it is this problem.
    pub fn is(&self, kind: ProblemKind) -> bool {
        matches!(self, Self::Problem(problem) if problem.kind == kind)
    }

    /// Tells whether somebody has to sign in first.
    pub fn asks_to_sign_in(&self) -> bool {
        self.is(ProblemKind::SignInRequired) || matches!(self, Self::Status(401))
    }
}
