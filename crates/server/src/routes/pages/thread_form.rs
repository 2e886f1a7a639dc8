//! The forms of a thread's own page: reads them, and does what they ask for.

use dumka_api::limits::TEXT_MAX_CHARS;
use dumka_api::{CommentEdit, NewAuthor, NewComment, NewReport, NewVote, Problem, ProblemKind, ReportReason};

use super::form_outcome::FormOutcome;
use super::form_target::FormTarget;
use super::open_form;
use super::page_request::{PageRequest, PageState};
use super::scripted_fields::ScriptedFields;
use crate::commands::{self, Actor, CastVote, FileReport, Post};
use crate::domain::comment::CommentId;
use crate::domain::thread::ThreadKey;
use crate::domain::token::TokenHash;
use crate::domain::vote;
use crate::http::form_fields::FormFields;
use crate::http::problem::ApiError;
use crate::http::rate_limiter::RateLimiter;
use crate::render::{Field, FormKind, FormResponse, OpenForm};
use crate::storage::PageStart;

/// The limits on forms: one of them counts, by what the form asks for.
#[derive(Clone)]
pub(crate) struct FormRates {
    /// The limit on posts, edits, deletions and reports.
    pub(crate) posts: RateLimiter,
    /// The limit on votes.
    pub(crate) votes: RateLimiter,
    /// The limit on what only shows something.
    pub(crate) reads: RateLimiter,
}

/// A form of a thread's own page, as it was sent.
pub(super) struct ThreadForm {
    action: FormAction,
    fields: Vec<(Field, String)>,
    /// The names that a script adds, as it would in JSON.
    scripted: ScriptedFields,
}

/// The action that a form asks for.
enum FormAction {
    /// A comment, a reply, a report, an edit or a deletion.
    Write(FormKind),
    /// A vote on the comment with this id.
    Vote(String, NewVote),
    /// The form itself, empty or as it was before.
    Open(FormKind),
    /// The form with its text as it would be published.
    Preview(FormKind),
}

impl ThreadForm {
    /// Reads a form.
    pub(super) fn read(form: &FormFields) -> Result<Self, ApiError> {
        let all = [Field::Name, Field::Email, Field::Text, Field::Reason];
        let fields: Result<_, ApiError> = all
            .into_iter()
            .map(|field| Ok((field, form.one(field.name())?.unwrap_or_default().into())))
            .collect();
        let action = match form.one("vote")? {
            Some(id) => {
                // A word is a vote that there is none of.
                let value = form.one("value")?.and_then(|value| value.parse().ok()).unwrap_or(i64::MAX);
                FormAction::Vote(id.into(), NewVote { value })
            }
            None => FormAction::Write(FormTarget::read(form)?.kind().unwrap_or(FormKind::Comment)),
        };
        Ok(Self { action, fields: fields?, scripted: ScriptedFields::default() })
    }

    /// Reads a form that a script has sent, which may ask for more, and tells of itself what headers tell elsewhere.
    pub(super) fn read_scripted(form: &FormFields) -> Result<Self, ApiError> {
        let Self { action, fields, .. } = Self::read(form)?;
        let is_asked = |name| Ok::<_, ApiError>(form.one(name)?.is_some());
        let action = match action {
            FormAction::Write(kind) if is_asked("open")? => FormAction::Open(kind),
            FormAction::Write(kind) if is_asked("preview")? => FormAction::Preview(kind),
            action => action,
        };
        let scripted = ScriptedFields::read(form)?;
        Ok(Self { action, fields, scripted })
    }

    /// Returns the hash of the token that the form brings.
    pub(super) fn token(&self) -> Option<TokenHash> {
        self.scripted.token
    }

    /// Returns the comment that the form is about.
    pub(super) fn comment_id(&self) -> Option<CommentId> {
        let (FormAction::Write(kind) | FormAction::Open(kind) | FormAction::Preview(kind)) = &self.action
        else {
            let FormAction::Vote(id, _) = &self.action else { return None };
            return id.parse().ok();
        };
        kind.comment()?.parse().ok()
    }

    /// Counts the form by what it asks for; fails beyond the rate of one address.
    pub(super) async fn count(&self, rates: &FormRates, actor: &Actor<'_>) -> Result<(), ApiError> {
        let limiter = match self.action {
            FormAction::Write(_) => &rates.posts,
            FormAction::Vote(..) => &rates.votes,
            FormAction::Open(_) | FormAction::Preview(_) => &rates.reads,
        };
        limiter.count(actor.address()).await
    }

