//! Getting the comments.

use super::*;

#[test]
fn thread_without_comments_is_empty_and_has_no_rest() {
    let state = with(listing(&[], None, 0));
    assert_eq!((state.discussion.word(), &loaded(&state).rest), ("empty", &Rest::None));
}

#[test]
fn failed_first_answer_is_shown_and_can_be_retried() {
    let mut state = empty();
    state.apply(Action::Listed(Err(Failure::Timeout)));
    assert_eq!(state.discussion, Discussion::Failed(Failure::Timeout));
    assert_eq!(state.apply(Action::Reload), [Effect::List]);
    assert_eq!(state.discussion, Discussion::Loading);
}

#[test]
fn failed_refresh_leaves_the_comments_on_the_screen() {
    let mut state = with(listing(&["a"], None, 1));
    state.apply(Action::Reload);
    state.apply(Action::Listed(Err(Failure::Offline)));
    assert_eq!(ids(&state), ["a"]);
}

#[test]
fn show_all_asks_until_nothing_is_left_and_focuses_the_first_new_comment() {
    let mut state = with(listing(&["a"], Some("c1"), 3));
    assert_eq!(state.apply(Action::ShowAll), [Effect::ListRest("c1".into())]);
    assert!(state.apply(Action::ShowAll).is_empty(), "a second click asks nothing");
    let effects = state.apply(Action::RestListed(Ok(listing(&["b"], Some("c2"), 3))));
    assert_eq!(effects, [Effect::ListRest("c2".into()), Effect::Focus(Focus::Comment("b".into()))]);
    assert_eq!(state.apply(Action::RestListed(Ok(listing(&["c"], None, 3)))), []);
    assert_eq!((ids(&state), &loaded(&state).rest), (vec!["a", "b", "c"], &Rest::None));
}

#[test]
fn failed_rest_keeps_what_is_there_and_goes_on_from_the_same_place() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    state.apply(Action::RestListed(Err(Failure::Unreachable)));
    assert_eq!(loaded(&state).rest, Rest::Failed(Failure::Unreachable));
    assert_eq!(state.apply(Action::ShowAll), [Effect::ListRest("c1".into())]);
}

#[test]
fn rest_of_a_list_that_was_asked_for_anew_is_passed_over() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    state.apply(Action::Listed(Ok(listing(&["x"], None, 1))));
    assert!(state.apply(Action::RestListed(Ok(listing(&["b"], None, 2)))).is_empty());
    assert_eq!(ids(&state), ["x"]);
}

#[test]
fn endpoint_whose_cursor_stands_still_is_not_asked_for_ever() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    let effects = state.apply(Action::RestListed(Ok(listing(&["b"], Some("c1"), 2))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::ListRest(_))));
}

#[test]
fn replies_stand_under_their_parents_with_their_depth() {
    let comments = vec![
        comment("a", None),
        comment("b", Some("a")),
        comment("c", Some("b")),
        comment("d", Some("a")),
        comment("e", None),
        comment("f", Some("nowhere")),
        comment("g", Some("a")),
    ];
    let nodes = forest::plant(Vec::new(), comments);
    let depths: Vec<_> = nodes.iter().map(|node| node.depth).collect();
    assert_eq!(depths, [0, 1, 2, 1, 0, 0, 1]);
    assert_eq!(nodes[2].answers.as_ref().map(|parent| parent.id.as_str()), Some("b"));
}

#[test]
fn chain_of_ten_thousand_replies_is_planted() {
    let chain =
        (0..10_000_u32).map(|n| comment(&n.to_string(), n.checked_sub(1).map(|p| p.to_string()).as_deref()));
    let nodes = forest::plant(Vec::new(), chain.collect());
    assert_eq!(nodes.last().map(|node| node.depth), Some(9_999));
}
