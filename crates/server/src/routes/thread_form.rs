//! The forms of a thread's own page: what they are about, what they ask for, and where the browser goes then.

use std::net::IpAddr;

use dumka_api::{CommentState, NewAuthor, NewComment, NewReport, ReportReason, Submitted};

use super::query::{PAGE, Query};
use super::{guard, reading};
use crate::app::App;
use crate::commands::{self, Reporter, SubmitPolicy};
use crate::domain::comment::CommentId;
use crate::problem::Failure;
use crate::render::{Field, Lang, OpenForm, Purpose, Rejected};
use crate::storage::{ListQuery, Start};

/// A form as it was sent.
pub(super) struct Sent {
    purpose: Purpose,
    fields: Vec<(Field, String)>,
}

impl Sent {
    /// Reads a form.
    pub(super) fn read(form: &Query) -> Result<Self, Failure> {
        let all = [Field::Name, Field::Email, Field::Text, Field::Reason];
        let fields: Result<_, Failure> = all
            .into_iter()
            .map(|field| Ok((field, form.one(field.name())?.unwrap_or_default().into())))
            .collect();
        Ok(Self { purpose: about(form, "parent")?.unwrap_or(Purpose::Comment), fields: fields? })
    }

    fn field(&self, wanted: Field) -> String {
        let found = self.fields.iter().find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Does what it asks for, and answers where the browser goes then.
    pub(super) async fn accept(
        &self,
        app: &App,
        policy: &SubmitPolicy,
        (query, lang): (&ListQuery, Lang),
        sender: IpAddr,
    ) -> Result<String, Failure> {
        guard::count(&app.posts, sender)?;
        if let Purpose::Report(id) = &self.purpose {
            self.report(app, query, id, sender).await?;
            return Ok(format!(
                "{}&comment={id}&posted=reported#comment-{id}",
                reading::address("", query, lang)
            ));
        }
        let new = self.comment(query);
        let key = commands::form_key(&app.context, &new, sender);
        let submitted = commands::submit(&app.context, policy, &new, &key).await?;
        app.metrics.record_comment();
        place(app, query, lang, &submitted).await
    }

    fn comment(&self, query: &ListQuery) -> NewComment {
        let email = Some(self.field(Field::Email)).filter(|email| !email.is_empty());
        NewComment {
            site: query.thread.site.clone(),
            page: query.thread.page.clone(),
            parent: self.purpose.parent().cloned(),
            author: NewAuthor { name: self.field(Field::Name), email },
            text: self.field(Field::Text),
            title: None,
            url: None,
        }
    }

    async fn report(&self, app: &App, query: &ListQuery, id: &str, sender: IpAddr) -> Result<(), Failure> {
        let id: CommentId = id.parse().map_err(|_| Failure::not_found())?;
        let known = app.context.store.comment(id).await?;
        known.filter(|known| known.thread == query.thread).ok_or_else(Failure::not_found)?;
        let reason = ReportReason::from_word(&self.field(Field::Reason)).unwrap_or_default();
        let report = NewReport { reason, note: Some(self.field(Field::Text)) };
        let reporter = Reporter { reader: commands::form_reader(&app.context, sender), address: sender };
        commands::report(&app.context, app.reports_to_hold, (id, &report), reporter).await?;
        app.metrics.record_report();
        Ok(())
    }

    /// The form as it was typed, with what is wrong with it.
    pub(super) fn rejected(self, failure: Failure) -> OpenForm {
        let rejected = Rejected { fields: self.fields, problem: failure.into_problem() };
        OpenForm { purpose: self.purpose, rejected: Some(rejected) }
    }

    /// Where the page begins that shows the form.
    pub(super) fn start(&self) -> Start {
        start(&self.purpose)
    }
}

/// The form that a page is asked to open, if it is.
pub(super) fn asked(query: &Query) -> Result<Option<OpenForm>, Failure> {
    Ok(about(query, "reply")?.map(|purpose| OpenForm { purpose, rejected: None }))
}

/// Where the page begins that shows a form: at the comment it is about.
pub(super) fn start(purpose: &Purpose) -> Start {
    purpose.comment().and_then(|id| id.parse().ok()).map_or(Start::Top, Start::At)
}

/// The comment that is answered, under the name that it has here, or reported.
fn about(query: &Query, reply: &'static str) -> Result<Option<Purpose>, Failure> {
    let named = |name| Ok::<_, Failure>(query.one(name)?.filter(|id| !id.is_empty()).map(ToOwned::to_owned));
    Ok(named("report")?.map(Purpose::Report).or(named(reply)?.map(Purpose::Reply)))
}

/// Where the comment stands: on the page with all of them, or on the one that begins there.
async fn place(app: &App, query: &ListQuery, lang: Lang, submitted: &Submitted) -> Result<String, Failure> {
    let comment = &submitted.comment;
    let address = reading::address("", query, lang);
    if comment.state == CommentState::Pending {
        return Ok(format!("{address}&posted=held"));
    }
    let page =
        app.context.store.list(&ListQuery { extent: PAGE, start: Start::Top, ..query.clone() }).await?;
    let is_there = page.comments.iter().any(|shown| shown.id.to_string() == comment.id);
    let part = if is_there { "limit=all".into() } else { format!("comment={}", comment.id) };
    Ok(format!("{address}&{part}&posted=published#comment-{}", comment.id))
}
