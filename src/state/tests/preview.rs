//! Seeing what a text would look like.

use super::*;
use crate::state::form::Preview;

fn looks(text: &str) -> Body {
    Body::Plain(text.into())
}

fn typed(state: &mut State, text: &str) {
    state.apply(Action::Input(FormSlot::Thread, Field::Text, text.into()));
}

#[test]
fn preview_is_shown_and_put_away() {
    let mut state = with(listing(&[], None, 0));
    typed(&mut state, "*Привіт*");
    let asks = Effect::FetchPreview(FormSlot::Thread, "*Привіт*".into());
    assert_eq!(state.apply(Action::Preview(FormSlot::Thread)), [asks]);
    assert_eq!(state.composer.preview, Preview::Loading);
    assert_eq!(
        state.apply(Action::PreviewLoaded(FormSlot::Thread, "*Привіт*".into(), Ok(looks("Привіт")))),
        []
    );
    assert_eq!(state.composer.preview, Preview::Shown(looks("Привіт")));
    assert_eq!(state.apply(Action::Preview(FormSlot::Thread)), []);
    assert_eq!(state.composer.preview, Preview::Closed);
}

#[test]
fn preview_goes_with_the_text_that_it_showed() {
    let mut state = with(listing(&[], None, 0));
    typed(&mut state, "one");
    state.apply(Action::Preview(FormSlot::Thread));
    typed(&mut state, "two");
    state.apply(Action::Preview(FormSlot::Thread));
    state.apply(Action::PreviewLoaded(FormSlot::Thread, "one".into(), Ok(looks("one"))));
    assert_eq!(state.composer.preview, Preview::Loading, "the answer came too late");
    state.apply(Action::PreviewLoaded(FormSlot::Thread, "two".into(), Ok(looks("two"))));
    assert_eq!(state.composer.preview, Preview::Shown(looks("two")));
}

#[test]
fn preview_that_does_not_come_says_why_and_keeps_the_text() {
    let mut state = with(listing(&["a"], None, 1));
    press(&mut state, CommentAction::Reply, "a");
    state.apply(Action::Input(FormSlot::Panel, Field::Text, "Згоден".into()));
    state.apply(Action::Preview(FormSlot::Panel));
    let effects = state.apply(Action::PreviewLoaded(FormSlot::Panel, "Згоден".into(), Err(Failure::Offline)));
    assert_eq!(effects, [Effect::Emit(Event::Error(Failure::Offline))]);
    let panel = panel(&state, "a").unwrap();
    assert_eq!((&panel.phase, panel.value(Field::Text)), (&Phase::Open, "Згоден"));
    assert_eq!(panel.preview, Preview::Failed(Failure::Offline));
}

#[test]
fn comment_that_is_sent_waits_for_no_preview() {
    let mut state = with(listing(&[], None, 0));
    typed(&mut state, "Привіт");
    state.apply(Action::Preview(FormSlot::Thread));
    state.apply(Action::Submit(FormSlot::Thread));
    state.apply(Action::PreviewLoaded(FormSlot::Thread, "Привіт".into(), Err(Failure::Offline)));
    assert_eq!(state.composer.phase, Phase::Sending);
}

#[test]
fn preview_of_a_form_that_was_closed_is_passed_over() {
    let mut state = with(listing(&["a"], None, 1));
    press(&mut state, CommentAction::Reply, "a");
    state.apply(Action::Preview(FormSlot::Panel));
    state.apply(Action::Close(FormSlot::Panel));
    assert_eq!(state.apply(Action::PreviewLoaded(FormSlot::Panel, String::new(), Ok(looks("late")))), []);
    assert_eq!(state.apply(Action::Preview(FormSlot::Panel)), []);
    assert!(state.panel().is_none());
}
