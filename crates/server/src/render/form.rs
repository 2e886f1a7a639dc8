//! The forms of a thread's own page, as the server knows them.

use dumka_api::{Body, EditedAt, Problem, ProblemKind};
use dumka_widget::state::form::FormKind as WidgetForm;
use dumka_widget::state::{self, Failure, State};

/// The kind of a form, with the id of the comment that it is about.
#[derive(Debug, Clone, PartialEq)]
pub enum FormKind {
    /// A new top-level comment.
    Comment,
    /// A reply to the comment with this id.
    Reply(String),
    /// An edit of the reader's own comment with this id; and its `edited_at` when the edit began, where that shall
    /// still be so.
    Edit(String, Option<EditedAt>),
    /// A report of the comment with this id.
    Report(String),
    /// The deletion of the reader's own comment with this id.
    Delete(String),
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The reader's name.
    Name,
    /// The reader's e-mail address.
    Email,
    /// The comment's text, or the note of a report.
    Text,
    /// The reason of a report.
    Reason,
}

/// The outcome of a request with a form, where the page shows more than the thread.
#[derive(Debug)]
pub enum FormResponse {
    /// A form is open.
    Form(OpenForm),
    /// An action at the comment with this id failed.
    ActionError(String, Problem),
}

/// A form that is open when the page arrives.
#[derive(Debug)]
pub struct OpenForm {
    /// Its kind.
    pub kind: FormKind,
    /// Its fields as they are filled in.
    pub fields: Vec<(Field, String)>,
    /// The problem for which it came back.
    pub problem: Option<Problem>,
    /// The text as it would be published, where that was asked for.
    pub preview: Option<Body>,
}

impl FormKind {
    /// The comment it is about, under which its form stands.
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Comment => None,
            Self::Reply(id) | Self::Edit(id, _) | Self::Report(id) | Self::Delete(id) => Some(id),
        }
    }

    fn into_widget(self) -> WidgetForm {
        match self {
            Self::Comment => WidgetForm::Comment,
            Self::Reply(id) => WidgetForm::Reply(id.into()),
            Self::Edit(id, edited_at) => WidgetForm::Edit(id.into(), edited_at),
            Self::Report(id) => WidgetForm::Report(id.into()),
            Self::Delete(id) => WidgetForm::Delete(id.into()),
        }
    }
}

impl Field {
    /// Its name in forms and in problems.
    pub const fn name(self) -> &'static str {
        self.into_widget().name()
    }

    const fn into_widget(self) -> state::Field {
        match self {
            Self::Name => state::Field::Name,
            Self::Email => state::Field::Email,
            Self::Text => state::Field::Text,
            Self::Reason => state::Field::Reason,
        }
    }
}

impl FormResponse {
    /// Shows it in the widget's state.
    pub(super) fn show_in(self, state: &mut State) {
        match self {
            Self::Form(form) if form.has_no_place(state) => {
                state.action_error = Some(failure(form.problem.unwrap_or_else(gone)));
            }
            Self::ActionError(comment, problem) if !state.has_comment(&comment) => {
                state.action_error = Some(failure(problem));
            }
            Self::Form(OpenForm { kind, fields, problem, preview }) => {
                let fields = fields.into_iter().map(|(field, text)| (field.into_widget(), text)).collect();
                let form = state.open_form(kind.into_widget());
                state.fill(form, fields, problem.map(failure));
                if let Some(preview) = preview {
                    state.show_preview(form, preview);
                }
            }
            Self::ActionError(comment, problem) => {
                state.show_action_error(&comment, failure(problem));
            }
        }
    }
}

impl OpenForm {
    /// Tells whether the comment that it is about does not stand there any more. What was typed to be published is shown
    /// in the thread's own form then.
    fn has_no_place(&self, state: &State) -> bool {
        let is_gone = self.kind.comment().is_some_and(|id| !state.has_comment(id));
        let has_words = matches!(self.kind, FormKind::Reply(_) | FormKind::Edit(..));
        is_gone && !(has_words && self.problem.is_some())
    }
}

fn gone() -> Problem {
    Problem { kind: ProblemKind::NotFound, ..Problem::default() }
}

fn failure(problem: Problem) -> Failure {
    Failure::Problem(Box::new(problem))
}
