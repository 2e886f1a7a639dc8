//! Opens a form on a thread's own page, as its address asks for.

use dumka_api::EditedAt;

use super::page_request::PageRequest;
use super::thread_form::{form_kind, own_comment};
use crate::commands::{self, Actor, Context};
use crate::http::params::Params;
use crate::http::problem::ApiError;
use crate::render::{Field, FormKind, FormResponse, OpenForm};

/// Reads which form the address of a page opens, if any.
pub(super) fn requested(params: &Params) -> Result<Option<FormKind>, ApiError> {
    form_kind(params, "reply")
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
