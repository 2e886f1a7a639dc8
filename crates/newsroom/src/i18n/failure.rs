//! Failures in the moderator's language.

use dumka_api::{Problem, ProblemKind};

use super::{Key, Locale};
use crate::state::Failure;

impl Locale {
    /// A failure in a sentence.
    pub fn failure(&self, failure: &Failure) -> String {
        let key = match failure {
            Failure::Offline => Key::Offline,
            Failure::Timeout => Key::Timeout,
            Failure::Unreachable => Key::Unreachable,
            Failure::Malformed => Key::Malformed,
            Failure::NoPasskey => Key::NoPasskey,
            Failure::Status(500..) => Key::ServerFailed,
            Failure::Status(_) => Key::Refused,
            Failure::Problem(problem) => return self.problem(problem),
        };
        self.text(key).into()
    }

    fn problem(&self, problem: &Problem) -> String {
        match problem.kind {
            ProblemKind::Unknown if !problem.title.is_empty() => problem.title.clone(),
            kind => self.problem_kind(kind).into(),
        }
    }

    /// A kind of problem in a sentence.
    pub fn problem_kind(&self, kind: ProblemKind) -> &str {
        use ProblemKind as K;
        let key = match kind {
            K::SignInRequired => Key::SignInAgain,
            K::SignInFailed => Key::SignInFailed,
            K::RoleInsufficient => Key::RoleInsufficient,
            K::LinkSpent => Key::LinkSpent,
            K::PasswordTooShort => Key::PasswordTooShort,
            K::PasswordTooLong => Key::PasswordTooLong,
            K::PasskeyInvalid => Key::NoPasskey,
            K::DecisionOutdated => Key::NoteOutdated,
            K::DecisionSuperseded => Key::Superseded,
            K::DecisionInvalid => Key::DecisionInvalid,
            K::QueryChanged => Key::QueryChanged,
            K::CommentsTooMany => Key::CommentsTooMany,
            K::SearchTooLong => Key::SearchTooLong,
            K::NotFound => Key::NotFound,
            K::TextEmpty => Key::TextEmpty,
            K::TextTooLong | K::WordsTooLong | K::NoticeTooLong | K::NoteTooLong | K::TitleTooLong => {
                Key::TooLong
            }
            K::NameEmpty | K::NameTooLong => Key::NameInvalid,
            K::UrlInvalid => Key::UrlInvalid,
            K::RateLimited => Key::RateLimited,
            K::StoreUnavailable | K::StoreFull | K::Internal | K::RequestTimeout => Key::ServerFailed,
            K::Unknown => Key::Refused,
            other => return other.title(),
        };
        self.text(key)
    }
}
