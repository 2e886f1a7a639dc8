//! Showing all comments: answer after answer, step after step.

use super::*;

/// A thread of a thousand whose first hundred are shown and whose next hundred are wanted.
fn showing() -> State {
    let mut state = with(numbered(0..20, Some("c1")));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", numbered(20..120, Some("c2"))));
    state
}

/// Shows all, answering every request with a hundred comments; the requests.
fn answer_all(state: &mut State, effects: Vec<Effect>, mut came: usize) -> Vec<String> {
    let (mut effects, mut asked) = (std::collections::VecDeque::from(effects), Vec::new());
    while let Some(effect) = effects.pop_front() {
        match effect {
            Effect::ScheduleBatch => effects.extend(state.apply(Action::BatchDrawn(10.0))),
            Effect::FetchMore(cursor) => {
                let end = (came + 100).min(1_000);
                let next = (end < 1_000).then(|| format!("at {end}"));
                effects.extend(state.apply(rest(&cursor, numbered(came..end, next.as_deref()))));
                (came, asked) = (end, [asked, vec![cursor]].concat());
            }
            _ => {}
        }
    }
    asked
}

#[test]
fn show_all_asks_until_nothing_is_left_and_shows_every_comment_once() {
    let mut state = with(numbered(0..20, Some("c1")));
    let effects = state.apply(Action::ShowAll);
    let asked = answer_all(&mut state, effects, 20);
    assert_eq!((asked.len(), asked[0].as_str(), asked[9].as_str()), (10, "c1", "at 920"));
    assert_eq!(ids(&state), (0..1_000).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!((&loaded(&state).more, state.announcement), (&MoreState::None, Some(Announcement::AllShown)));
}

#[test]
fn show_all_says_that_it_began_and_focuses_the_first_new_comment_as_soon_as_it_is_there() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    let effects = state.apply(Action::ShowAll);
    assert_eq!(effects, [Effect::Focus(Focus::Stop), Effect::FetchMore("c1".into())]);
    assert_eq!(state.announcement, Some(Announcement::LoadingAll));
    assert!(state.apply(Action::ShowAll).is_empty(), "a second click asks nothing");
    assert_eq!(state.apply(rest("c1", listing(&["b"], None, 2))), [Effect::ScheduleBatch]);
    assert_eq!(ids(&state), ["a"], "nothing is drawn in the task that read the answer");
    assert_eq!(state.apply(Action::BatchDrawn(10.0)), [Effect::Focus(Focus::Comment("b".into()))]);
    assert_eq!((ids(&state), &loaded(&state).more), (vec!["a", "b"], &MoreState::None));
}

#[test]
fn at_most_one_answer_is_fetched_ahead() {
    let mut state = showing();
    let mut effects = Vec::new();
    while effects.is_empty() {
        effects = state.apply(Action::BatchDrawn(10.0));
        effects.retain(|effect| matches!(effect, Effect::FetchMore(_)));
        assert!(loaded(&state).list.waiting() < 100);
    }
    assert_eq!(effects, [Effect::FetchMore("c2".into())]);
    assert!(loaded(&state).list.waiting() > 0, "the next is asked for before these run out");
    draw(&mut state);
    assert_eq!(
        (ids(&state).len(), &loaded(&state).more),
        (120, &MoreState::Showing),
        "it waits for the answer"
    );
}

#[test]
fn slow_steps_become_smaller_and_fast_ones_larger() {
    let drawn_in = |took_ms: f64| {
        let mut state = with(numbered(0..1_000, None));
        (0..8).for_each(|_| drop(state.apply(Action::BatchDrawn(took_ms))));
        let before = ids(&state).len();
        state.apply(Action::BatchDrawn(took_ms));
        ids(&state).len() - before
    };
    assert_eq!((drawn_in(1.0), drawn_in(10.0), drawn_in(40.0)), (20, 8, 8));
    let mut state = showing();
    (0..3).for_each(|_| drop(state.apply(Action::BatchDrawn(5.0))));
    let before = ids(&state).len();
    state.apply(Action::BatchDrawn(20.0));
    assert_eq!((before, ids(&state).len()), (20 + 12 + 18 + 20, before + 10));
}

