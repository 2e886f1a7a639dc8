//! Reads the parameters of queries and forms: repeated names, strict UTF-8, nothing guessed.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use dumka_api::limits::{LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX};
use dumka_api::{ProblemKind, Sort};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use crate::domain::submission::check_thread;
use crate::domain::thread::ThreadKey;
use crate::http::problem::ApiError;
use crate::render::HeadingLevel;
use crate::storage::{PageLimits, PageStart};

/// The limits of a page that shows all: what is drawn in some tens of milliseconds.
pub(crate) const WHOLE_PAGE: PageLimits =
    PageLimits { top_level: 500, comments: 1_000, text_bytes: 4 * RESPONSE_TEXT_BYTES };
/// Comments of one response. A reader who goes on gets more.
const RESPONSE_COMMENTS: usize = 300;
/// Bytes of text of one response, which is then below 60 KB when it is sent.
const RESPONSE_TEXT_BYTES: usize = 64 * 1024;

/// The names and values of a query or a form. Unknown names are ignored.
#[derive(Debug)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Creates the parameters of decoded names and values.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Iterates over every name with its value, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Parses a query string.
    pub(crate) fn parse(query: &str) -> Result<Self, ApiError> {
        percent_decode_str(query)
            .decode_utf8()
            .map_err(|_| ApiError::new(ProblemKind::QueryInvalid, "The query is not UTF-8."))?;
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }

    /// Iterates over every value of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the value of a name that may be given once.
    pub(crate) fn one(&self, name: &'static str) -> Result<Option<&str>, ApiError> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => {
                Err(ApiError::new(ProblemKind::QueryInvalid, "A name is given twice.").in_field(name))
            }
            (value, None) => Ok(value),
        }
    }

    /// Reads `site` and `page`.
    pub(crate) fn thread(&self) -> Result<ThreadKey, ApiError> {
        let (site, page) = (self.one("site")?, self.one("page")?);
        Ok(check_thread(site.unwrap_or_default(), page.unwrap_or_default())?)
    }

    /// Returns the thread as it is spelled here, where that is not its canonical form.
    pub(crate) fn spelling(&self, thread: &ThreadKey) -> Result<Option<ThreadKey>, ApiError> {
        let word = |name| Ok::<_, ApiError>(self.one(name)?.unwrap_or_default().to_owned());
        let spelled = ThreadKey { site: word("site")?, page: word("page")? };
        Ok(Some(spelled).filter(|spelled| spelled != thread))
    }

    /// Reads `page`, which may be repeated up to `max` times; none given is an empty one. `refusal` says that there are too
    /// many.
    pub(crate) fn pages(&self, max: usize, refusal: &'static str) -> Result<Vec<&str>, ApiError> {
        let mut pages: Vec<&str> = self.all("page").collect();
        if pages.len() > max {
            return Err(ApiError::new(ProblemKind::PagesTooMany, refusal).in_field("page").over(max));
        }
        if pages.is_empty() {
            pages.push("");
        }
        Ok(pages)
    }

    /// Reads `sort`, or returns the default order.
    pub(crate) fn sort(&self) -> Result<Sort, ApiError> {
        let Some(word) = self.one("sort")? else { return Ok(Sort::default()) };
        let refused = || {
            ApiError::new(ProblemKind::SortInvalid, "The order is oldest, newest or best.").in_field("sort")
        };
        Sort::from_word(word).ok_or_else(refused)
    }

    /// Reads `limit`, the number of top-level comments of a response.
    pub(crate) fn limits(&self) -> Result<PageLimits, ApiError> {
        let top_level = self.limit(LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX)?;
        Ok(PageLimits { top_level, comments: RESPONSE_COMMENTS, text_bytes: RESPONSE_TEXT_BYTES })
    }

    /// Reads `limit` for a page of its own, where `all` is as much as one page can show.
    pub(crate) fn page_limits(&self) -> Result<PageLimits, ApiError> {
        if self.one("limit")? == Some("all") { Ok(WHOLE_PAGE) } else { self.limits() }
    }

    /// Reads `limit`, a whole number from 1 to `max`.
    pub(crate) fn limit(&self, default: u32, max: u32) -> Result<u32, ApiError> {
        let Some(text) = self.one("limit")? else { return Ok(default) };
        let number = text.parse().ok().filter(|number| (1..=max).contains(number));
        number.ok_or_else(|| {
            let detail = format!("The limit is a whole number from 1 to {max}.");
            ApiError::new(ProblemKind::LimitInvalid, detail).in_field("limit").over(max as usize)
        })
    }

    /// Reads `heading-level`, where it is given.
    pub(crate) fn heading_level(&self) -> Result<Option<HeadingLevel>, ApiError> {
        let Some(word) = self.one("heading-level")? else { return Ok(None) };
        let refused = || {
            ApiError::new(ProblemKind::QueryInvalid, "The level of a heading is 1 to 6.")
                .in_field("heading-level")
        };
        HeadingLevel::from_word(word).map(Some).ok_or_else(refused)
    }

    /// Reads where the response begins: at `comment`, after `cursor`, or at the top. A permalink to a comment that is
    /// none any more shows the thread.
    pub(crate) fn start(&self) -> Result<PageStart, ApiError> {
        match (self.one("comment")?, self.one("cursor")?) {
            (None, None) => Ok(PageStart::Top),
            (None, Some(text)) => text.parse().map(PageStart::After).map_err(|_| ApiError::cursor_invalid()),
            (Some(text), None) => Ok(text.parse().map_or(PageStart::Top, PageStart::At)),
            (Some(_), Some(_)) => {
                let detail = "A list begins at a comment or goes on at a cursor, not both.";
                Err(ApiError::new(ProblemKind::QueryInvalid, detail).in_field("comment"))
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_keep_their_order() {
        let query = Params::parse("page=a&page=%D1%8F+b&site=s").unwrap();
        assert_eq!(query.all("page").collect::<Vec<_>>(), ["a", "я b"]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused() {
        assert!(Params::parse("page=%FF").is_err());
    }

    #[test]
    fn name_that_may_be_given_once_is_refused_twice() {
        assert!(Params::parse("site=a&site=a").unwrap().one("site").is_err());
    }

    #[test]
    fn limit_stays_in_its_range() {
        for text in ["0", "-1", "101", "x", "", "1e1", "99999999999999999999", "١"] {
            assert!(Params::parse(&format!("limit={text}")).unwrap().limits().is_err(), "{text}");
        }
        assert_eq!(Params::parse("limit=100").unwrap().limits().unwrap().top_level, 100);
        assert_eq!(Params::parse("").unwrap().limits().unwrap().top_level, 20);
    }

    #[test]
    fn heading_is_one_of_six() {
        for text in ["0", "7", "h2", "", "2.0", "10", "١"] {
            assert!(
                Params::parse(&format!("heading-level={text}")).unwrap().heading_level().is_err(),
                "{text}"
            );
        }
        let level = |query| Params::parse(query).unwrap().heading_level().unwrap().map(HeadingLevel::number);
        assert_eq!(level("heading-level=6"), Some(6));
        assert_eq!(level(""), None);
    }

    #[test]
    fn every_form_of_a_cursor_is_given_back_as_it_came() {
        for text in [
            "00000000-0000-7000-8000-000000000000",
            "in-00000000-0000-7000-8000-000000000000",
            "00000000-0000-7000-8000-000000000000.bBw",
            "in-00000000-0000-7000-8000-000000000000.dAYAB",
        ] {
            let query = Params::parse(&format!("cursor={text}")).unwrap();
            let PageStart::After(cursor) = query.start().unwrap() else { panic!("no cursor") };
            assert_eq!(cursor.to_string(), text);
        }
    }
}
