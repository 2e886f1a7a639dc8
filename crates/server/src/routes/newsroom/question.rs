//! Questions for comments: from an address or from a body, checked, about the sites that the caller sees.

use dumka_api::limits::{QUEUE_LIMIT_DEFAULT, QUEUE_LIMIT_MAX, SEARCH_MAX_CHARS};
use dumka_api::newsroom::{Queue, QueueQuery, QueueSort, Status};
use dumka_api::{ProblemKind, Timestamp, page, site};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::commands::{Actor, sites_with};
use crate::domain::comment::UnixMillis;
use crate::domain::search::SearchWords;
use crate::domain::staff::Right;
use crate::http::problem::ApiError;
use crate::http::query::Once;
use crate::storage::{NewsroomQuery, Store};

/// The parameters of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QueueParams {
    /// `new`, `pending`, `reported`, `held`, `appeals`, `rejected`, `mine` or `all`, which is the default.
    #[param(value_type = Option<String>)]
    queue: Once,
    /// Only this site.
    #[param(value_type = Option<String>)]
    site: Once,
    /// Only this page.
    #[param(value_type = Option<String>)]
    page: Once,
    /// Only those of this author: the `key` of a comment's `author_of`.
    #[param(value_type = Option<String>)]
    author: Once,
    /// Only those with these words in their text or their author's name, in any form of the word; at most 200 characters.
    #[param(value_type = Option<String>)]
    q: Once,
    /// Only this status: `published`, `pending`, `rejected` or `deleted`.
    #[param(value_type = Option<String>)]
    status: Once,
    /// Only those of which this phase spoke.
    #[param(value_type = Option<String>)]
    detected: Once,
    /// Only those accepted at this time or later.
    #[param(value_type = Option<String>)]
    since: Once,
    /// Only those accepted before this time.
    #[param(value_type = Option<String>)]
    until: Once,
    /// `newest` or `oldest` first.
    #[param(value_type = Option<String>)]
    sort: Once,
    /// The `next` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Once,
    /// The largest number of comments, 1–100; 50 by default.
    #[param(value_type = Option<u32>)]
    limit: Once,
}

impl QueueParams {
    /// Reads the words of closed lists and numbers.
    pub(crate) fn read(&self) -> Result<QueueQuery, ApiError> {
        let text = |once: &Once, name| Ok::<_, ApiError>(once.value(name)?.map(ToOwned::to_owned));
        Ok(QueueQuery {
            queue: word(&self.queue, "queue", Queue::from_word)?,
            site: text(&self.site, "site")?,
            page: text(&self.page, "page")?,
            author: text(&self.author, "author")?,
            q: text(&self.q, "q")?,
            status: word(&self.status, "status", Status::from_word)?,
            detected: text(&self.detected, "detected")?,
            since: text(&self.since, "since")?.map(Timestamp),
            until: text(&self.until, "until")?.map(Timestamp),
            sort: word(&self.sort, "sort", QueueSort::from_word)?,
            cursor: text(&self.cursor, "cursor")?,
            limit: limit(&self.limit, QUEUE_LIMIT_DEFAULT, QUEUE_LIMIT_MAX)?.into(),
        })
    }
}

/// Reads a limit from its parameter.
pub(super) fn limit(once: &Once, default: u32, max: u32) -> Result<u32, ApiError> {
    match once.value("limit")? {
        None => Ok(default),
        Some(word) => word.parse().ok().filter(|limit| (1..=max).contains(limit)).ok_or_else(|| {
            let detail = format!("The limit is a number from 1 to {max}.");
            ApiError::new(ProblemKind::LimitInvalid, detail).in_field("limit").over(max as usize)
        }),
    }
}

/// Reads a word of a closed list.
pub(super) fn word<T>(
    once: &Once,
    field: &'static str,
    from_word: fn(&str) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    once.value(field)?.map(|word| from_word(word).ok_or_else(|| value_invalid(field))).transpose()
}

/// Reads a time.
pub(super) fn time(time: Option<&Timestamp>, field: &'static str) -> Result<Option<UnixMillis>, ApiError> {
    time.map(|time| UnixMillis::try_from(time).map_err(|_| value_invalid(field))).transpose()
}

pub(super) fn value_invalid(field: &'static str) -> ApiError {
    ApiError::new(ProblemKind::ValueInvalid, "The field holds none of the values it can have.")
        .in_field(field)
}

/// Makes a question of what was asked, about the sites on which the caller has this right.
pub(super) async fn question(
    store: &dyn Store,
    actor: &Actor<'_>,
    asked: &QueueQuery,
    right: Right,
) -> Result<NewsroomQuery, ApiError> {
    let site = asked.site.as_deref().map(site::canonical);
    let mut sites = sites_with(store, actor, right, site.as_deref()).await?;
    let words = asked.q.as_deref().map(search).transpose()?.flatten();
    let asks_for_nothing = asked.q.as_deref().is_some_and(|q| !q.trim().is_empty()) && words.is_none();
    if asks_for_nothing {
        sites.clear();
    }
    let id = |text: &String, field| text.parse().map_err(|_| value_invalid(field));
    Ok(NewsroomQuery {
        sites,
        queue: asked.queue.unwrap_or_default(),
        asker: actor.decided_by().id,
        page: asked.page.as_deref().map(page::canonical),
        author_of: asked.author.as_ref().map(|author| id(author, "author")).transpose()?,
        words,
        status: asked.status,
        detected: asked.detected.as_deref().map(phase).transpose()?,
        since: time(asked.since.as_ref(), "since")?,
        until: time(asked.until.as_ref(), "until")?,
        sort: asked.sort.unwrap_or_default(),
        after: asked
            .cursor
            .as_ref()
            .map(|cursor| cursor.parse().map_err(|_| ApiError::cursor_invalid()))
            .transpose()?,
        limit: asked.limit.unwrap_or(QUEUE_LIMIT_DEFAULT).clamp(1, QUEUE_LIMIT_MAX),
    })
}

/// Reads a search; none where it holds no word.
fn search(typed: &str) -> Result<Option<SearchWords>, ApiError> {
    if typed.chars().count() > SEARCH_MAX_CHARS {
        let detail = "The search has more characters than allowed.";
        return Err(ApiError::new(ProblemKind::SearchTooLong, detail).in_field("q").over(SEARCH_MAX_CHARS));
    }
    Ok(SearchWords::parse(typed))
}

/// Reads the name of a phase, which no pattern is hidden in.
fn phase(word: &str) -> Result<String, ApiError> {
    let is_name = (1..=40).contains(&word.len()) && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if is_name { Ok(word.replace('_', "\\_")) } else { Err(value_invalid("detected")) }
}
