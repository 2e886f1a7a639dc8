//! Reads the comment of an event from among the event's other entries.
//!
//! By hand, since what serde derives for `flatten` keeps a copy of every value first: in a widget, that code outweighs all
//! the rest of its wire.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::LiveComment;
use crate::Comment;

impl<'de> Deserialize<'de> for LiveComment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // To whoever reads fields in their order, one without a name is the whole.
        deserializer.deserialize_struct("LiveComment", &["page", "", "total"], LiveCommentVisitor)
    }
}

struct LiveCommentVisitor;

impl<'de> Visitor<'de> for LiveCommentVisitor {
    type Value = LiveComment;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a comment with its page")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<LiveComment, A::Error> {
        let page = fields.next_element()?.unwrap_or_default();
        let comment = fields.next_element()?.ok_or_else(|| A::Error::missing_field("id"))?;
        let total = fields.next_element()?.unwrap_or_default();
        Ok(LiveComment { page, comment, total })
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<LiveComment, A::Error> {
        let (mut page, mut total) = (String::new(), None);
        let rest = Rest { entries, page: &mut page, total: &mut total };
        let comment = Comment::deserialize(MapAccessDeserializer::new(rest))?;
        Ok(LiveComment { page, comment, total })
    }
}

/// The entries of the comment, without those of the event.
struct Rest<'a, A> {
    entries: A,
    page: &'a mut String,
    total: &'a mut Option<u64>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rest<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.entries.next_key::<String>()? {
            match name.as_str() {
                "page" => *self.page = self.entries.next_value()?,
                "total" => *self.total = self.entries.next_value()?,
                _ => return seed.deserialize(name.into_deserializer()).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.entries.next_value_seed(seed)
    }
}
