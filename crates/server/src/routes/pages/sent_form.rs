//! A form on its way in: who has sent it, from where, and the state that takes it.

use std::net::IpAddr;

use axum::http::HeaderMap;

use super::form_outcome::FormOutcome;
use super::page_request::{PageRequest, PageState};
use super::thread_form::{FormRates, ThreadForm};
use crate::commands::Actor;
use crate::http::problem::ApiError;
use crate::sites::AdmissionError;

/// A form that was sent to a thread's page.
#[derive(Clone, Copy)]
pub(super) struct SentForm<'r> {
    /// The state of these routes.
    pub(super) state: &'r PageState,
    /// The page that it was sent to.
    pub(super) request: &'r PageRequest,
    /// The limits on forms.
    pub(super) rates: &'r FormRates,
    /// The headers that came with it.
    pub(super) headers: &'r HeaderMap,
    /// The network address of its sender.
    pub(super) address: IpAddr,
}

impl SentForm<'_> {
    /// Does what the form asks for, where it comes from a page that may send it, and not too often.
    pub(super) async fn accept(&self, form: &ThreadForm, actor: &Actor<'_>) -> Result<FormOutcome, ApiError> {
        if !self.state.form_origins().allow(&self.request.query.thread.site, self.headers) {
            return Err(AdmissionError::OriginNotAllowed.into());
        }
        form.count(self.rates, actor).await?;
        form.accept(self.state, self.request, actor).await
    }
}
