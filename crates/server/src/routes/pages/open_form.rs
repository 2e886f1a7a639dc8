//! Opens a form on a thread's own page, as its address asks for.

use dumka_api::{EditedAt, Timestamp};

use super::personal_page::PageRequest;
use super::thread_form::own_comment;
use crate::commands::{self, Actor, Context};
use crate::http::params::Params;
use crate::http::problem::ApiError;
use crate::render::{Answer, Field, OpenForm, Purpose};
use crate::storage::PageStart;

/// Reads which form the address of a page opens, if any.
pub(super) fn requested(params: &Params) -> Result<Option<Purpose>, ApiError> {
    purpose(params, "reply")
}

/// Reads what a form or the address of one is about: the comment that is answered, whose name is `reply`, or that is
/// reported, edited or deleted.
pub(super) fn purpose(params: &Params, reply: &'static str) -> Result<Option<Purpose>, ApiError> {
    let named =
        |name| Ok::<_, ApiError>(params.one(name)?.filter(|id| !id.is_empty()).map(ToOwned::to_owned));
    // Empty where the text had never changed.
    let base = params.one("edited_at")?;
    let base = base.map(|at| EditedAt(Some(at).filter(|at| !at.is_empty()).map(|at| Timestamp(at.into()))));
    let edit = named("edit")?.map(|id| Purpose::Edit(id.into(), base));
    let report = named("report")?.map(|id| Purpose::Report(id.into()));
    let delete = named("delete")?.map(|id| Purpose::Delete(id.into()));
    Ok(report.or(edit).or(delete).or(named(reply)?.map(|id| Purpose::Reply(id.into()))))
}

/// Begins a page at a comment, where there is one.
pub(super) fn start_at(comment: Option<&str>) -> PageStart {
    comment.and_then(|id| id.parse().ok()).map_or(PageStart::Top, PageStart::At)
}

/// Opens a form. Where the comment is not the reader's to change, the page says so instead.
pub(super) async fn open(
    context: &Context,
    request: &PageRequest,
    purpose: Purpose,
    actor: &Actor<'_>,
) -> Answer {
    let empty = |purpose| OpenForm { purpose, fields: Vec::new(), problem: None };
    let (Purpose::Edit(id, _) | Purpose::Delete(id)) = &purpose else { return Answer::Form(empty(purpose)) };
    let id = id.clone();
    let source = async {
        let own = own_comment(context, &request.query.thread, &id, actor).await?;
        Ok::<_, ApiError>(commands::source(context, &request.policy, own)?)
    };
    match source.await {
        Err(error) => Answer::Trouble(id.to_string(), error.into_problem()),
        Ok((text, edited_at)) if matches!(purpose, Purpose::Edit(..)) => Answer::Form(OpenForm {
            purpose: Purpose::Edit(id, Some(EditedAt(edited_at.map(Into::into)))),
            fields: vec![(Field::Text, text)],
            problem: None,
        }),
        Ok(_) => Answer::Form(empty(purpose)),
    }
}
