//! The values that all parts of a drawn thread share.

use std::rc::Rc;

use dumka_api::Feature;
use yew::Callback;

use crate::config::HEADING_LEVEL;
use crate::i18n::Locale;
#[cfg(feature = "ssr")]
use crate::state::Controls;
use crate::state::{Action, State};

/// The context of all parts of a drawn thread.
#[derive(Clone)]
pub(super) struct ViewContext {
    /// The widget's language.
    pub(super) locale: Rc<Locale>,
    /// The features of the endpoint.
    pub(super) features: Rc<[Feature]>,
    /// Address of the thread's own page, where there is one.
    pub(super) thread_page: Option<Rc<str>>,
    /// The form of the controls under comments.
    #[cfg(feature = "ssr")]
    pub(super) controls: Controls,
    /// The address of the article, where links to comments name it.
    #[cfg(feature = "ssr")]
    pub(super) article: Option<Rc<str>>,
    /// The level of the thread's heading, 1–6.
    pub(super) heading_level: u32,
    /// Dispatches the reader's actions.
    pub(super) dispatch: Callback<Action>,
}

impl ViewContext {
    /// Creates the context of a state. A closed thread takes no replies.
    pub(super) fn of(state: &State, locale: &Rc<Locale>, dispatch: &Callback<Action>) -> Self {
        let features = [Feature::Reply, Feature::Vote, Feature::Edit, Feature::Preview, Feature::Report];
        let offered =
            |feature: &Feature| state.can(*feature) && !(*feature == Feature::Reply && state.is_closed());
        Self {
            locale: locale.clone(),
            features: features.into_iter().filter(offered).collect(),
            thread_page: state.config.thread_page.as_deref().map(Into::into),
            #[cfg(feature = "ssr")]
            controls: state.controls,
            #[cfg(feature = "ssr")]
            article: state.article.as_deref().map(Into::into),
            heading_level: state.config.heading_level.unwrap_or(HEADING_LEVEL),
            dispatch: dispatch.clone(),
        }
    }

    /// Returns `true` if the endpoint has a feature.
    pub(super) fn can(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

impl PartialEq for ViewContext {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.locale, &other.locale)
            && self.features == other.features
            && self.thread_page == other.thread_page
            && self.heading_level == other.heading_level
            && self.dispatch == other.dispatch
    }
}
