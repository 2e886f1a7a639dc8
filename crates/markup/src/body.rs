//! The tree itself and its JSON form.
//!
//! The JSON is compact and hand-readable: a text span is a bare string, every
//! other node an object with one key that names it:
//! `[{"paragraph":["Hello, ",{"strong":["world"]}]}]`.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The text of a comment as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Plain text, shown as it is with its line breaks: what a minimal endpoint sends.
    Plain(String),
    /// Parsed text.
    Blocks(Vec<Block>),
}

/// A block of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph of spans.
    Paragraph(Vec<Span>),
    /// Somebody's quoted words.
    Quote(Vec<Block>),
    /// A bullet or numbered list.
    List(List),
    /// Preformatted text.
    Code(String),
}

/// A bullet or numbered list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The first number of a numbered list; absent for bullets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// The items, each a run of blocks.
    pub items: Vec<Vec<Block>>,
}

/// A run of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Text; a `\n` in it is a line break the writer meant.
    Text(String),
    /// Emphasis.
    Em(Vec<Span>),
    /// Strong emphasis.
    Strong(Vec<Span>),
    /// Inline code.
    Code(String),
    /// A link. `href` is absolute and its scheme is http, https or mailto when it comes from
    /// [`parse`](fn@crate::parse); whoever draws a foreign tree checks it again with [`Span::is_safe_href`].
    Link {
        /// The address of the link.
        href: String,
        /// The spans that are shown for it.
        content: Vec<Span>,
    },
}

impl Span {
    /// Tells whether `href` has a scheme that a comment may link to: http, https or mailto.
    pub fn is_safe_href(href: &str) -> bool {
        Self::without_scheme(href).is_some()
    }

    /// Gives what stands behind such a scheme.
    pub fn without_scheme(href: &str) -> Option<&str> {
        ["https://", "http://", "mailto:"].iter().find_map(|scheme| {
            let (start, rest) = href.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        })
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::Blocks(blocks) => blocks.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BodyVisitor)
    }
}

struct BodyVisitor;

impl<'de> Visitor<'de> for BodyVisitor {
    type Value = Body;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string or a list of blocks")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Body, E> {
        Ok(Body::Plain(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Body, A::Error> {
        let mut blocks = Vec::new();
        while let Some(block) = seq.next_element()? {
            blocks.push(block);
        }
        Ok(Body::Blocks(blocks))
    }
}

/// The spans that are objects on the wire, for serde's derive.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename = "Span")]
enum SpanObject {
    Em(Vec<Span>),
    Strong(Vec<Span>),
    Code(String),
    Link(Link),
}

#[derive(Serialize, Deserialize)]
struct Link {
    href: String,
    content: Vec<Span>,
}

impl From<SpanObject> for Span {
    fn from(object: SpanObject) -> Self {
        match object {
            SpanObject::Em(content) => Self::Em(content),
            SpanObject::Strong(content) => Self::Strong(content),
            SpanObject::Code(text) => Self::Code(text),
            SpanObject::Link(Link { href, content }) => Self::Link { href, content },
        }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let object = match self.clone() {
            Self::Text(text) => return serializer.serialize_str(&text),
            Self::Em(content) => SpanObject::Em(content),
            Self::Strong(content) => SpanObject::Strong(content),
            Self::Code(text) => SpanObject::Code(text),
            Self::Link { href, content } => SpanObject::Link(Link { href, content }),
        };
        object.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SpanVisitor)
    }
}

struct SpanVisitor;

impl<'de> Visitor<'de> for SpanVisitor {
    type Value = Span;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string or a span object")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Span, E> {
        Ok(Span::Text(text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Span, A::Error> {
        SpanObject::deserialize(MapAccessDeserializer::new(map)).map(Span::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tree_has_the_documented_json_form() {
        let json = r#"[{"paragraph":["Hello, ",{"strong":["world"]},{"link":{"href":"https://example.org/","content":["here"]}}]},{"quote":[{"code":"x"}]},{"list":{"start":3,"items":[[{"paragraph":["one"]}]]}}]"#;
        let body: Body = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&body).unwrap(), json);
    }

    #[test]
    fn plain_string_is_a_body() {
        let body: Body = serde_json::from_str(r#""line\nline""#).unwrap();
        assert_eq!(body, Body::Plain("line\nline".into()));
    }

    #[test]
    fn only_web_and_mail_addresses_are_safe() {
        assert!(Span::is_safe_href("HTTPS://example.org"));
        assert!(Span::is_safe_href("mailto:a@example.org"));
        for href in ["javascript:alert(1)", " https://example.org", "data:text/html,x", "//example.org", "ht"]
        {
            assert!(!Span::is_safe_href(href), "{href}");
        }
    }
}