#[test]
fn stop_leaves_what_is_shown_and_goes_on_from_there() {
    let mut state = showing();
    state.apply(Action::BatchDrawn(10.0));
    assert_eq!(state.apply(Action::Stop), [Effect::Focus(Focus::ShowAll)]);
    assert_eq!(
        (ids(&state).len(), &loaded(&state).more, state.announcement),
        (28, &MoreState::Stopped, None)
    );
    assert!(state.apply(Action::Stop).is_empty());
    assert!(state.apply(Action::BatchDrawn(10.0)).is_empty(), "the step that was due is not taken");
    assert_eq!(
        state.apply(Action::ShowAll),
        [Effect::Focus(Focus::Stop), Effect::ScheduleBatch],
        "92 are here"
    );
    let effects = state.apply(Action::BatchDrawn(10.0));
    assert_eq!(effects[0], Effect::Focus(Focus::Comment("28".into())));
    assert_eq!(answer_all(&mut state, effects, 120).len(), 9);
    assert_eq!(ids(&state), (0..1_000).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn answer_that_comes_after_the_stop_is_kept_for_later() {
    let mut state = with(listing(&["a"], Some("c1"), 3));
    state.apply(Action::ShowAll);
    state.apply(Action::Stop);
    assert!(state.apply(rest("c1", listing(&["b"], Some("c2"), 3))).is_empty());
    assert_eq!((ids(&state), &loaded(&state).more), (vec!["a"], &MoreState::Stopped));
    let wanted = [Effect::Focus(Focus::Stop), Effect::ScheduleBatch, Effect::FetchMore("c2".into())];
    assert_eq!(state.apply(Action::ShowAll), wanted);
}

#[test]
fn stop_and_go_within_one_frame_makes_no_second_row_of_steps() {
    let mut state = showing();
    state.apply(Action::Stop);
    assert_eq!(state.apply(Action::ShowAll), [Effect::Focus(Focus::Stop)], "the step before is still due");
    assert!(state.apply(Action::BatchDrawn(10.0)).contains(&Effect::ScheduleBatch));
}

#[test]
fn failed_rest_keeps_what_is_there_and_goes_on_from_the_same_place() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    state.apply(Action::MoreLoaded("c1".into(), Err(Failure::Unreachable)));
    assert_eq!(loaded(&state).more, MoreState::Failed(Failure::Unreachable));
    assert_eq!(state.apply(Action::ShowAll), [Effect::Focus(Focus::Stop), Effect::FetchMore("c1".into())]);
}

#[test]
fn rest_of_a_list_that_was_asked_for_anew_is_passed_over() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["x"], Some("c9"), 1))));
    assert!(state.apply(rest("c1", listing(&["b"], None, 2))).is_empty());
    state.apply(Action::ShowAll);
    assert!(state.apply(rest("c1", listing(&["b"], None, 2))).is_empty());
    assert_eq!((ids(&state), loaded(&state).list.waiting()), (vec!["x"], 0));
}

#[test]
fn endpoint_whose_cursor_stands_still_is_not_asked_for_ever() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    let effects = state.apply(rest("c1", listing(&["b"], Some("c1"), 2)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::FetchMore(_))));
}

#[test]
fn what_is_shown_already_is_not_touched_by_a_step() {
    let mut state = showing();
    (0..8).for_each(|_| drop(state.apply(Action::BatchDrawn(10.0))));
    let groups = |state: &State| loaded(state).list.groups.clone();
    let chunks = |group: &Chunk| match group {
        Chunk::Group(chunks) => chunks.to_vec(),
        Chunk::Comments(_) => panic!("the list holds groups"),
    };
    let before = groups(&state);
    state.apply(Action::BatchDrawn(10.0));
    let after = groups(&state);
    assert!(after.len() == 2 && after[0] == before[0] && after[1] != before[1]);
    let (before, after) = (chunks(&before[1]), chunks(&after[1]));
    assert!(after.len() == before.len() + 1 && after[..before.len()] == before);
}

#[test]
fn first_answer_is_one_group_and_what_follows_are_groups_of_fifty() {
    let mut state = with(numbered(0..130, Some("c1")));
    draw(&mut state);
    assert_eq!(loaded(&state).list.groups.len(), 1);
    state.apply(Action::ShowAll);
    state.apply(rest("c1", numbered(130..230, None)));
    draw(&mut state);
    assert_eq!((loaded(&state).list.groups.len(), ids(&state).len()), (3, 230));
}

#[test]
fn widget_that_is_not_seen_yet_holds_up_nobody_and_is_there_when_all_is_drawn() {
    let mut state = empty();
    state.start_hidden();
    let effects = state.apply(Action::ListLoaded(state.request_id, Ok(numbered(0..30, None))));
    assert_eq!((ids(&state).len(), effects.as_slice()), (0, &[Effect::ScheduleBatch][..]));
    assert!(!state.thread.is_first_response_shown());
    draw(&mut state);
    assert_eq!((ids(&state).len(), state.thread.is_first_response_shown()), (30, true));
}
