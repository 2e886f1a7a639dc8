//! Opens a form on a thread's own page, as its address asks for.

use dumka_api::EditedAt;
use serde::Deserialize;
use utoipa::IntoParams;

use super::form_target::FormTarget;
use super::page_request::PageRequest;
use crate::commands::{self, Actor, Context};
use crate::http::problem::ApiError;
use crate::http::query::Once;
use crate::render::{Field, FormKind, FormResponse, OpenForm};

/// The form that the address of a page opens.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormParams {
    /// A comment's id: the page begins there, with the form that answers it open.
    #[param(value_type = Option<String>)]
    reply: Once,
    /// Likewise, with the form that reports it.
    #[param(value_type = Option<String>)]
    report: Once,
    /// Likewise, with the form that gives it another text, for the browser that sent it by the form.
    #[param(value_type = Option<String>)]
    edit: Once,
    /// Likewise, with the form that deletes it.
    #[param(value_type = Option<String>)]
    delete: Once,
    /// The time of the last edit, as forms name it.
    #[param(ignore)]
    edited_at: Once,
}

impl FormParams {
    /// Reads which form is opened, if any.
    pub(super) fn kind(&self) -> Result<Option<FormKind>, ApiError> {
        let target = FormTarget {
            edited_at: self.edited_at.value("edited_at")?,
            edit: self.edit.value("edit")?,
            report: self.report.value("report")?,
            delete: self.delete.value("delete")?,
            reply: self.reply.value("reply")?,
        };
        Ok(target.kind())
    }
}

/// Opens a form. Where the comment is not the reader's to change, the page says so instead.
pub(super) async fn open(
    context: &Context,
    request: &PageRequest,
    kind: FormKind,
    actor: &Actor<'_>,
) -> FormResponse {
    let empty = |kind| OpenForm { kind, fields: Vec::new(), problem: None, preview: None };
    let (FormKind::Edit(id, _) | FormKind::Delete(id)) = &kind else {
        return FormResponse::Form(empty(kind));
    };
    let id = id.clone();
    let source = async {
        let own = request.own_comment(context, &id, actor).await?;
        Ok::<_, ApiError>(commands::source(context, &request.policy, own)?)
    };
    match source.await {
        Err(error) => FormResponse::ActionError(id, error.into_problem()),
        Ok((text, edited_at)) if matches!(kind, FormKind::Edit(..)) => FormResponse::Form(OpenForm {
            kind: FormKind::Edit(id, Some(EditedAt(edited_at.map(Into::into)))),
            fields: vec![(Field::Text, text)],
            problem: None,
            preview: None,
        }),
        Ok(_) => FormResponse::Form(empty(kind)),
    }
}
