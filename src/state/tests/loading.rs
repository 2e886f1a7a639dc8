//! Getting the comments.

use super::*;

#[test]
fn thread_without_comments_is_empty_and_has_no_rest() {
    let state = with(listing(&[], None, 0));
    assert_eq!((state.thread.as_str(), &loaded(&state).more), ("empty", &MoreState::None));
}

#[test]
fn failed_first_answer_is_shown_and_can_be_retried() {
    let mut state = empty();
    state.apply(Action::ListLoaded(state.request_id, Err(Failure::Timeout)));
    assert_eq!(state.thread, LoadState::Failed(Failure::Timeout));
    assert_eq!(state.apply(Action::Reload), [Effect::FetchList(state.request_id)]);
    assert_eq!(state.thread, LoadState::Loading);
}

#[test]
fn failed_refresh_leaves_the_comments_on_the_screen() {
    let mut state = with(listing(&["a"], None, 1));
    state.apply(Action::Reload);
    state.apply(Action::ListLoaded(state.request_id, Err(Failure::Offline)));
    assert_eq!(ids(&state), ["a"]);
}

#[test]
fn first_part_is_shown_at_once_and_the_first_answer_to_its_end() {
    let mut state = empty();
    let effects = state.apply(Action::ListLoaded(state.request_id, Ok(numbered(0..100, None))));
    assert_eq!((effects, ids(&state).len()), (vec![Effect::ScheduleBatch], 25));
    assert!(!state.thread.is_first_response_shown());
    while !state.thread.is_first_response_shown() {
        let effects = state.apply(Action::BatchDrawn(10.0));
        assert_eq!(
            effects,
            [if ids(&state).len() < 100 { Effect::ScheduleBatch } else { Effect::Emit(Event::Ready) }]
        );
    }
    assert_eq!((ids(&state).len(), &loaded(&state).more), (100, &MoreState::None));
}

#[test]
fn refresh_shows_at_once_as_many_as_stood_there() {
    let mut state = with(numbered(0..60, None));
    draw(&mut state);
    state.apply(Action::Reload);
    assert_eq!(
        state.apply(Action::ListLoaded(state.request_id, Ok(numbered(0..61, None)))),
        [Effect::ScheduleBatch]
    );
    assert_eq!(ids(&state).len(), 60);
}

#[test]
fn refresh_between_two_steps_makes_no_second_row_of_them() {
    let mut state = with(numbered(0..60, None));
    assert_eq!(
        state.apply(Action::ListLoaded(state.request_id, Ok(numbered(0..60, None)))),
        [],
        "one step is due already"
    );
    assert_eq!(state.apply(Action::BatchDrawn(10.0)), [Effect::ScheduleBatch]);
}

#[test]
fn thread_can_be_shown_at_once() {
    let mut state = with(numbered(0..300, Some("c1")));
    state.show_at_once();
    assert_eq!((ids(&state).len(), &loaded(&state).more), (300, &MoreState::Waiting));
}

#[test]
fn what_stands_before_is_asked_for_without_the_comment_and_its_first_one_has_the_focus() {
    let mut state = empty();
    state.config.comment = Some("b".into());
    state.apply(Action::ListLoaded(
        state.request_id,
        Ok(Listing { earlier: true, ..listing(&["b"], None, 2) }),
    ));
    assert_eq!(loaded(&state).earlier, EarlierState::Some);
    assert_eq!(state.apply(Action::ShowEarlier), [Effect::FetchList(state.request_id)]);
    assert_eq!((&state.config.comment, &loaded(&state).earlier), (&None, &EarlierState::Loading));
    assert_eq!(state.apply(Action::ShowEarlier), [], "a second click asks nothing");
    let effects = state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["a", "b"], None, 2))));
    assert!(effects.contains(&Effect::Focus(Focus::Comment("a".into()))));
    assert_eq!((ids(&state), &loaded(&state).earlier), (vec!["a", "b"], &EarlierState::None));
}

#[test]
fn what_stands_before_can_be_asked_for_again() {
    let mut state = with(Listing { earlier: true, ..listing(&["b"], None, 2) });
    state.apply(Action::ShowEarlier);
    state.apply(Action::ListLoaded(state.request_id, Err(Failure::Offline)));
    assert_eq!((ids(&state), &loaded(&state).earlier), (vec!["b"], &EarlierState::Failed(Failure::Offline)));
    assert_eq!(state.apply(Action::ShowEarlier), [Effect::FetchList(state.request_id)]);
}
