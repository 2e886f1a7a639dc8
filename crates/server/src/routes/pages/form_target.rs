//! The comment that a form, or the address of one, is about.

use dumka_api::{EditedAt, Timestamp};

use crate::http::form_fields::FormFields;
use crate::http::problem::ApiError;
use crate::render::FormKind;

/// The ids that a form or the address of one gives; an empty one is none.
#[derive(Debug)]
pub(super) struct FormTarget<'f> {
    /// The time of the last edit that the form knows of; empty where the text had never changed.
    pub(super) edited_at: Option<&'f str>,
    /// The comment that is edited.
    pub(super) edit: Option<&'f str>,
    /// The comment that is reported.
    pub(super) report: Option<&'f str>,
    /// The comment that is deleted.
    pub(super) delete: Option<&'f str>,
    /// The comment that is answered.
    pub(super) reply: Option<&'f str>,
}

impl<'f> FormTarget<'f> {
    /// Reads what a form is about.
    pub(super) fn read(form: &'f FormFields) -> Result<Self, ApiError> {
        Ok(Self {
            edited_at: form.one("edited_at")?,
            edit: form.one("edit")?,
            report: form.one("report")?,
            delete: form.one("delete")?,
            reply: form.one("parent")?,
        })
    }

    /// Returns the kind of the form; none where it is about no comment.
    pub(super) fn kind(&self) -> Option<FormKind> {
        let named = |id: Option<&str>| id.filter(|id| !id.is_empty()).map(ToOwned::to_owned);
        let at = |at: &str| EditedAt(Some(at).filter(|at| !at.is_empty()).map(|at| Timestamp(at.into())));
        let edit = || named(self.edit).map(|id| FormKind::Edit(id, self.edited_at.map(at)));
        let delete = || named(self.delete).map(FormKind::Delete);
        let reply = || named(self.reply).map(FormKind::Reply);
        named(self.report).map(FormKind::Report).or_else(edit).or_else(delete).or_else(reply)
    }
}
