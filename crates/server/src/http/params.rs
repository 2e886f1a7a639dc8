//! The parameters that queries share, as they are described and read.

use dumka_api::limits::{LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX};
use dumka_api::{ProblemKind, Sort};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::submission::check_thread;
use crate::domain::thread::ThreadKey;
use crate::http::problem::ApiError;
use crate::http::query::Once;
use crate::render::HeadingLevel;
use crate::storage::{PageLimits, PageStart};

/// The limits of a page that shows all: what is drawn in some tens of milliseconds.
pub(crate) const WHOLE_PAGE: PageLimits =
    PageLimits { top_level: 500, comments: 1_000, text_bytes: 4 * RESPONSE_TEXT_BYTES };
/// Comments of one response. A reader who goes on gets more.
const RESPONSE_COMMENTS: usize = 300;
/// Bytes of text of one response, which is then below 60 KB when it is sent.
const RESPONSE_TEXT_BYTES: usize = 64 * 1024;

/// The thread that a query is about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ThreadQuery {
    /// The site's id.
    #[param(value_type = String, example = "news.example")]
    site: Once,
    /// The page's id, at most 512 bytes.
    #[param(value_type = String, example = "news/42")]
    page: Once,
}

impl ThreadQuery {
    /// Reads the thread.
    pub(crate) fn thread(&self) -> Result<ThreadKey, ApiError> {
        thread(&self.site, &self.page)
    }
}

/// The order and the number of the comments of a response.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// The order of top-level comments; `oldest` by default.
    #[param(value_type = Option<Sort>)]
    sort: Once,
    /// Top-level comments, 1–100; 20 by default.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Once,
}

impl ListParams {
    /// Reads the order, or returns the default one.
    pub(crate) fn sort(&self) -> Result<Sort, ApiError> {
        sort(&self.sort)
    }

    /// Reads the limits of the response.
    pub(crate) fn limits(&self) -> Result<PageLimits, ApiError> {
        limits(&self.limit)
    }
}

/// The place in a thread where a response begins.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StartParams {
    /// `next` of the answer before.
    #[param(value_type = Option<String>)]
    cursor: Once,
    /// A comment's id: the answer begins where it stands, and `earlier` of a list says whether others stand before; not
    /// with `cursor`.
    #[param(value_type = Option<String>)]
    comment: Once,
}

impl StartParams {
    /// Reads the place.
    pub(crate) fn start(&self) -> Result<PageStart, ApiError> {
        start(&self.comment, &self.cursor)
    }
}

/// The language of a response.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LangParam {
    /// The language of a rendered thread, by a tag such as `uk`; else the site's, else the browser's.
    #[param(value_type = Option<String>)]
    lang: Once,
}

impl LangParam {
    /// Returns the tag of the language that is asked for.
    pub(crate) fn tag(&self) -> Result<Option<&str>, ApiError> {
        self.lang.value("lang")
    }
}

/// The level of a thread's heading.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HeadingParam {
    /// The level of a rendered thread's heading, 1–6; 2 by default.
    #[serde(rename = "heading-level")]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 6)]
    level: Once,
}

impl HeadingParam {
    /// Reads the level, where it is given.
    pub(crate) fn level(&self) -> Result<Option<HeadingLevel>, ApiError> {
        let Some(word) = self.level.value("heading-level")? else { return Ok(None) };
        let refused = || {
            ApiError::new(ProblemKind::QueryInvalid, "The level of a heading is 1 to 6.")
                .in_field("heading-level")
        };
        HeadingLevel::from_word(word).map(Some).ok_or_else(refused)
    }
}

/// Reads `site` and `page`.
pub(crate) fn thread(site: &Once, page: &Once) -> Result<ThreadKey, ApiError> {
    let (site, page) = (site.value("site")?, page.value("page")?);
    Ok(check_thread(site.unwrap_or_default(), page.unwrap_or_default())?)
}

/// Reads `page` where it may be repeated up to `max` times; none given is an empty one. `refusal` says that there are too
/// many.
pub(crate) fn pages<'q>(
    pages: &'q [String],
    max: usize,
    refusal: &'static str,
) -> Result<Vec<&'q str>, ApiError> {
    if pages.len() > max {
        return Err(ApiError::new(ProblemKind::PagesTooMany, refusal).in_field("page").over(max));
    }
    if pages.is_empty() {
        return Ok(vec![""]);
    }
    Ok(pages.iter().map(String::as_str).collect())
}

