//! A chunk of the list: a component, so that it is drawn again only when it changed.

use yew::{Component, Context, Html, Properties, html};

use super::comment::comment;
use super::context::ViewContext;
use crate::state::list::Chunk;

/// Comments that were shown together, or a group of such chunks; without an element of its own, since the list is flat.
pub(super) struct ChunkItem;

/// Properties of a chunk.
#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The comments.
    pub(super) chunk: Chunk,
    /// The context that all chunks share.
    pub(super) context: ViewContext,
}

impl Component for ChunkItem {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { chunk, context } = ctx.props();
        match chunk {
            Chunk::Comments(nodes) => nodes.iter().map(|node| comment(node, context)).collect(),
            Chunk::Group(inner) => chunks(inner, context),
        }
    }
}

/// Draws chunks, which only ever become more at their end.
pub(super) fn chunks(chunks: &[Chunk], context: &ViewContext) -> Html {
    let item = |(place, chunk): (usize, &Chunk)| {
        html! { <ChunkItem key={place} chunk={chunk.clone()} context={context.clone()} /> }
    };
    chunks.iter().enumerate().map(item).collect()
}
