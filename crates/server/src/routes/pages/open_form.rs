//! Opens a form on a thread's own page, as its address asks for.

use dumka_api::{EditedAt, Timestamp};

use super::personal_page::PageRequest;
use super::thread_form::own_comment;
use crate::commands::{self, Actor, Context};
use crate::http::params::Params;
use crate::http::problem::ApiError;
use crate::render::{Field, FormKind, FormResponse, OpenForm};
use crate::storage::PageStart;

/// Reads which form the address of a page opens, if any.
pub(super) fn requested(params: &Params) -> Result<Option<FormKind>, ApiError> {
    form_kind(params, "reply")
}

/// Reads what a form or the address of one is about: the comment that is answered, whose name is `reply`, or that is
/// reported, edited or deleted.
pub(super) fn form_kind(params: &Params, reply: &'static str) -> Result<Option<FormKind>, ApiError> {
    let named =
        |name| Ok::<_, ApiError>(params.one(name)?.filter(|id| !id.is_empty()).map(ToOwned::to_owned));
    // Empty where the text had never changed.
    let base = params.one("edited_at")?;
    let base = base.map(|at| EditedAt(Some(at).filter(|at| !at.is_empty()).map(|at| Timestamp(at.into()))));
    let edit = named("edit")?.map(|id| FormKind::Edit(id, base));
    let report = named("report")?.map(FormKind::Report);
    let delete = named("delete")?.map(FormKind::Delete);
    Ok(report.or(edit).or(delete).or(named(reply)?.map(FormKind::Reply)))
}

/// Begins a page at a comment, where there is one.
pub(super) fn start_at(comment: Option<&str>) -> PageStart {
    comment.and_then(|id| id.parse().ok()).map_or(PageStart::Top, PageStart::At)
}

/// Opens a form. Where the comment is not the reader's to change, the page says so instead.
pub(super) async fn open(
    context: &Context,
    request: &PageRequest,
    kind: FormKind,
    actor: &Actor<'_>,
) -> FormResponse {
    let empty = |kind| OpenForm { kind, fields: Vec::new(), problem: None };
    let (FormKind::Edit(id, _) | FormKind::Delete(id)) = &kind else {
        return FormResponse::Form(empty(kind));
    };
    let id = id.clone();
    let source = async {
        let own = own_comment(context, &request.query.thread, &id, actor).await?;
        Ok::<_, ApiError>(commands::source(context, &request.policy, own)?)
    };
    match source.await {
        Err(error) => FormResponse::ActionError(id, error.into_problem()),
        Ok((text, edited_at)) if matches!(kind, FormKind::Edit(..)) => FormResponse::Form(OpenForm {
            kind: FormKind::Edit(id, Some(EditedAt(edited_at.map(Into::into)))),
            fields: vec![(Field::Text, text)],
            problem: None,
        }),
        Ok(_) => FormResponse::Form(empty(kind)),
    }
}
