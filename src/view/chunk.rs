//! A chunk of the list: a component, so that it is drawn again only when it changed.

use std::rc::Rc;

use yew::{Component, Context, Html, Properties, html};

use super::comment::comment;
use super::context::ViewContext;
use crate::state::Composer;
use crate::state::list::Chunk;

/// Comments that were shown together, or a group of such chunks; without an element of its own, since the list is flat.
pub(super) struct ChunkItem;

/// Properties of a chunk.
#[derive(Properties)]
pub(super) struct Props {
    /// The comments.
    pub(super) chunk: Chunk,
    /// The open form, if it stands under one of them.
    pub(super) panel: Option<Rc<Composer>>,
    /// The context that all chunks share.
    pub(super) context: ViewContext,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let panel = |props: &Self| props.panel.as_ref().map(Rc::as_ptr);
        self.chunk == other.chunk && panel(self) == panel(other) && self.context == other.context
    }
}

impl Component for ChunkItem {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { chunk, panel, context } = ctx.props();
        match chunk {
            Chunk::Comments(nodes) => {
                nodes.iter().map(|node| comment(node, panel.as_deref(), context)).collect()
            }
            Chunk::Group(inner) => chunks(inner, panel.as_ref(), context),
        }
    }
}

/// Draws chunks, which only ever become more at their end.
pub(super) fn chunks(chunks: &[Chunk], panel: Option<&Rc<Composer>>, context: &ViewContext) -> Html {
    let item = |(place, chunk): (usize, &Chunk)| {
        let is_here = |panel: &&Rc<Composer>| panel.kind.comment().is_some_and(|id| chunk.contains(id));
        let panel = panel.filter(is_here).cloned();
        html! { <ChunkItem key={place} chunk={chunk.clone()} {panel} context={context.clone()} /> }
    };
    chunks.iter().enumerate().map(item).collect()
}
