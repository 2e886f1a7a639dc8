//! Describes failures in the reader's language.

use dumka_api::{Problem, ProblemKind};

use super::{Key, Locale, PluralKey};
use crate::state::Failure;

impl Locale {
    /// Describes a failure in a sentence.
    pub fn reason(&self, failure: &Failure) -> String {
        match failure {
            Failure::Offline => self.text(Key::Offline).into(),
            Failure::Timeout => self.text(Key::Timeout).into(),
            Failure::Unreachable => self.text(Key::Unreachable).into(),
            Failure::Malformed => self.text(Key::Malformed).into(),
            Failure::Status(500..) => self.text(Key::ServerFailed).into(),
            Failure::Status(_) => self.text(Key::Refused).into(),
            Failure::Problem(problem) => self.problem(problem),
        }
    }

    fn problem(&self, problem: &Problem) -> String {
        use ProblemKind as K;
        let key = match problem.kind {
            K::TextEmpty => Key::TextEmpty,
            K::NameEmpty => Key::NameEmpty,
            K::TextTooLong | K::NameTooLong | K::NoteTooLong if problem.limit.is_some() => {
                return self.too_long(problem);
            }
            K::EmailInvalid => Key::EmailInvalid,
            K::ControlCharacters => Key::ControlCharacters,
            K::ParentNotFound => Key::ParentNotFound,
            K::ThreadClosed => Key::ThreadClosed,
            K::EditWindowOver => Key::EditWindowOver,
            K::EditConflict => Key::EditConflict,
            K::NotYours | K::TokenInvalid | K::TokenMissing => Key::NotYours,
            K::NotFound => Key::NotThere,
            K::ReasonInvalid => Key::ReasonMissing,
            K::AlreadyReported => Key::AlreadyReported,
            K::ThreadSlow => Key::ThreadSlow,
            K::RateLimited => Key::RateLimited,
            K::StoreUnavailable | K::Internal | K::RequestTimeout => Key::ServerFailed,
            K::StoreFull => Key::StoreFull,
            // Of a kind of the endpoint's own, it knows more to say than what the kind is called.
            K::Unknown if !problem.detail.is_empty() => return problem.detail.clone(),
            K::Unknown | K::TextTooLong | K::NameTooLong | K::NoteTooLong if !problem.title.is_empty() => {
                return problem.title.clone();
            }
            K::Unknown | K::TextTooLong | K::NameTooLong | K::NoteTooLong => Key::Refused,
            _ => return self.with(Key::NotConfigured, &problem.title),
        };
        self.later(key, problem)
    }

    fn too_long(&self, problem: &Problem) -> String {
        let limit = problem.limit.map(|limit| self.count(PluralKey::CharsLimit, limit)).unwrap_or_default();
        self.with(Key::TooLong, &limit)
    }

    fn later(&self, key: Key, problem: &Problem) -> String {
        let mut sentence = String::from(self.text(key));
        if let Some(secs) = problem.retry_after {
            sentence.push(' ');
            sentence.push_str(&self.count(PluralKey::RetrySecs, secs));
        }
        sentence
    }
}
