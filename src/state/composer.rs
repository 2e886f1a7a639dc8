//! The form: what is typed, how far it got, and the try that is under way.

use dumka_api::limits::{NAME_MAX_CHARS, TEXT_MAX_CHARS};
use dumka_api::{NewAuthor, NewComment, Problem, ProblemKind};
use serde::{Deserialize, Serialize};

use super::failure::Failure;

/// The form under the heading.
#[derive(Debug)]
pub struct Composer {
    /// How far it got.
    pub phase: Phase,
    /// The reader's name.
    pub name: String,
    /// The reader's address for notices; may be empty.
    pub email: String,
    /// What outlives the page.
    pub draft: Draft,
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

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The reader's name.
    Name,
    /// The reader's address.
    Email,
    /// The comment.
    Text,
}

impl Field {
    /// Its name in the form and in problems.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Text => "text",
        }
    }

    /// The field of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Name, Self::Email, Self::Text].into_iter().find(|field| field.name() == name)
    }
}

/// The form as the reader left it before this program was there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Written {
    /// Whether it is open.
    pub open: bool,
    /// The name.
    pub name: String,
    /// The reader's address.
    pub email: String,
    /// The text.
    pub text: String,
}

/// What the browser keeps of an unsent comment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The text as typed.
    pub text: String,
    /// The last try to send it, whose outcome may be unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<Attempt>,
}

/// A try to send a comment. Sent again unchanged, it makes no second comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The `Idempotency-Key`.
    pub key: String,
    /// The request, letter by letter as it was sent first.
    pub request: NewComment,
}

impl Composer {
    /// A closed form holding what the browser kept.
    pub fn new(draft: Draft, name: String) -> Self {
        Self { phase: Phase::Closed, name, email: String::new(), draft }
    }

    /// What stands in a field.
    pub fn value(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Email => &self.email,
            Field::Text => &self.draft.text,
        }
    }

    pub(super) fn set(&mut self, field: Field, value: String) {
        match field {
            Field::Name => self.name = value,
            Field::Email => self.email = value,
            Field::Text => self.draft.text = value,
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

    /// Says what the server would say to these fields, without asking it.
    pub(super) fn check(&self) -> Result<(), Box<Problem>> {
        bounded(
            Field::Text,
            &self.draft.text,
            TEXT_MAX_CHARS,
            [ProblemKind::TextEmpty, ProblemKind::TextTooLong],
        )?;
        bounded(Field::Name, &self.name, NAME_MAX_CHARS, [ProblemKind::NameEmpty, ProblemKind::NameTooLong])
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
    }
}

impl Attempt {
    /// Title and address may have changed since; they do not make another comment.
    fn says_the_same_as(&self, request: &NewComment) -> bool {
        let last = &self.request;
        (&last.site, &last.page, &last.parent) == (&request.site, &request.page, &request.parent)
            && (&last.author, &last.text) == (&request.author, &request.text)
    }
}

fn bounded(
    field: Field,
    value: &str,
    max: usize,
    [empty, too_long]: [ProblemKind; 2],
) -> Result<(), Box<Problem>> {
    let value = value.trim();
    if value.is_empty() {
        return Err(problem(field, empty, None).into());
    }
    if value.chars().count() > max {
        return Err(problem(field, too_long, Some(max as u64)).into());
    }
    Ok(())
}

fn problem(field: Field, kind: ProblemKind, limit: Option<u64>) -> Problem {
    Problem {
        type_uri: String::new(),
        title: String::new(),
        status: 0,
        detail: String::new(),
        kind,
        field: Some(field.name().into()),
        limit,
        retry_after: None,
    }
}
