//! A chunk of the list: a component, so that it is drawn again only when it changed.

use std::rc::Rc;

use yew::{Component, Context, Html, Properties, html};

use super::comment::comment;
use crate::i18n::Locale;
use crate::state::list::Chunk;

/// Comments that came together, or a group of such chunks; no element of its own, for the list is flat.
pub(super) struct ChunkItem;

/// What a chunk is drawn from.
#[derive(Properties)]
pub(super) struct Props {
    /// The comments.
    pub(super) chunk: Chunk,
    /// The widget's language.
    pub(super) locale: Rc<Locale>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.chunk == other.chunk && Rc::ptr_eq(&self.locale, &other.locale)
    }
}

impl Component for ChunkItem {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { chunk, locale } = ctx.props();
        match chunk {
            Chunk::Comments(nodes) => nodes.iter().map(|node| comment(node, locale)).collect(),
            Chunk::Group(inner) => chunks(inner, locale),
        }
    }
}

/// Draws chunks, which only ever become more at their end.
pub(super) fn chunks(chunks: &[Chunk], locale: &Rc<Locale>) -> Html {
    let item = |(place, chunk): (usize, &Chunk)| {
        html! { <ChunkItem key={place} chunk={chunk.clone()} locale={locale.clone()} /> }
    };
    chunks.iter().enumerate().map(item).collect()
}
