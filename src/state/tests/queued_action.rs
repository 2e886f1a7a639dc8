//! Actions while a form is being sent.

use super::*;

#[test]
fn form_asked_for_while_another_one_is_on_its_way_opens_when_that_was_taken() {
    let mut state = with(listing(&["a", "b"], None, 2));
    reply(&mut state, "a", "Згоден");
    assert_eq!(press(&mut state, CommentAction::Reply, "b"), []);
    assert_eq!(panel(&state, "a").unwrap().phase.as_str(), "sending");
    let effects = state.apply(taken(FormSlot::Panel, comment("mine", Some("a"))));
    assert_eq!(effects.last(), Some(&Effect::Focus(Focus::Field(FormSlot::Panel, Field::Text))));
    assert_eq!((ids(&state), panel(&state, "b").is_some()), (vec!["a", "mine", "b"], true));
    state.apply(Action::Input(FormSlot::Panel, Field::Text, "І ще".into()));
    let FormRequest::Add(attempt) = ordered(&mut state) else { panic!("it is a reply") };
    assert_eq!(attempt.request.parent.as_deref(), Some("b"));
}

#[test]
fn form_that_comes_back_keeps_its_place_and_its_words() {
    let mut state = with(listing(&["a", "b"], None, 2));
    reply(&mut state, "a", "Згоден");
    press(&mut state, CommentAction::Report, "b");
    state.apply(Action::Submitted(FormSlot::Panel, Err(Failure::Offline)));
    let panel = panel(&state, "a").unwrap();
    assert_eq!((panel.value(Field::Text), panel.phase.as_str()), ("Згоден", "rejected"));
    state.apply(Action::Submit(FormSlot::Panel));
    state.apply(taken(FormSlot::Panel, comment("mine", Some("a"))));
    assert!(state.panel().is_none(), "what was pressed before is long forgotten");
}

#[test]
fn last_press_counts_and_only_where_its_comment_still_stands() {
    let mut state = with(listing(&["a", "b", "c"], None, 3));
    reply(&mut state, "a", "Згоден");
    press(&mut state, CommentAction::Reply, "b");
    press(&mut state, CommentAction::Report, "c");
    let gone = LiveEvent { change: LiveChange::Deleted("c".into()), total: Some(2) };
    state.apply(Action::LiveEvent(gone));
    state.apply(taken(FormSlot::Panel, comment("mine", Some("a"))));
    assert!(state.panel().is_none());
}
