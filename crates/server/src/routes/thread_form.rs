//! The forms of a thread's own page: what they are about, what they ask for, and where the browser goes then.

use std::net::IpAddr;

use dumka_api::limits::TEXT_MAX_CHARS;
use dumka_api::{
    CommentEdit, CommentState, EditedAt, NewAuthor, NewComment, NewReport, NewVote, Problem, ProblemKind,
    ReportReason, Submitted, Timestamp,
};

use super::form_own::{claim, known};
use super::form_reader::FormReader;
use super::query::{PAGE, Query};
use super::{guard, reading, vote};
use crate::app::App;
use crate::commands::{self, Reporter, SitePolicy};
use crate::domain;
use crate::problem::Failure;
use crate::render::{Field, FormKind, FormResponse, Lang, Mode, OpenForm};
use crate::storage::{ListQuery, PageStart};

/// What a script adds to the address of a page.
pub(super) const SCRIPTED: &str = "scripted";

/// A form as it was sent.
pub(super) struct Sent {
    wish: Wish,
    fields: Vec<(Field, String)>,
}

/// What a form is for.
enum Wish {
    /// What one writes or decides in a form.
    Form(FormKind),
    /// A vote on the comment with this id.
    Vote(String, NewVote),
}

/// Who sent a form.
pub(super) struct Sender<'r> {
    /// From where.
    pub(super) address: IpAddr,
    /// By whom.
    pub(super) audience: Mode,
    /// The reader, known or not.
    pub(super) reader: &'r FormReader,
}

/// What became of a form.
pub(super) struct Taken {
    /// Where the browser goes then.
    pub(super) place: String,
    /// Whether something is the sender's own now.
    pub(super) has_own: bool,
}

impl Sent {
    /// Reads a form.
    pub(super) fn read(form: &Query) -> Result<Self, Failure> {
        let all = [Field::Name, Field::Email, Field::Text, Field::Reason];
        let fields: Result<_, Failure> = all
            .into_iter()
            .map(|field| Ok((field, form.one(field.name())?.unwrap_or_default().into())))
            .collect();
        let wish = match form.one("vote")? {
            Some(id) => {
                // A word is a vote that there is none of.
                let value = form.one("value")?.and_then(|value| value.parse().ok()).unwrap_or(i64::MAX);
                Wish::Vote(id.into(), NewVote { value })
            }
            None => Wish::Form(about(form, "parent")?.unwrap_or(FormKind::Comment)),
        };
        Ok(Self { wish, fields: fields? })
    }

