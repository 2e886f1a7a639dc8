//! Reading query strings: repeated names, strict UTF-8, nothing guessed.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use dumka_api::limits::{LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX};
use dumka_api::{ProblemKind, Sort};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use crate::problem::Failure;
use crate::render::HeadingLevel;
use crate::storage::{PageLimits, PageStart};

/// A page that shows all: what is drawn in some tens of milliseconds.
pub(super) const PAGE: PageLimits =
    PageLimits { top_level: 500, comments: 1_000, text_bytes: 4 * ANSWER_TEXT_BYTES };
/// Comments of one answer. A reader who goes on gets more.
const ANSWER_COMMENTS: usize = 300;
/// Bytes of text of one answer, which is then below 60 KB when it is sent.
const ANSWER_TEXT_BYTES: usize = 64 * 1024;

/// The names and values of a query string; names nobody reads are ignored.
#[derive(Debug)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// What was read already.
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Every name with its value, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Reads a query string.
    pub(super) fn parse(query: &str) -> Result<Self, Failure> {
        percent_decode_str(query)
            .decode_utf8()
            .map_err(|_| Failure::new(ProblemKind::QueryInvalid, "The query is not UTF-8."))?;
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }

    /// Every value under a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value under a name that may be given once.
    pub(super) fn one(&self, name: &'static str) -> Result<Option<&str>, Failure> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => {
                Err(Failure::new(ProblemKind::QueryInvalid, "A name is given twice.").in_field(name))
            }
            (value, None) => Ok(value),
        }
    }

    /// `sort`, or the default order.
    pub(super) fn sort(&self) -> Result<Sort, Failure> {
        let Some(word) = self.one("sort")? else { return Ok(Sort::default()) };
        let refused = || {
            Failure::new(ProblemKind::SortInvalid, "The order is oldest, newest or best.").in_field("sort")
        };
        Sort::from_word(word).ok_or_else(refused)
    }

    /// How much an answer holds: `limit` top-level comments, or the default number.
    pub(super) fn limits(&self) -> Result<PageLimits, Failure> {
        let top_level = self.limit()?;
        Ok(PageLimits { top_level, comments: ANSWER_COMMENTS, text_bytes: ANSWER_TEXT_BYTES })
    }

    /// How much a page of its own holds, where `limit=all` is as much as one page can show.
    pub(super) fn page_limits(&self) -> Result<PageLimits, Failure> {
        if self.one("limit")? == Some("all") { Ok(PAGE) } else { self.limits() }
    }

    fn limit(&self) -> Result<u32, Failure> {
        let Some(text) = self.one("limit")? else { return Ok(LIST_LIMIT_DEFAULT) };
        let number = text.parse().ok().filter(|number| (1..=LIST_LIMIT_MAX).contains(number));
        number.ok_or_else(|| {
            Failure::new(ProblemKind::LimitInvalid, "The limit is a whole number from 1 to 100.")
                .in_field("limit")
                .over(LIST_LIMIT_MAX as usize)
        })
    }

    /// `heading-level`, where it is given.
    pub(super) fn heading_level(&self) -> Result<Option<HeadingLevel>, Failure> {
        let Some(word) = self.one("heading-level")? else { return Ok(None) };
        let refused = || {
            Failure::new(ProblemKind::QueryInvalid, "The level of a heading is 1 to 6.")
                .in_field("heading-level")
        };
        HeadingLevel::from_word(word).map(Some).ok_or_else(refused)
    }

    /// Where the answer begins: at `comment`, after `cursor`, or at the top. A permalink to a comment that is
    /// none any more shows the thread.
    pub(super) fn start(&self) -> Result<PageStart, Failure> {
        match (self.one("comment")?, self.one("cursor")?) {
            (None, None) => Ok(PageStart::Top),
            (None, Some(text)) => text.parse().map(PageStart::After).map_err(|_| Failure::cursor_invalid()),
            (Some(text), None) => Ok(text.parse().map_or(PageStart::Top, PageStart::At)),
            (Some(_), Some(_)) => {
                let detail = "A list begins at a comment or goes on at a cursor, not both.";
                Err(Failure::new(ProblemKind::QueryInvalid, detail).in_field("comment"))
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_keep_their_order() {
        let query = Query::parse("page=a&page=%D1%8F+b&site=s").unwrap();
        assert_eq!(query.all("page").collect::<Vec<_>>(), ["a", "я b"]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused() {
        assert!(Query::parse("page=%FF").is_err());
    }

    #[test]
    fn name_that_may_be_given_once_is_refused_twice() {
        assert!(Query::parse("site=a&site=a").unwrap().one("site").is_err());
    }

    #[test]
    fn limit_stays_in_its_range() {
        for text in ["0", "-1", "101", "x", "", "1e1", "99999999999999999999", "١"] {
            assert!(Query::parse(&format!("limit={text}")).unwrap().limit().is_err(), "{text}");
        }
        assert_eq!(Query::parse("limit=100").unwrap().limit().unwrap(), 100);
        assert_eq!(Query::parse("").unwrap().limit().unwrap(), 20);
    }

    #[test]
    fn heading_is_one_of_six() {
        for text in ["0", "7", "h2", "", "2.0", "10", "١"] {
            assert!(
                Query::parse(&format!("heading-level={text}")).unwrap().heading_level().is_err(),
                "{text}"
            );
        }
        let level = |query| Query::parse(query).unwrap().heading_level().unwrap().map(HeadingLevel::number);
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
            let query = Query::parse(&format!("cursor={text}")).unwrap();
            let PageStart::After(cursor) = query.start().unwrap() else { panic!("no cursor") };
            assert_eq!(cursor.to_string(), text);
        }
    }
}
