//! The forms of a thread's own page: reads them, does what they ask for, and redirects the browser.

use dumka_api::limits::TEXT_MAX_CHARS;
use dumka_api::{
    CommentEdit, CommentState, NewAuthor, NewComment, NewReport, NewVote, Problem, ProblemKind, ReportReason,
    Submitted,
};

use super::form_target::FormTarget;
use super::page_request::{PageRequest, PageState};
use crate::commands::{self, Actor, CastVote, Context, FileReport, OwnComment, Post, Posted};
use crate::domain::comment::CommentId;
use crate::domain::thread::ThreadKey;
use crate::domain::vote;
use crate::http::form_fields::FormFields;
use crate::http::params::WHOLE_PAGE;
use crate::http::problem::ApiError;
use crate::http::rate_limiter::RateLimiter;
use crate::render::{Announcement, Field, FormKind, FormResponse, OpenForm};
use crate::storage::{CommentRecord, ListQuery, PageStart};

/// The limits on forms: one of the two counts, by what the form asks for.
#[derive(Clone)]
pub(crate) struct FormRates {
    /// The limit on posts, edits, deletions and reports.
    pub(crate) posts: RateLimiter,
    /// The limit on votes.
    pub(crate) votes: RateLimiter,
}

/// A form of a thread's own page, as it was sent.
pub(super) struct ThreadForm {
    action: FormAction,
    fields: Vec<(Field, String)>,
}

/// The action that a form asks for.
enum FormAction {
    /// A comment, a reply, a report, an edit or a deletion.
    Write(FormKind),
    /// A vote on the comment with this id.
    Vote(String, NewVote),
}

/// The result of an accepted form.
pub(super) struct FormOutcome {
    /// The address at which the browser goes on.
    pub(super) redirect_url: String,
    /// The sender has something of their own from now on, by which they shall be known.
    pub(super) has_own: bool,
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
        Ok(Self { action, fields: fields? })
    }

    /// Counts the form by what it asks for; fails beyond the rate of one address.
    pub(super) fn count(&self, rates: &FormRates, actor: &Actor<'_>) -> Result<(), ApiError> {
        let limiter = if let FormAction::Vote(..) = self.action { &rates.votes } else { &rates.posts };
        limiter.count(actor.address())
    }

    /// Does what the form asks for.
    pub(super) async fn accept(
        &self,
        state: &PageState,
        request: &PageRequest,
        actor: &Actor<'_>,
    ) -> Result<FormOutcome, ApiError> {
        let context = &state.responses.context;
        let thread = &request.query.thread;
        let url = request.url();
        let at_comment = |id: &str, posted: &str| format!("{url}&comment={id}{posted}#comment-{id}");
        let done = |redirect_url| Ok(FormOutcome { redirect_url, has_own: false });
        match &self.action {
            FormAction::Vote(id, new) => {
                let comment = thread_comment(context, thread, id).await?.comment.id;
                let readers_per_address = state.write.reader_limits.votes_per_address;
                let cast = CastVote { comment, vote: vote::check(*new)?, readers_per_address };
                commands::vote(context, actor, cast).await?;
                Ok(FormOutcome { redirect_url: at_comment(id, ""), has_own: true })
            }
            FormAction::Write(FormKind::Report(id)) => {
                let comment = thread_comment(context, thread, id).await?.comment.id;
                let to_hold = state.write.reader_limits.reports_to_hold;
                commands::report(context, actor, FileReport { comment, report: &self.report(), to_hold })
                    .await?;
                state.write.metrics.record_report();
                done(at_comment(id, "&posted=reported"))
            }
            FormAction::Write(FormKind::Edit(id, base)) => {
                let own = own_comment(context, thread, id, actor).await?;
                let edit = CommentEdit { text: self.field(Field::Text), edited_at: base.clone() };
                let edited = commands::edit(context, &request.policy, &own, &edit).await?;
                let is_held = edited.comment.state == CommentState::Pending;
                done(if is_held { format!("{url}&posted=held") } else { at_comment(id, "&posted=saved") })
            }
            FormAction::Write(FormKind::Delete(id)) => {
                let own = own_comment(context, thread, id, actor).await?;
                commands::delete(context, &request.policy, &own).await?;
                done(format!("{url}&posted=deleted"))
            }
            FormAction::Write(FormKind::Comment | FormKind::Reply(_)) => {
                let new = self.comment(thread);
                let posted = commands::submit(context, &request.policy, actor, Post::new(&new)?).await?;
                state.write.metrics.record_comment();
                let has_own = matches!(posted, Posted::New(_));
                let redirect_url = comment_url(state, request, &url, &posted.into_submitted()).await?;
                Ok(FormOutcome { redirect_url, has_own })
            }
        }
    }

    fn field(&self, wanted: Field) -> String {
        let found = self.fields.iter().find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn comment(&self, thread: &ThreadKey) -> NewComment {
        let email = Some(self.field(Field::Email)).filter(|email| !email.is_empty());
        NewComment {
            site: thread.site.clone(),
            page: thread.page.clone(),
            parent: if let FormAction::Write(FormKind::Reply(id)) = &self.action {
                Some(id.clone().into())
            } else {
                None
            },
            author: NewAuthor { name: self.field(Field::Name), email },
            text: self.field(Field::Text),
            title: None,
            url: None,
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
            FormAction::Write(kind) => kind,
        };
        FormResponse::Form(OpenForm { kind, fields: self.fields, problem: Some(problem) })
    }

    /// Returns where the page begins that shows the form again.
    pub(super) fn start(&self) -> PageStart {
        match &self.action {
            FormAction::Write(kind) => start_at(kind.comment()),
            FormAction::Vote(id, _) => start_at(Some(id)),
        }
    }
}