    fn field(&self, wanted: Field) -> String {
        let found = self.fields.iter().find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Does what it asks for.
    pub(super) async fn accept(
        &self,
        app: &App,
        policy: &SitePolicy,
        (query, lang): (&ListQuery, Lang),
        sender: Sender<'_>,
    ) -> Result<Taken, Failure> {
        let limit = if let Wish::Vote(..) = self.wish { &app.votes } else { &app.posts };
        guard::count(limit, sender.address)?;
        let mut address = reading::address(reading::BESIDE, query, lang);
        if sender.audience == Mode::Script {
            address.extend(["&", SCRIPTED]);
        }
        let at = |id: &str, posted: &str| format!("{address}&comment={id}{posted}#comment-{id}");
        match &self.wish {
            Wish::Vote(id, new) => {
                let known = known(app, &query.thread, id).await?;
                let voter = (sender.address, sender.reader.hash());
                vote::cast(app, &known.comment, voter, domain::vote::check(*new)?).await?;
                Ok(Taken { place: at(id, ""), has_own: true })
            }
            Wish::Form(FormKind::Report(id)) => {
                self.report(app, query, id, sender.address).await?;
                Ok(Taken { place: at(id, "&posted=reported"), has_own: false })
            }
            Wish::Form(FormKind::Edit(id, base)) => {
                let own = claim(app, &query.thread, id, Some(sender.reader)).await?;
                let edit = CommentEdit { text: self.field(Field::Text), edited_at: base.clone() };
                let edited = commands::edit(&app.context, policy, &own, &edit).await?;
                let is_held = edited.comment.state == CommentState::Pending;
                let place = if is_held { format!("{address}&posted=held") } else { at(id, "&posted=saved") };
                Ok(Taken { place, has_own: false })
            }
            Wish::Form(FormKind::Delete(id)) => {
                let own = claim(app, &query.thread, id, Some(sender.reader)).await?;
                commands::delete(&app.context, policy, &own).await?;
                Ok(Taken { place: format!("{address}&posted=deleted"), has_own: false })
            }
            Wish::Form(FormKind::Comment | FormKind::Reply(_)) => {
                let sender = (sender.address, sender.reader.token());
                let (submitted, is_new) =
                    commands::submit_form(&app.context, policy, &self.comment(query), sender).await?;
                app.metrics.record_comment();
                Ok(Taken { place: place(app, query, &address, &submitted).await?, has_own: is_new })
            }
        }
    }

    fn comment(&self, query: &ListQuery) -> NewComment {
        let email = Some(self.field(Field::Email)).filter(|email| !email.is_empty());
        NewComment {
            site: query.thread.site.clone(),
            page: query.thread.page.clone(),
            parent: if let Wish::Form(FormKind::Reply(id)) = &self.wish {
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

    async fn report(&self, app: &App, query: &ListQuery, id: &str, sender: IpAddr) -> Result<(), Failure> {
        let id = known(app, &query.thread, id).await?.comment.id;
        let reason = ReportReason::from_word(&self.field(Field::Reason)).unwrap_or_default();
        let report = NewReport { reason, note: Some(self.field(Field::Text)) };
        let reporter = Reporter { reader: commands::form_reader(&app.context, sender), address: sender };
        commands::report(&app.context, app.reports_to_hold, (id, &report), reporter).await?;
        app.metrics.record_report();
        Ok(())
    }

    /// What the page answers: the form as it was typed, with what is wrong with it.
    pub(super) fn rejected(self, failure: Failure) -> FormResponse {
        let problem = for_reader(failure.into_problem());
        let purpose = match self.wish {
            Wish::Vote(id, _) => return FormResponse::ActionError(id, problem),
            // The reader is told; sent once more, it is meant.
            Wish::Form(FormKind::Edit(id, _)) if problem.kind == ProblemKind::EditConflict => {
                FormKind::Edit(id, None)
            }
            Wish::Form(purpose) => purpose,
        };
        FormResponse::Form(OpenForm { kind: purpose, fields: self.fields, problem: Some(problem) })
    }

    /// Where the page begins that shows it.
    pub(super) fn start(&self) -> PageStart {
        match &self.wish {
            Wish::Form(purpose) => start(purpose.comment()),
            Wish::Vote(id, _) => start(Some(id)),
        }
    }
}

/// The problem as a reader can be told it. Where a form was sent from is no reader's concern: it is shown on this
/// server's own page, and from there it is taken.
pub(super) fn for_reader(problem: Problem) -> Problem {
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

/// The form that a page is asked to open, if it is.
pub(super) fn asked(query: &Query) -> Result<Option<FormKind>, Failure> {
    about(query, "reply")
}

/// Where the page begins that shows what is about a comment: at that one.
pub(super) fn start(comment: Option<&str>) -> PageStart {
    comment.and_then(|id| id.parse().ok()).map_or(PageStart::Top, PageStart::At)
}

/// What a form or the address of one is about: the comment that is answered, under the name that it has here, or
/// that is reported, edited or deleted.
fn about(form: &Query, reply: &'static str) -> Result<Option<FormKind>, Failure> {
    let named = |name| Ok::<_, Failure>(form.one(name)?.filter(|id| !id.is_empty()).map(ToOwned::to_owned));
    // Empty where the text had never changed.
    let base = form.one("edited_at")?;
    let base = base.map(|at| EditedAt(Some(at).filter(|at| !at.is_empty()).map(|at| Timestamp(at.into()))));
    let edit = named("edit")?.map(|id| FormKind::Edit(id, base));
    let report = named("report")?.map(FormKind::Report);
    Ok(report.or(edit).or(named("delete")?.map(FormKind::Delete)).or(named(reply)?.map(FormKind::Reply)))
}

/// Where the comment stands: on the page with all of them, or on the one that begins there.
async fn place(
    app: &App,
    query: &ListQuery,
    address: &str,
    submitted: &Submitted,
) -> Result<String, Failure> {
    let comment = &submitted.comment;
    if comment.state == CommentState::Pending {
        return Ok(format!("{address}&posted=held"));
    }
    let page =
        app.context.store.list(&ListQuery { limits: PAGE, start: PageStart::Top, ..query.clone() }).await?;
    let is_there = page.comments.iter().any(|shown| *comment.id == shown.id.to_string());
    let part = if is_there { "limit=all".into() } else { format!("comment={}", comment.id) };
    Ok(format!("{address}&{part}&posted=published#comment-{}", comment.id))
}
