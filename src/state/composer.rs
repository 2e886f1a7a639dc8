//! A form: what it is for, what is typed, how far it got.

use dumka_api::limits::{NAME_MAX_CHARS, NOTE_MAX_CHARS, TEXT_MAX_CHARS};
use dumka_api::{Body, NewAuthor, NewComment, Problem, ProblemKind};

use super::draft::{Attempt, Draft, Written};
use super::failure::Failure;
pub use super::purpose::Purpose;

/// A form, and what its reader has written so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Composer {
    /// What it is for.
    pub purpose: Purpose,
    /// How far it got.
    pub phase: Phase,
    /// The reader's name.
    pub name: String,
    /// The reader's address for notices; may be empty.
    pub email: String,
    /// What is reported, as a word of the wire.
    pub reason: String,
    /// What outlives the page: the text, and the try to send it.
    pub draft: Draft,
    /// What the text would look like.
    pub preview: Preview,
}

/// What a text would look like when it is published.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Preview {
    /// Not asked for.
    #[default]
    Closed,
    /// On its way.
    Loading,
    /// There it is.
    Shown(Body),
    /// It did not come, and why.
    Failed(Failure),
}

/// How far the form got.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Not shown.
    Closed,
    /// Being filled in.
    Open,
    /// On its way.
    Sending,
    /// Came back, with the reason.
    Rejected(Failure),
}

impl Phase {
    /// Value of the element's `data-composer`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Sending => "sending",
            Self::Rejected(_) => "rejected",
        }
    }
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The reader's name.
    Name,
    /// The reader's address.
    Email,
    /// The comment, or the note to a report.
    Text,
    /// What is reported.
    Reason,
}

impl Field {
    /// Its name in the form and in problems.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Text => "text",
            Self::Reason => "reason",
        }
    }

    /// The field of that name. A note is written where a text is.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "name" => Some(Self::Name),
            "email" => Some(Self::Email),
            "text" | "note" => Some(Self::Text),
            "reason" => Some(Self::Reason),
            _ => None,
        }
    }
}

impl Composer {
    /// A closed form for this purpose, holding what the browser kept.
    pub fn new(purpose: Purpose, draft: Draft, name: String) -> Self {
        let [email, reason] = [String::new(), String::new()];
        Self { purpose, phase: Phase::Closed, name, email, reason, draft, preview: Preview::Closed }
    }

    /// What stands in a field.
    pub fn value(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Email => &self.email,
            Field::Text => &self.draft.text,
            Field::Reason => &self.reason,
        }
    }

    pub(super) fn set(&mut self, field: Field, value: String) {
        match field {
            Field::Name => self.name = value,
            Field::Email => self.email = value,
            Field::Text => self.draft.text = value,
            Field::Reason => self.reason = value,
        }
        // The reason was about the value before.
        if self.failure().is_some_and(|failure| failure.field() == Some(field)) {
            self.phase = Phase::Open;
        }
    }

    pub(super) fn adopt(&mut self, Written { open, name, email, text }: Written) {
        self.phase = if open { Phase::Open } else { Phase::Closed };
        (self.name, self.email, self.draft.text) = (name, email, text);
    }

    /// Why the form came back, where it did.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.phase {
            Phase::Rejected(failure) => Some(failure),
            _ => None,
        }
    }

    /// How many characters more the text may have; below zero where it has too many.
    pub fn room(&self) -> i64 {
        let most = if let Purpose::Report(_) = self.purpose { NOTE_MAX_CHARS } else { TEXT_MAX_CHARS };
        let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        signed(most) - signed(self.draft.text.trim().chars().count())
    }

    /// Says what the server would say to these fields, without asking it.
    pub(super) fn check(&self) -> Result<(), Box<Problem>> {
        match self.purpose {
            Purpose::Delete(_) => Ok(()),
            Purpose::Report(_) => self.check_report(),
            Purpose::Edit(..) => self.check_text(),
            Purpose::Comment | Purpose::Reply(_) => self.check_text().and_then(|()| self.check_name()),
        }
    }

    fn check_report(&self) -> Result<(), Box<Problem>> {
        if self.reason.is_empty() {
            return Err(Box::new(problem(Field::Reason, ProblemKind::ReasonInvalid, None)));
        }
        if self.room() < 0 {
            return Err(Box::new(problem(Field::Text, ProblemKind::NoteTooLong, Some(NOTE_MAX_CHARS))));
        }
        Ok(())
    }

    fn check_text(&self) -> Result<(), Box<Problem>> {
        if self.draft.text.trim().is_empty() {
            return Err(Box::new(problem(Field::Text, ProblemKind::TextEmpty, None)));
        }
        if self.room() < 0 {
            return Err(Box::new(problem(Field::Text, ProblemKind::TextTooLong, Some(TEXT_MAX_CHARS))));
        }
        Ok(())
    }

    fn check_name(&self) -> Result<(), Box<Problem>> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Box::new(problem(Field::Name, ProblemKind::NameEmpty, None)));
        }
        if name.chars().count() > NAME_MAX_CHARS {
            return Err(Box::new(problem(Field::Name, ProblemKind::NameTooLong, Some(NAME_MAX_CHARS))));
        }
        Ok(())
    }

    pub(super) fn author(&self) -> NewAuthor {
        let email = self.email.trim();
        NewAuthor { name: self.name.clone(), email: (!email.is_empty()).then(|| email.into()) }
    }

    /// The try to make for `request`: the last one again if it says the same, else a new one.
    pub(super) fn attempt(&mut self, request: NewComment, fresh_key: fn() -> String) -> &Attempt {
        let last = self.draft.attempt.take().filter(|last| last.says_the_same_as(&request));
        self.draft.attempt.insert(last.unwrap_or_else(|| Attempt { key: fresh_key(), request }))
    }

    pub(super) fn clear(&mut self) {
        self.phase = Phase::Closed;
        self.draft = Draft::default();
        self.preview = Preview::Closed;
    }
}

fn problem(field: Field, kind: ProblemKind, limit: Option<usize>) -> Problem {
    let (field, limit) = (Some(field.name().into()), limit.map(|limit| limit as u64));
    Problem { kind, field, limit, ..Problem::default() }
}
