//! Choosing the order.

use dumka_api::Sort;

use super::*;

#[test]
fn other_order_is_kept_and_the_list_asked_for_anew_from_its_beginning() {
    let mut state = with(listing(&["a", "b"], None, 2));
    state.config.comment = Some("b".into());
    let effects = state.apply(Action::SortBy(Sort::Newest));
    assert_eq!(effects, [Effect::SaveSort(Sort::Newest), Effect::List]);
    assert_eq!((state.config.sort, &state.config.comment), (Sort::Newest, &None));
    assert_eq!(ids(&state), ["a", "b"], "they stand until the others come");
    state.apply(Action::Listed(Ok(listing(&["b", "a"], None, 2))));
    assert_eq!(ids(&state), ["b", "a"]);
    assert_eq!(state.outcome, Some(Outcome::Sorted(Sort::Newest)));
}

#[test]
fn same_order_asks_nothing() {
    let mut state = with(listing(&["a", "b"], None, 2));
    assert_eq!(state.apply(Action::SortBy(Sort::Oldest)), []);
}

#[test]
fn order_that_does_not_come_is_not_the_one_that_is_shown_and_can_be_asked_for_again() {
    let mut state = with(listing(&["a", "b"], None, 2));
    state.apply(Action::SortBy(Sort::Newest));
    let effects = state.apply(Action::Listed(Err(Failure::Offline)));
    assert!(effects.contains(&Effect::SaveSort(Sort::Oldest)));
    assert_eq!((ids(&state), state.config.sort), (vec!["a", "b"], Sort::Oldest));
    assert_eq!(state.outcome, Some(Outcome::NotListed));
    let effects = state.apply(Action::SortBy(Sort::Newest));
    assert_eq!(effects, [Effect::SaveSort(Sort::Newest), Effect::List]);
}

#[test]
fn order_chosen_while_the_rest_comes_begins_anew() {
    let mut state = with(listing(&["a"], Some("c1"), 3));
    state.apply(Action::ShowAll);
    state.apply(Action::SortBy(Sort::Newest));
    state.apply(Action::Listed(Ok(listing(&["c"], Some("n1"), 3))));
    assert_eq!(state.apply(rest("c1", listing(&["b"], None, 3))), []);
    assert_eq!((ids(&state), &loaded(&state).rest), (vec!["c"], &Rest::Waiting));
}
