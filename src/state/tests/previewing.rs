//! Seeing what a text would look like.

use super::*;
use crate::state::composer::Preview;

fn looks(text: &str) -> Body {
    Body::Plain(text.into())
}

fn typed(state: &mut State, text: &str) {
    state.apply(Action::Typed(Form::Thread, Field::Text, text.into()));
}

#[test]
fn preview_is_shown_and_put_away() {
    let mut state = with(listing(&[], None, 0));
    typed(&mut state, "*Привіт*");
    let asks = Effect::Preview(Form::Thread, "*Привіт*".into());
    assert_eq!(state.apply(Action::Preview(Form::Thread)), [asks]);
    assert_eq!(state.composer.preview, Preview::Loading);
    assert_eq!(state.apply(Action::Previewed(Form::Thread, "*Привіт*".into(), Ok(looks("Привіт")))), []);
    assert_eq!(state.composer.preview, Preview::Shown(looks("Привіт")));
    assert_eq!(state.apply(Action::Preview(Form::Thread)), []);
    assert_eq!(state.composer.preview, Preview::Closed);
}

#[test]
fn preview_goes_with_the_text_that_it_showed() {
    let mut state = with(listing(&[], None, 0));
    typed(&mut state, "one");
    state.apply(Action::Preview(Form::Thread));
    typed(&mut state, "two");
    state.apply(Action::Preview(Form::Thread));
    state.apply(Action::Previewed(Form::Thread, "one".into(), Ok(looks("one"))));
    assert_eq!(state.composer.preview, Preview::Loading, "the answer came too late");
    state.apply(Action::Previewed(Form::Thread, "two".into(), Ok(looks("two"))));
    assert_eq!(state.composer.preview, Preview::Shown(looks("two")));
}

#[test]
fn preview_that_does_not_come_says_why_and_keeps_the_text() {
    let mut state = with(listing(&["a"], None, 1));
    press(&mut state, Press::Reply, "a");
    state.apply(Action::Typed(Form::Panel, Field::Text, "Згоден".into()));
    state.apply(Action::Preview(Form::Panel));
    let effects = state.apply(Action::Previewed(Form::Panel, "Згоден".into(), Err(Failure::Offline)));
    assert_eq!(effects, [Effect::Emit(Event::Error(Failure::Offline))]);
    let panel = node(&state, "a").panel.as_deref().unwrap();
    assert_eq!((&panel.phase, panel.value(Field::Text)), (&Phase::Open, "Згоден"));
    assert_eq!(panel.preview, Preview::Failed(Failure::Offline));
}

#[test]
fn comment_that_is_sent_waits_for_no_preview() {
    let mut state = with(listing(&[], None, 0));
    typed(&mut state, "Привіт");
    state.apply(Action::Preview(Form::Thread));
    state.apply(Action::Submit(Form::Thread));
    state.apply(Action::Previewed(Form::Thread, "Привіт".into(), Err(Failure::Offline)));
    assert_eq!(state.composer.phase, Phase::Sending);
}

#[test]
fn preview_of_a_form_that_was_closed_is_passed_over() {
    let mut state = with(listing(&["a"], None, 1));
    press(&mut state, Press::Reply, "a");
    state.apply(Action::Preview(Form::Panel));
    state.apply(Action::Close(Form::Panel));
    assert_eq!(state.apply(Action::Previewed(Form::Panel, String::new(), Ok(looks("late")))), []);
    assert_eq!(state.apply(Action::Preview(Form::Panel)), []);
    assert!(state.panel.is_none());
}
