//! The choice of the order.

use dumka_api::{Feature, Sort};
use yew::{Html, html};

use super::context::ViewContext;
use super::control::{Control, ControlState, on_click};
use crate::i18n::Key;
use crate::state::{Action, LoadedThread, State};

/// Draws the choice where there is something to put in order, and an endpoint that says it can do more than list.
pub(super) fn sort(loaded: &LoadedThread, state: &State, context: &ViewContext) -> Html {
    if loaded.thread.total < 2 || loaded.thread.features.is_empty() {
        return Html::default();
    }
    let is_there = |sort: &Sort| match sort {
        Sort::Best => state.can(Feature::Vote),
        // Whoever reads those that were featured finds the way back.
        Sort::Featured => state.config.sort == Sort::Featured || state.can(Feature::Featured),
        Sort::Oldest | Sort::Newest => true,
    };
    let orders = Sort::ALL.into_iter().filter(is_there);
    html! {
        <p class="dumka-sort">
            { context.locale.text(Key::SortBy) }
            { for orders.map(|sort| order(sort, state.config.sort, context)) }
        </p>
    }
}

fn order(sort: Sort, chosen: Sort, context: &ViewContext) -> Html {
    let class = match sort {
        Sort::Oldest => "dumka-oldest",
        Sort::Newest => "dumka-newest",
        Sort::Best => "dumka-best",
        Sort::Featured => "dumka-featured",
    };
    let href = context.thread_page.as_deref().map(|page| {
        // The order stands last in the address of the thread's page: «&sort=oldest».
        let (page, _) = page.rsplit_once('=').unwrap_or((page, ""));
        [page, "=", sort.as_str()].concat().into()
    });
    let onclick = Some(on_click(&context.dispatch, move || Action::SortBy(sort)));
    let state = if sort == chosen { ControlState::Current } else { ControlState::Idle };
    let control = Control { href, state, onclick, ..Control::of(class) };
    html! { <>{ " " }{ control.draw(context.locale.text(Key::for_sort(sort))) }</> }
}
