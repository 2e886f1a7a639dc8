//! A chunk of the list: a component, so that it is drawn again only when it changed.

#[cfg(feature = "csr")]
use std::cell::Cell;
use std::rc::Rc;

use dumka_api::Feature;
#[cfg(feature = "csr")]
use yew::html::Scope;
use yew::{Callback, Component, Context, Html, Properties, html};

use super::comment::comment;
use crate::config::HEADING_LEVEL;
use crate::i18n::Locale;
use crate::state::list::Chunk;
use crate::state::{Action, State};

/// Chunks that are drawn anew in one task where a branch is folded up: short even on a slow phone.
#[cfg(feature = "csr")]
const AT_ONCE: usize = 4;

/// Comments that came together, or a group of such chunks; no element of its own, for the list is flat.
pub(super) struct ChunkItem;

#[cfg(feature = "csr")]
type Late = Rc<Cell<Vec<Scope<ChunkItem>>>>;

/// What a chunk is drawn from.
#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The comments.
    pub(super) chunk: Chunk,
    /// What it shares with the others.
    pub(super) common: Common,
}

/// What all comments of a thread share.
#[derive(Clone)]
pub(super) struct Common {
    /// The widget's language.
    pub(super) locale: Rc<Locale>,
    /// What the endpoint can do.
    pub(super) features: Rc<[Feature]>,
    /// Address of the thread's own page, where there is one.
    pub(super) thread_page: Option<Rc<str>>,
    /// The level of the thread's heading, 1–6.
    pub(super) heading_level: u32,
    /// Where what the reader does goes.
    pub(super) dispatch: Callback<Action>,
    /// Chunks that are drawn anew later than the rest.
    #[cfg(feature = "csr")]
    late: Late,
}

impl Common {
    /// What the comments of `state` share. A closed thread takes no replies.
    pub(super) fn of(state: &State, locale: &Rc<Locale>, dispatch: &Callback<Action>) -> Self {
        let features = [Feature::Reply, Feature::Vote, Feature::Edit, Feature::Preview, Feature::Report];
        let offered =
            |feature: &Feature| state.can(*feature) && !(*feature == Feature::Reply && state.is_closed());
        Self {
            locale: locale.clone(),
            features: features.into_iter().filter(offered).collect(),
            thread_page: state.config.thread_page.as_deref().map(Into::into),
            heading_level: state.config.heading_level.unwrap_or(HEADING_LEVEL),
            dispatch: dispatch.clone(),
            #[cfg(feature = "csr")]
            late: Rc::default(),
        }
    }

    /// Whether the endpoint can do something.
    pub(super) fn can(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

impl PartialEq for Common {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.locale, &other.locale)
            && self.features == other.features
            && self.thread_page == other.thread_page
            && self.heading_level == other.heading_level
            && self.dispatch == other.dispatch
    }
}

impl Component for ChunkItem {
    type Message = ();
    type Properties = Props;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    /// What comes into sight or goes from it with a branch may wait; not what was pressed to that end.
    #[cfg(feature = "csr")]
    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        let Props { chunk, common } = ctx.props();
        let is_late = begins_hidden(chunk) || begins_hidden(&before.chunk);
        if is_late {
            let mut late = common.late.take();
            if late.is_empty() {
                draw(common.late.clone());
            }
            late.insert(0, ctx.link().clone());
            common.late.set(late);
        }
        !is_late
    }

    fn update(&mut self, _ctx: &Context<Self>, (): ()) -> bool {
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { chunk, common } = ctx.props();
        match chunk {
            Chunk::Comments(nodes) => nodes.iter().map(|node| comment(node, common)).collect(),
            Chunk::Group(inner) => chunks(inner, common),
        }
    }
}

/// Draws what is late, some at a time, each time in a task of its own: a click waits for one of them at most.
#[cfg(feature = "csr")]
fn draw(late: Late) {
    let some = move || {
        let mut waiting = late.take();
        for _ in 0..AT_ONCE {
            if let Some(link) = waiting.pop() {
                link.send_message(());
            }
        }
        if !waiting.is_empty() {
            draw(late.clone());
        }
        late.set(waiting);
    };
    crate::turn::later(some);
}

/// Whether a chunk begins in a branch that is folded up.
#[cfg(feature = "csr")]
fn begins_hidden(chunk: &Chunk) -> bool {
    matches!(chunk, Chunk::Comments(nodes) if nodes.first().is_some_and(|node| node.is_hidden))
}

/// Draws chunks, which only ever become more at their end.
pub(super) fn chunks(chunks: &[Chunk], common: &Common) -> Html {
    let item = |(place, chunk): (usize, &Chunk)| {
        html! { <ChunkItem key={place} chunk={chunk.clone()} common={common.clone()} /> }
    };
    chunks.iter().enumerate().map(item).collect()
}
