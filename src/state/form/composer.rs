//! A form: its kind, its input and its phase.

use dumka_api::limits::{NAME_MAX_CHARS, NOTE_MAX_CHARS, TEXT_MAX_CHARS};
use dumka_api::{Body, NewAuthor, NewComment, Problem, ProblemKind};

use super::kind::FormKind;
use crate::state::draft::{Attempt, Draft, TypedForm};
use crate::state::{Effect, Failure, Field};

/// A form with the reader's input.
#[derive(Debug, Clone, PartialEq)]
pub struct Composer {
    /// Its kind.
    pub kind: FormKind,
    /// Its phase.
    pub phase: Phase,
    /// The reader's name.
    pub name: String,
    /// The reader's address for notices; may be empty.
    pub email: String,
    /// The reason of a report, as a word of the wire.
    pub reason: String,
    /// The text and the last attempt to send it, which outlive the page.
    pub draft: Draft,
    /// The preview of the text.
    pub preview: Preview,
}

/// The preview of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Preview {
    /// It is closed.
    #[default]
    Closed,
    /// Its request is under way.
    Loading,
    /// It is shown.
    Shown(Body),
    /// The request has failed.
    Failed(Failure),
}

/// The phase of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// It is closed.
    Closed,
    /// It can be filled in.
    Open,
    /// Its request is under way.
    Sending,
    /// The request has failed.
    Rejected(Failure),
}

impl Phase {
    /// Value of the element's `data-composer`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Sending => "sending",
            Self::Rejected(_) => "rejected",
        }
    }
}

impl Composer {
    /// Creates a closed form with a saved draft.
    pub fn new(kind: FormKind, draft: Draft, name: String) -> Self {
        let [email, reason] = [String::new(), String::new()];
        Self { kind, phase: Phase::Closed, name, email, reason, draft, preview: Preview::Closed }
    }

    /// Returns the value of a field.
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

    pub(super) fn hydrate(&mut self, TypedForm { open, name, email, text }: TypedForm) {
        self.phase = if open { Phase::Open } else { Phase::Closed };
        (self.name, self.email, self.draft.text) = (name, email, text);
    }

    /// Returns the failure of the last request.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.phase {
            Phase::Rejected(failure) => Some(failure),
            _ => None,
        }
    }

    /// Number of characters left for the text; negative if it is too long.
    pub fn chars_left(&self) -> i64 {
        let most = if let FormKind::Report(_) = self.kind { NOTE_MAX_CHARS } else { TEXT_MAX_CHARS };
        let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        signed(most) - signed(self.draft.text.trim().chars().count())
    }

    /// Validates the fields as the server does.
    pub(super) fn check(&self) -> Result<(), Box<Problem>> {
        match self.kind {
            FormKind::Delete(_) => Ok(()),
            FormKind::Report(_) => self.check_report(),
            FormKind::Edit(..) => self.check_text(),
            FormKind::Comment | FormKind::Reply(_) => self.check_text().and_then(|()| self.check_name()),
        }
    }

    fn check_report(&self) -> Result<(), Box<Problem>> {
        if self.reason.is_empty() {
            return Err(Box::new(problem(Field::Reason, ProblemKind::ReasonInvalid, None)));
        }
        if self.chars_left() < 0 {
            return Err(Box::new(problem(Field::Text, ProblemKind::NoteTooLong, Some(NOTE_MAX_CHARS))));
        }
        Ok(())
    }

    fn check_text(&self) -> Result<(), Box<Problem>> {
        if self.draft.text.trim().is_empty() {
            return Err(Box::new(problem(Field::Text, ProblemKind::TextEmpty, None)));
        }
        if self.chars_left() < 0 {
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

    /// Returns the attempt for `request`: the last one if it is the same comment, or a new one.
    pub(super) fn attempt(&mut self, request: NewComment, generate_key: fn() -> String) -> &Attempt {
        let last = self.draft.attempt.take().filter(|last| last.is_same_comment(&request));
        self.draft.attempt.insert(last.unwrap_or_else(|| Attempt { key: generate_key(), request }))
    }

    /// Saves the draft, if this kind of form has one.
    pub(super) fn save_draft(&self) -> Option<Effect> {
        Some(Effect::SaveDraft(self.kind.draft_name()?, self.draft.clone()))
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
