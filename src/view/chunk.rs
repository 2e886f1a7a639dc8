//! A chunk of the list: a component, so that it is drawn again only when it changed.

use std::rc::Rc;

use dumka_api::Feature;
use yew::{Callback, Component, Context, Html, Properties, html};

use super::comment::comment;
use crate::config::HEADING_LEVEL;
use crate::i18n::Locale;
use crate::state::list::Chunk;
use crate::state::{Action, State};

/// Comments that came together, or a group of such chunks; no element of its own, for the list is flat.
pub(super) struct ChunkItem;

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
    /// Whether that is where it stands, and nothing listens.
    #[cfg(feature = "ssr")]
    pub(super) is_own_page: bool,
    /// The address of the article, where links to comments name it.
    #[cfg(feature = "ssr")]
    pub(super) article: Option<Rc<str>>,
    /// The level of the thread's heading, 1–6.
    pub(super) heading_level: u32,
    /// Where what the reader does goes.
    pub(super) dispatch: Callback<Action>,
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
            #[cfg(feature = "ssr")]
            is_own_page: state.is_own_page,
            #[cfg(feature = "ssr")]
            article: state.article.as_deref().map(Into::into),
            heading_level: state.config.heading_level.unwrap_or(HEADING_LEVEL),
            dispatch: dispatch.clone(),
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

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { chunk, common } = ctx.props();
        match chunk {
            Chunk::Comments(nodes) => nodes.iter().map(|node| comment(node, common)).collect(),
            Chunk::Group(inner) => chunks(inner, common),
        }
    }
}

/// Draws chunks, which only ever become more at their end.
pub(super) fn chunks(chunks: &[Chunk], common: &Common) -> Html {
    let item = |(place, chunk): (usize, &Chunk)| {
        html! { <ChunkItem key={place} chunk={chunk.clone()} common={common.clone()} /> }
    };
    chunks.iter().enumerate().map(item).collect()
}