    /// Does what the form asks for.
    pub(super) async fn accept(
        &self,
        state: &PageState,
        request: &PageRequest,
        actor: &Actor<'_>,
    ) -> Result<FormOutcome, ApiError> {
        match &self.action {
            FormAction::Vote(id, new) => {
                let context = &state.responses.context;
                let comment = request.comment(context, id).await?.comment.id;
                let votes_per_address = state.write.reader_limits.votes_per_address;
                let cast = CastVote { comment, vote: vote::check(*new)?, votes_per_address };
                commands::vote(context, actor, cast).await?;
                Ok(FormOutcome::Voted(comment))
            }
            FormAction::Write(kind) => self.write(kind, state, request, actor).await,
            FormAction::Open(kind) => {
                let context = &state.responses.context;
                Ok(FormOutcome::Shown(open_form::open(context, request, kind.clone(), actor).await))
            }
            FormAction::Preview(kind) => {
                let preview = Some(commands::preview(&self.field(Field::Text))?);
                let (kind, fields) = (kind.clone(), self.fields.clone());
                let form = OpenForm { kind, fields, problem: None, preview };
                Ok(FormOutcome::Shown(FormResponse::Form(form)))
            }
        }
    }

    async fn write(
        &self,
        kind: &FormKind,
        state: &PageState,
        request: &PageRequest,
        actor: &Actor<'_>,
    ) -> Result<FormOutcome, ApiError> {
        let (context, thread) = (&state.responses.context, &request.query.thread);
        match kind {
            FormKind::Report(id) => {
                let comment = request.comment(context, id).await?.comment.id;
                let to_hold = state.write.reader_limits.reports_to_hold;
                commands::report(context, actor, FileReport { comment, report: &self.report(), to_hold })
                    .await?;
                state.write.metrics.record_report();
                Ok(FormOutcome::Reported(comment))
            }
            FormKind::Edit(id, base) => {
                let own = request.own_comment(context, id, actor).await?;
                let edit = CommentEdit { text: self.field(Field::Text), edited_at: base.clone() };
                Ok(FormOutcome::Edited(commands::edit(context, &request.policy, &own, &edit).await?))
            }
            FormKind::Delete(id) => {
                let own = request.own_comment(context, id, actor).await?;
                commands::delete(context, &request.policy, &own).await?;
                Ok(FormOutcome::Deleted)
            }
            FormKind::Comment | FormKind::Reply(_) => {
                let new = self.comment(thread, kind);
                let post = Post::new(&new)?;
                let post = match &self.scripted.key {
                    Some(key) => post.with_key(key),
                    None => post,
                };
                let posted = commands::submit(context, &request.policy, actor, post).await?;
                state.write.metrics.record_comment();
                Ok(FormOutcome::Posted(posted))
            }
        }
    }

    fn field(&self, wanted: Field) -> String {
        let found = self.fields.iter().find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn comment(&self, thread: &ThreadKey, kind: &FormKind) -> NewComment {
        let email = Some(self.field(Field::Email)).filter(|email| !email.is_empty());
        let [title, url] = self.scripted.article.clone();
        NewComment {
            site: thread.site.clone(),
            page: thread.page.clone(),
            parent: if let FormKind::Reply(id) = kind { Some(id.clone().into()) } else { None },
            author: NewAuthor { name: self.field(Field::Name), email },
            text: self.field(Field::Text),
            title,
            url,
        }
    }

    fn report(&self) -> NewReport {
        let reason = ReportReason::from_word(&self.field(Field::Reason)).unwrap_or_default();
        NewReport { reason, note: Some(self.field(Field::Text)) }
    }

    /// Makes the answer to a refused form: the form as it was typed, with what is wrong with it.
    pub(super) fn rejected(self, error: ApiError) -> FormResponse {
        let problem = for_reader(error.into_problem());
        let kind = match self.action {
            FormAction::Vote(id, _) => return FormResponse::ActionError(id, problem),
            // The reader is told; sent once more, it is meant.
            FormAction::Write(FormKind::Edit(id, _)) if problem.kind == ProblemKind::EditConflict => {
                FormKind::Edit(id, None)
            }
            FormAction::Write(kind) | FormAction::Open(kind) | FormAction::Preview(kind) => kind,
        };
        FormResponse::Form(OpenForm { kind, fields: self.fields, problem: Some(problem), preview: None })
    }

    /// Returns where the page begins that shows the form again.
    pub(super) fn start(&self) -> PageStart {
        match &self.action {
            FormAction::Write(kind) | FormAction::Open(kind) | FormAction::Preview(kind) => {
                start_at(kind.comment())
            }
            FormAction::Vote(id, _) => start_at(Some(id)),
        }
    }
}

/// Puts a problem as a reader can be told it. Where a form was sent from is no reader's concern: it is shown on this
/// server's own page, and from there it is taken.
pub(crate) fn for_reader(problem: Problem) -> Problem {
    match problem.kind {
        ProblemKind::OriginNotAllowed => {
            Problem { kind: ProblemKind::Unknown, title: String::new(), detail: String::new(), ..problem }
        }
        // Nobody counts the bytes of a form, and of all that is in one only the text can be so long.
        ProblemKind::BodyTooLarge => {
            Problem { kind: ProblemKind::TextTooLong, limit: Some(TEXT_MAX_CHARS as u64), ..problem }
        }
        _ => problem,
    }
}

/// Begins a page at a comment, where there is one.
pub(super) fn start_at(comment: Option<&str>) -> PageStart {
    comment.and_then(|id| id.parse().ok()).map_or(PageStart::Top, PageStart::At)
}
