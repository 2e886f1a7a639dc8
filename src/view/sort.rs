//! The choice of the order.

use dumka_api::{Feature, Sort};
use yew::{Html, html};

use super::chunk::Common;
use super::control::Control;
use super::rest::acting;
use crate::i18n::Key;
use crate::state::{Action, Loaded, State};

/// Draws the choice where there is something to put in order, and an endpoint that says it can do more than list.
pub(super) fn sort(loaded: &Loaded, state: &State, common: &Common) -> Html {
    if loaded.thread.total < 2 || loaded.thread.features.is_empty() {
        return Html::default();
    }
    let orders = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Best || state.can(Feature::Vote));
    html! {
        <p class="dumka-sort">
            { common.locale.text(Key::SortBy) }
            { for orders.map(|sort| order(sort, state.config.sort, common)) }
        </p>
    }
}

/// What an order is called.
pub(super) fn words(sort: Sort) -> Key {
    match sort {
        Sort::Oldest => Key::Oldest,
        Sort::Newest => Key::Newest,
        Sort::Best => Key::Best,
    }
}

fn order(sort: Sort, chosen: Sort, common: &Common) -> Html {
    let class = match sort {
        Sort::Oldest => "dumka-oldest",
        Sort::Newest => "dumka-newest",
        Sort::Best => "dumka-best",
    };
    let href = common.thread_page.as_deref().map(|page| {
        // The order stands last in the address of the thread's page: «&sort=oldest».
        let (page, _) = page.rsplit_once('=').unwrap_or((page, ""));
        [page, "=", sort.as_str()].concat().into()
    });
    let onclick = Some(acting(&common.dispatch, move || Action::SortBy(sort)));
    let control = Control { href, current: sort == chosen, onclick, ..Control::of(class) };
    html! { <>{ " " }{ control.draw(common.locale.text(words(sort))) }</> }
}
