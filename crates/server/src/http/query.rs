//! Reads query strings into types by serde: repeated names, strict UTF-8, nothing guessed.

use std::borrow::Cow;
use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use dumka_api::ProblemKind;
use percent_encoding::percent_decode_str;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use url::form_urlencoded;

use crate::http::problem::ApiError;

/// Extracts the query of a request: a structure of parameters, or a tuple of such. Unknown names are ignored.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parse(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Parses a query string into a structure of parameters, or a tuple of such. A field is a [`Once`], or a list for a name
/// that may be repeated.
pub(crate) fn parse<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    let refused = |detail: String| ApiError::new(ProblemKind::QueryInvalid, detail);
    percent_decode_str(query).decode_utf8().map_err(|_| refused("The query is not UTF-8.".into()))?;
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    T::deserialize(Pairs(&pairs)).map_err(|error| refused(error.to_string()))
}

/// A parameter that may be given once. It is judged when it is read, so that a route keeps the order of its checks, and
/// what a response does not depend on is not judged at all.
#[derive(Debug)]
pub(crate) enum Once {
    /// The name is not in the query.
    Absent,
    /// The name is there once, with this value.
    Given(String),
    /// The name is there more than once.
    Repeated,
}

impl Once {
    /// Returns the value; fails where the parameter, whose name is `name`, is repeated.
    pub(crate) fn value(&self, name: &'static str) -> Result<Option<&str>, ApiError> {
        match self {
            Self::Absent => Ok(None),
            Self::Given(value) => Ok(Some(value)),
            Self::Repeated => Err(repeated(name)),
        }
    }
}

/// Refuses a name that is given more than once.
pub(crate) fn repeated(name: &'static str) -> ApiError {
    ApiError::new(ProblemKind::QueryInvalid, "A name is given twice.").in_field(name)
}

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(OnceVisitor)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Once;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the values of a name")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Once, A::Error> {
        let Some(value) = values.next_element()? else { return Ok(Once::Absent) };
        let next: Option<IgnoredAny> = values.next_element()?;
        Ok(if next.is_some() { Once::Repeated } else { Once::Given(value) })
    }
}

type Pair<'q> = (Cow<'q, str>, Cow<'q, str>);

/// The decoded names and values of a query, in order.
#[derive(Clone, Copy)]
struct Pairs<'q>(&'q [Pair<'q>]);

impl<'de> Deserializer<'de> for Pairs<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a query is a structure or a tuple"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let values = fields.iter().map(|name| (*name, Values { pairs: self, name }));
        visitor.visit_map(MapDeserializer::new(values))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::repeat_n(self, len)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple_struct map enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Pairs<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The values of one name.
struct Values<'q> {
    pairs: Pairs<'q>,
    name: &'static str,
}

impl<'de> Deserializer<'de> for Values<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let named = self.pairs.0.iter().filter(|(name, _)| name == self.name);
        visitor.visit_seq(SeqDeserializer::new(named.map(|(_, value)| value.as_ref())))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Values<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Pages {
        page: Vec<String>,
    }

    #[derive(Debug, Deserialize)]
    struct Level {
        #[serde(rename = "heading-level")]
        heading_level: Once,
    }

    #[test]
    fn repeated_names_keep_their_order() {
        let query: Pages = parse("page=a&page=%D1%8F+b&site=s").unwrap();
        assert_eq!(query.page, ["a", "я b"]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused() {
        assert!(parse::<Pages>("page=%FF").is_err());
        assert!(parse::<Pages>("unknown=%FF").is_err());
    }

    #[test]
    fn name_that_may_be_given_once_is_refused_twice_when_it_is_read() {
        let level = |query| parse::<Level>(query).unwrap().heading_level;
        let refusal = level("heading-level=1&heading-level=1").value("heading-level").unwrap_err();
        assert_eq!(refusal.into_problem().field.as_deref(), Some("heading-level"));
        assert_eq!(level("heading-level=1").value("heading-level").unwrap(), Some("1"));
        assert_eq!(level("heading-level").value("heading-level").unwrap(), Some(""));
        assert_eq!(level("").value("heading-level").unwrap(), None);
    }

    #[test]
    fn structures_of_a_tuple_share_the_query() {
        let (pages, level): (Pages, Level) = parse("heading-level=3&page=a&page=b").unwrap();
        assert_eq!(pages.page, ["a", "b"]);
        assert_eq!(level.heading_level.value("heading-level").unwrap(), Some("3"));
    }
}
