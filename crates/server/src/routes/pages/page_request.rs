//! Requests for a thread's own page: the state that answers them, and what they ask for.

use std::sync::Arc;

use axum::extract::FromRef;
use axum::http::HeaderMap;
use dumka_api::Sort;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, WriteState};
use crate::cache::{CacheKey, Representation};
use crate::commands::{Actor, Context, OwnComment, SitePolicy};
use crate::domain::comment::CommentId;
use crate::http::form_origin::FormOrigins;
use crate::http::language::Language;
use crate::http::params::{self, LangParam, ThreadQuery, WHOLE_PAGE};
use crate::http::problem::ApiError;
use crate::http::query::Once;
use crate::render::{Announcement, Mode};
use crate::routes::thread_response::{FROM_PAGE, ThreadResponses};
use crate::routes::thread_url::thread_url;
use crate::storage::{CommentRecord, ListQuery, PageLimits, PageStart};

/// The parameter that a script adds to the address of a page.
pub(crate) const SCRIPTED: &str = "scripted";

/// The query of a page that begins at the top.
pub(crate) type PageQuery = (ThreadQuery, PageParams, LangParam);

/// The order and the size of a page, and who asks for it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// The order of top-level comments; `oldest` by default.
    #[param(value_type = Option<Sort>)]
    sort: Once,
    /// Top-level comments, 1–100, or `all`: as many as one page shows; 20 by default.
    #[param(value_type = Option<String>)]
    limit: Once,
    /// Given, whatever it says: the page is for a script that puts its thread in place; votes need one there.
    #[param(value_type = Option<String>)]
    scripted: Once,
}

impl PageParams {
    /// Reads the limits, where `all` is as much as one page can show.
    fn limits(&self) -> Result<PageLimits, ApiError> {
        if self.limit.value("limit")? == Some("all") { Ok(WHOLE_PAGE) } else { params::limits(&self.limit) }
    }

    /// Reads who asks: a browser by itself, or a script that says so, which puts the thread in place of what is shown.
    fn mode(&self) -> Result<Mode, ApiError> {
        Ok(if self.scripted.value(SCRIPTED)?.is_some() { Mode::Script } else { Mode::Browser })
    }
}

/// The state of these routes.
#[derive(Clone)]
pub(crate) struct PageState {
    /// Builds pages.
    pub(crate) responses: ThreadResponses,
    /// The state of what writes.
    pub(crate) write: WriteState,
}

impl FromRef<App> for PageState {
    fn from_ref(app: &App) -> Self {
        Self { responses: ThreadResponses::from_ref(app), write: WriteState::from_ref(app) }
    }
}

impl PageState {
    /// Returns the judge of forms' origins.
    pub(crate) fn form_origins(&self) -> FormOrigins {
        let WriteState { sites, public_url, .. } = &self.write;
        FormOrigins { sites: Arc::clone(sites), public_url: public_url.clone() }
    }

    /// Reads the request for a page, which begins at the top.
    pub(crate) fn page_request(
        &self,
        query: &PageQuery,
        headers: &HeaderMap,
    ) -> Result<PageRequest, ApiError> {
        let (thread, params, lang) = query;
        let thread = thread.thread()?;
        let policy = self.responses.sites.policy(&thread.site)?;
        let language = Language::choose(&self.responses.sites, &thread.site, lang.tag()?, headers);
        let (sort, limits) = (params::sort(&params.sort)?, params.limits()?);
        let mode = params.mode()?;
        let query = ListQuery { thread, sort, start: PageStart::Top, limits };
        Ok(PageRequest { query, language, mode, policy })
    }
}

/// A request for a thread's own page, read and checked.
#[derive(Debug, Clone)]
pub(crate) struct PageRequest {
    /// The part of the thread.
    pub(crate) query: ListQuery,
    /// The language.
    pub(crate) language: Language,
    /// A browser by itself, or a script.
    pub(crate) mode: Mode,
    /// The policy of the site.
    pub(crate) policy: SitePolicy,
}

impl PageRequest {
    /// Returns the address of the page that was asked for.
    pub(crate) fn url(&self) -> String {
        let mut url = thread_url(FROM_PAGE, &self.query, self.language.lang());
        if self.mode == Mode::Script {
            url.extend(["&", SCRIPTED]);
        }
        url
    }

    /// Finds a comment of the thread.
    pub(crate) async fn comment(&self, context: &Context, id: &str) -> Result<CommentRecord, ApiError> {
        let id: CommentId = id.parse().map_err(|_| ApiError::not_found())?;
        let record = context.store.comment(id).await?;
        record.filter(|record| record.thread == self.query.thread).ok_or_else(ApiError::not_found)
    }

    /// Finds a comment of the thread that the actor wrote.
    pub(crate) async fn own_comment(
        &self,
        context: &Context,
        id: &str,
        actor: &Actor<'_>,
    ) -> Result<OwnComment, ApiError> {
        Ok(OwnComment::claim(context, actor, self.comment(context, id).await?)?)
    }

    /// Returns the key of the page that everybody gets, which may tell what has just been done.
    pub(crate) fn shared(&self, query: ListQuery, announcement: Option<Announcement>) -> CacheKey {
        CacheKey {
            query,
            representation: Representation::Page(self.language.lang(), self.mode, announcement),
            spelled: None,
        }
    }
}
