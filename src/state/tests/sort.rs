//! Choosing the order.

use dumka_api::Sort;

use super::*;

#[test]
fn other_order_is_kept_and_the_list_asked_for_anew_from_its_beginning() {
    let mut state = with(listing(&["a", "b"], None, 2));
    state.config.comment = Some("b".into());
    let effects = state.apply(Action::SortBy(Sort::Newest));
    assert_eq!(effects, [Effect::SaveSort(Sort::Newest), Effect::FetchList(state.request_id)]);
    assert_eq!((state.config.sort, &state.config.comment), (Sort::Newest, &None));
    assert_eq!(ids(&state), ["a", "b"], "they stand until the others come");
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["b", "a"], None, 2))));
    assert_eq!(ids(&state), ["b", "a"]);
    assert_eq!(state.announcement, Some(Announcement::Sorted(Sort::Newest)));
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
    let effects = state.apply(Action::ListLoaded(state.request_id, Err(Failure::Offline)));
    assert!(effects.contains(&Effect::SaveSort(Sort::Oldest)));
    assert_eq!((ids(&state), state.config.sort), (vec!["a", "b"], Sort::Oldest));
    assert_eq!(state.announcement, Some(Announcement::ListFailed));
    let effects = state.apply(Action::SortBy(Sort::Newest));
    assert_eq!(effects, [Effect::SaveSort(Sort::Newest), Effect::FetchList(state.request_id)]);
}

#[test]
fn order_chosen_while_the_rest_comes_begins_anew() {
    let mut state = with(listing(&["a"], Some("c1"), 3));
    state.apply(Action::ShowAll);
    state.apply(Action::SortBy(Sort::Newest));
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["c"], Some("n1"), 3))));
    assert_eq!(state.apply(rest("c1", listing(&["b"], None, 3))), []);
    assert_eq!((ids(&state), &loaded(&state).more), (vec!["c"], &MoreState::Waiting));
}

#[test]
fn of_two_orders_chosen_quickly_the_last_one_is_shown_whichever_answer_comes_first() {
    let answers = [(1, ["b", "a"]), (2, ["c", "a"])];
    for order in [[0, 1], [1, 0]] {
        let mut state = with(listing(&["a", "b"], None, 2));
        assert_eq!(state.apply(Action::SortBy(Sort::Newest))[1], Effect::FetchList(1));
        assert_eq!(state.apply(Action::SortBy(Sort::Best))[1], Effect::FetchList(2));
        for (request_id, shown) in order.map(|at: usize| answers[at]) {
            state.apply(Action::ListLoaded(request_id, Ok(listing(&shown, None, 2))));
        }
        assert_eq!((ids(&state), state.shown_sort()), (vec!["c", "a"], Sort::Best));
    }
}

#[test]
fn failure_of_an_order_that_nobody_waits_for_any_more_is_passed_over() {
    let mut state = with(listing(&["a", "b"], None, 2));
    state.apply(Action::SortBy(Sort::Newest));
    state.apply(Action::SortBy(Sort::Best));
    assert_eq!(state.apply(Action::ListLoaded(1, Err(Failure::Offline))), []);
    assert_eq!((state.config.sort, state.announcement), (Sort::Best, None));
}

#[test]
fn what_goes_on_while_an_order_is_on_its_way_goes_on_in_the_one_that_is_shown() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::SortBy(Sort::Newest));
    assert!(state.apply(Action::ShowAll).contains(&Effect::FetchMore("c1".into())));
    assert_eq!(state.shown_sort(), Sort::Oldest);
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["b"], Some("c1"), 2))));
    assert_eq!(state.shown_sort(), Sort::Newest);
}

#[test]
fn featured_ones_are_looked_at_in_this_thread_alone() {
    let mut state = with(listing(&["a", "b"], None, 2));
    assert_eq!(state.apply(Action::SortBy(Sort::Featured)), [Effect::FetchList(state.request_id)]);
    assert_eq!(state.apply(Action::SortBy(Sort::Newest))[0], Effect::SaveSort(Sort::Newest));
}