/// Puts a problem as a reader can be told it. Where a form was sent from is no reader's concern: it is shown on this
/// server's own page, and from there it is taken.
pub(crate) fn for_reader(problem: Problem) -> Problem {
    match problem.kind {
        ProblemKind::OriginNotAllowed => {
            Problem { kind: ProblemKind::Unknown, title: String::new(), ..problem }
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

/// Finds a comment of this thread.
async fn thread_comment(context: &Context, thread: &ThreadKey, id: &str) -> Result<CommentRecord, ApiError> {
    let id: CommentId = id.parse().map_err(|_| ApiError::not_found())?;
    let record = context.store.comment(id).await?;
    record.filter(|record| record.thread == *thread).ok_or_else(ApiError::not_found)
}

/// Finds a comment of this thread that the actor wrote.
pub(super) async fn own_comment(
    context: &Context,
    thread: &ThreadKey,
    id: &str,
    actor: &Actor<'_>,
) -> Result<OwnComment, ApiError> {
    Ok(OwnComment::claim(context, actor, thread_comment(context, thread, id).await?)?)
}

/// Returns the address of a new comment: on the page with all of them, or on the one that begins there. The page with all
/// is read from the cache, where the browser finds it then.
async fn comment_url(
    state: &PageState,
    request: &PageRequest,
    url: &str,
    submitted: &Submitted,
) -> Result<String, ApiError> {
    let comment = &submitted.comment;
    if comment.state == CommentState::Pending {
        return Ok(format!("{url}&posted=held"));
    }
    let query = ListQuery { limits: WHOLE_PAGE, start: PageStart::Top, ..request.query.clone() };
    let whole = request.shared(query, Some(Announcement::Published));
    let page = state.responses.cached(&request.policy, &whole).await?;
    let is_there = page.shown.iter().any(|shown| shown.to_string() == comment.id.as_str());
    let part = if is_there { "limit=all".into() } else { format!("comment={}", comment.id) };
    Ok(format!("{url}&{part}&posted=published#comment-{}", comment.id))
}
