//! Deleting what one wrote.

use super::*;
use crate::state::session::SessionChange;

fn delete(state: &mut State, id: &str) -> Vec<Effect> {
    press(state, CommentAction::Delete, id);
    ordered(state);
    state.apply(Action::Submitted(FormSlot::Panel, Ok(None)))
}

#[test]
fn delete_asks_first_and_then_takes_the_comment_away_and_its_right() {
    let mut state = with_own(&["a"]);
    assert_eq!(
        press(&mut state, CommentAction::Delete, "mine"),
        [Effect::Focus(Focus::Submit(FormSlot::Panel))]
    );
    assert_eq!(ids(&state), ["a", "mine"]);
    assert_eq!(ordered(&mut state), FormRequest::Delete("mine".into(), "token of mine".into()));
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Ok(None)));
    assert_eq!(
        effects,
        [Effect::SaveSession(SessionChange::Removed("mine".into())), Effect::Focus(Focus::Add)]
    );
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a"], 1));
    assert_eq!(state.announcement, Some(Announcement::Deleted));
}

#[test]
fn refused_delete_leaves_the_comment_and_says_why() {
    let mut state = with_own(&["a"]);
    press(&mut state, CommentAction::Delete, "mine");
    ordered(&mut state);
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Err(Failure::Offline)));
    assert_eq!(effects[0], Effect::Focus(Focus::Alert(FormSlot::Panel)));
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "mine"], 2));
    assert_eq!(
        state.apply(Action::Close(FormSlot::Panel)),
        [Effect::Focus(Focus::Control(CommentAction::Delete, "mine".into()))]
    );
}

#[test]
fn deleted_comment_that_is_answered_leaves_a_mark_which_has_the_focus_and_no_buttons() {
    let mut state = with_own(&["a"]);
    reply(&mut state, "mine", "І ще");
    state.apply(taken(FormSlot::Panel, comment("reply", Some("mine"))));
    let effects = delete(&mut state, "mine");
    assert!(effects.contains(&Effect::Focus(Focus::Comment("mine".into()))));
    let mark = node(&state, "mine");
    assert_eq!((mark.comment.state, mark.minutes_left), (CommentState::Deleted, None));
    assert_eq!((mark.comment.author.name.as_str(), &mark.comment.body), ("", &Body::Blocks(vec![])));
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "mine", "reply"], 2));
}

#[test]
fn mark_goes_with_its_last_reply_and_so_do_the_marks_above() {
    let mut state = with_own(&["a"]);
    for (id, parent) in [("second", "mine"), ("third", "second")] {
        reply(&mut state, parent, "І ще");
        state.apply(taken(FormSlot::Panel, comment(id, Some(parent))));
    }
    delete(&mut state, "mine");
    delete(&mut state, "second");
    assert_eq!(ids(&state), ["a", "mine", "second", "third"]);
    let effects = delete(&mut state, "third");
    assert_eq!(effects.last(), Some(&Effect::Focus(Focus::Add)), "what it answered went with it");
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a"], 1));
}

#[test]
fn deleted_reply_gives_the_focus_to_what_it_answered() {
    let mut state = with_own(&["a"]);
    reply(&mut state, "a", "Згоден");
    state.apply(taken(FormSlot::Panel, comment("reply", Some("a"))));
    let effects = delete(&mut state, "reply");
    assert!(effects.contains(&Effect::Focus(Focus::Comment("a".into()))));
    assert_eq!((ids(&state), node(&state, "a").replies), (vec!["a", "mine"], Replies::None));
}

#[test]
fn pending_comment_that_is_deleted_was_never_counted() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    let pending = Comment { state: CommentState::Pending, ..comment("mine", None) };
    state.apply(taken(FormSlot::Thread, pending));
    delete(&mut state, "mine");
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a"], 1));
}

/// Somebody deletes a comment while the reader writes under it.
fn deleted_under_a_form(comments: &[(&str, Option<&str>)], id: &str) -> State {
    let mut state = with(listed(comments, None));
    press(&mut state, CommentAction::Reply, id);
    state.apply(Action::LiveEvent(LiveEvent { change: LiveChange::Deleted(id.into()), total: None }));
    assert_eq!(node(&state, id).comment.state, CommentState::Deleted, "what is typed stays where it is");
    state
}

#[test]
fn mark_that_stood_for_a_form_alone_goes_when_that_is_closed() {
    let mut state = deleted_under_a_form(&[("a", None), ("b", Some("a"))], "b");
    assert_eq!(state.apply(Action::Close(FormSlot::Panel)), [Effect::Focus(Focus::Comment("a".into()))]);
    assert_eq!((ids(&state), node(&state, "a").replies), (vec!["a"], Replies::None));
    let mut state = deleted_under_a_form(&[("a", None)], "a");
    assert_eq!(state.apply(Action::Close(FormSlot::Panel)), [Effect::Focus(Focus::Add)]);
    assert_eq!(state.thread.as_str(), "empty");
}

#[test]
fn mark_that_stood_for_a_form_alone_goes_when_another_form_takes_its_place() {
    let mut state = deleted_under_a_form(&[("a", None), ("b", None)], "a");
    press(&mut state, CommentAction::Reply, "b");
    assert_eq!((ids(&state), panel(&state, "b").is_some()), (vec!["b"], true));
}

#[test]
fn mark_stays_for_the_reply_that_was_sent_from_under_it_and_goes_after_a_report() {
    let mut state = deleted_under_a_form(&[("a", None)], "a");
    state.apply(Action::Input(FormSlot::Panel, Field::Text, "Згоден".into()));
    state.apply(Action::Submit(FormSlot::Panel));
    let effects = state.apply(taken(FormSlot::Panel, comment("mine", Some("a"))));
    assert!(effects.contains(&Effect::Focus(Focus::Comment("mine".into()))));
    assert_eq!(ids(&state), ["a", "mine"]);
    let mut state = with(listing(&["a"], None, 1));
    press(&mut state, CommentAction::Report, "a");
    state.apply(Action::LiveEvent(LiveEvent { change: LiveChange::Deleted("a".into()), total: None }));
    state.apply(Action::Input(FormSlot::Panel, Field::Reason, "spam".into()));
    ordered(&mut state);
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Ok(None)));
    assert_eq!(effects.last(), Some(&Effect::Focus(Focus::Add)));
    assert_eq!(ids(&state), [""; 0]);
}
