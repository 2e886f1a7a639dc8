//! What is read and written: the types of the wire, what the browser keeps, and what the loader says.

use dumka_api::{
    Author, Badge, Block, Body, Comment, CommentEdit, CommentState, EditedAt, Feature, List, Listing,
    NewAuthor, NewComment, NewPreview, NewReport, NewVote, Problem, ProblemKind, ReportReason, Sort, Span,
    Thread, ThreadState, Timestamp, Votes,
};
use wasm_bindgen::JsValue;

use super::reader::{self, FromJs, objects, words};
use super::writer::{self, ToJs, written};
use crate::config::Config;
use crate::i18n::Catalog;
use crate::state::draft::{Attempt, Draft, Written};

objects! {
    Listing { comments; thread, next, earlier }
    Thread { ; site, page, title, url, total, state, features, event }
    Comment { id, created_at, body; parent, author, edited_at, state, votes }
    Author { name; badge, avatar }
    Votes { up, down }
    List { items; start }
    NewComment { ; site, page, parent, author, text, title, url }
    NewAuthor { ; name, email }
    Draft { text; attempt }
    Attempt { key, request }
    Written { open, name, email, text }
    Config { endpoint, site, page, limit; title, url, lang, sort, comment, thread_page, heading_level }
}

words! {
    Badge { "staff" = Staff, "moderator" = Moderator }
    CommentState { "published" = Published, "pending" = Pending, "deleted" = Deleted }
    ThreadState { "open" = Open, "closed" = Closed }
    Sort { "oldest" = Oldest, "newest" = Newest, "best" = Best }
    Feature {
        "reply" = Reply, "vote" = Vote, "edit" = Edit, "preview" = Preview, "live" = Live, "report" = Report;
        _ = Unknown
    }
}

impl FromJs for Timestamp {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        Self(String::from_js(value, wrong))
    }
}

impl FromJs for Body {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        match value.as_string() {
            Some(text) => Self::Plain(text),
            None => Self::Blocks(Vec::from_js(value, wrong)),
        }
    }
}

impl FromJs for Block {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        let (name, inside) = reader::entry(value).unwrap_or_default();
        match name.as_str() {
            "paragraph" => Self::Paragraph(Vec::from_js(&inside, wrong)),
            "quote" => Self::Quote(Vec::from_js(&inside, wrong)),
            "list" => Self::List(List::from_js(&inside, wrong)),
            _ => {
                *wrong |= name != "code";
                Self::Code(String::from_js(&inside, wrong))
            }
        }
    }
}

impl FromJs for Span {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        if let Some(text) = value.as_string() {
            return Self::Text(text);
        }
        let (name, inside) = reader::entry(value).unwrap_or_default();
        match name.as_str() {
            "em" => Self::Em(Vec::from_js(&inside, wrong)),
            "strong" => Self::Strong(Vec::from_js(&inside, wrong)),
            "link" => {
                let href = reader::field(&inside, "href", wrong);
                Self::Link { href, content: reader::field(&inside, "content", wrong) }
            }
            _ => {
                *wrong |= name != "code";
                Self::Code(String::from_js(&inside, wrong))
            }
        }
    }
}

impl FromJs for Problem {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        *wrong |= !value.is_object();
        Self {
            type_uri: reader::field_or_default(value, "type", wrong),
            title: reader::field_or_default(value, "title", wrong),
            status: reader::field_or_default(value, "status", wrong),
            detail: reader::field_or_default(value, "detail", wrong),
            kind: reader::field_or_default(value, "kind", wrong),
            field: reader::field(value, "field", wrong),
            limit: reader::field(value, "limit", wrong),
            retry_after: reader::field(value, "retry_after", wrong),
        }
    }
}

impl FromJs for ProblemKind {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        let word = String::from_js(value, wrong);
        Self::ALL.iter().find(|kind| kind.as_str() == word).copied().unwrap_or_default()
    }
}

/// Names that this version does not know are passed over, and words that are no text are none.
impl FromJs for Catalog {
    fn from_js(value: &JsValue, wrong: &mut bool) -> Self {
        *wrong |= !value.is_object();
        Self::new(|name| words(value, name), |phrase, category| words(&reader::get(value, phrase), category))
    }
}

fn words(object: &JsValue, name: &str) -> String {
    reader::get(object, name).as_string().unwrap_or_default()
}

written! {
    NewComment { site, page, author, text, title, url; parent }
    NewAuthor { name, email }
    CommentEdit { text, edited_at }
    NewReport { reason, note }
    NewPreview { text }
    Draft { text, attempt }
    Attempt { key, request }
}

/// That a comment was never edited is something too.
impl ToJs for EditedAt {
    fn to_js(&self) -> JsValue {
        self.0.as_ref().map_or(JsValue::NULL, |moment| moment.0.to_js())
    }
}

impl ToJs for ReportReason {
    fn to_js(&self) -> JsValue {
        self.as_str().into()
    }
}

impl ToJs for NewVote {
    fn to_js(&self) -> JsValue {
        #[expect(clippy::cast_precision_loss, reason = "-1, 0 or 1")]
        let value = self.value as f64;
        writer::object(&[("value", value.into())])
    }
}