/// Reads `sort`, or returns the default order.
pub(crate) fn sort(sort: &Once) -> Result<Sort, ApiError> {
    let Some(word) = sort.value("sort")? else { return Ok(Sort::default()) };
    let refused = || {
        ApiError::new(ProblemKind::SortInvalid, "The order is oldest, newest, best or featured.")
            .in_field("sort")
    };
    Sort::from_word(word).ok_or_else(refused)
}

/// Reads `limit`, the number of top-level comments of a response.
pub(crate) fn limits(top_level: &Once) -> Result<PageLimits, ApiError> {
    let top_level = limit(top_level, LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX)?;
    Ok(PageLimits { top_level, comments: RESPONSE_COMMENTS, text_bytes: RESPONSE_TEXT_BYTES })
}

/// Reads `limit`, a whole number from 1 to `max`.
pub(crate) fn limit(limit: &Once, default: u32, max: u32) -> Result<u32, ApiError> {
    number(limit, "limit", default, max)
}

/// Reads `days`, a whole number from 1 to `max`.
pub(crate) fn days(days: &Once, default: u32, max: u32) -> Result<u32, ApiError> {
    number(days, "days", default, max)
}

fn number(value: &Once, name: &'static str, default: u32, max: u32) -> Result<u32, ApiError> {
    let Some(text) = value.value(name)? else { return Ok(default) };
    let number = text.parse().ok().filter(|number| (1..=max).contains(number));
    number.ok_or_else(|| {
        let detail = format!("The value of {name} is a whole number from 1 to {max}.");
        ApiError::new(ProblemKind::LimitInvalid, detail).in_field(name).over(max as usize)
    })
}

/// Reads where the response begins: at `comment`, after `cursor`, or at the top. A permalink to a comment that is none any
/// more shows the thread.
pub(crate) fn start(comment: &Once, cursor: &Once) -> Result<PageStart, ApiError> {
    match (comment.value("comment")?, cursor.value("cursor")?) {
        (None, None) => Ok(PageStart::Top),
        (None, Some(text)) => text.parse().map(PageStart::After).map_err(|_| ApiError::cursor_invalid()),
        (Some(text), None) => Ok(text.parse().map_or(PageStart::Top, PageStart::At)),
        (Some(_), Some(_)) => {
            let detail = "A list begins at a comment or goes on at a cursor, not both.";
            Err(ApiError::new(ProblemKind::QueryInvalid, detail).in_field("comment"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::query::parse;

    #[test]
    fn limit_stays_in_its_range() {
        let limits = |query: &str| parse::<ListParams>(query).unwrap().limits();
        for text in ["0", "-1", "101", "x", "", "1e1", "99999999999999999999", "١"] {
            assert!(limits(&format!("limit={text}")).is_err(), "{text}");
        }
        assert_eq!(limits("limit=100").unwrap().top_level, 100);
        assert_eq!(limits("").unwrap().top_level, 20);
    }

    #[test]
    fn heading_is_one_of_six() {
        let level = |query: &str| parse::<HeadingParam>(query).unwrap().level();
        for text in ["0", "7", "h2", "", "2.0", "10", "١"] {
            assert!(level(&format!("heading-level={text}")).is_err(), "{text}");
        }
        assert_eq!(level("heading-level=6").unwrap().map(HeadingLevel::number), Some(6));
        assert_eq!(level("").unwrap().map(HeadingLevel::number), None);
    }

    #[test]
    fn every_form_of_a_cursor_is_given_back_as_it_came() {
        for text in [
            "00000000-0000-7000-8000-000000000000",
            "in-00000000-0000-7000-8000-000000000000",
            "00000000-0000-7000-8000-000000000000.bBw",
            "in-00000000-0000-7000-8000-000000000000.dAYAB",
        ] {
            let query: StartParams = parse(&format!("cursor={text}")).unwrap();
            let PageStart::After(cursor) = query.start().unwrap() else { panic!("no cursor") };
            assert_eq!(cursor.to_string(), text);
        }
    }
}
