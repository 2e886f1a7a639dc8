//! Writing one.

use super::*;

#[test]
fn opening_the_form_puts_the_cursor_in_it_and_closing_keeps_the_text() {
    let mut state = with(listing(&[], None, 0));
    assert_eq!(
        state.apply(Action::ToggleComposer),
        [Effect::Focus(Focus::Field(FormSlot::Thread, Field::Text))]
    );
    state.apply(Action::Input(FormSlot::Thread, Field::Text, "Привіт".into()));
    state.apply(Action::ToggleComposer);
    assert_eq!((&state.composer.phase, state.composer.value(Field::Text)), (&Phase::Closed, "Привіт"));
}

#[test]
fn comment_is_sent_once_however_often_it_is_submitted() {
    let mut state = with(listing(&[], None, 0));
    let effects = write(&mut state, "Привіт");
    assert_eq!(sent(&effects).request.text, "Привіт");
    assert_eq!(state.composer.phase, Phase::Sending);
    assert!(state.apply(Action::Submit(FormSlot::Thread)).is_empty());
    assert!(state.apply(Action::ToggleComposer).is_empty());
}

#[test]
fn accepted_comment_appears_counts_and_has_the_focus() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    let effects = state.apply(accepted("b", CommentState::Published));
    assert!(effects.contains(&Effect::Focus(Focus::Comment("b".into()))));
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "b"], 2));
    assert_eq!((&state.composer.draft, state.composer.value(Field::Name)), (&Draft::default(), "Оля"));
    assert_eq!(state.announcement, Some(Announcement::Published));
}

#[test]
fn pending_comment_appears_to_its_author_and_does_not_count() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    state.apply(accepted("b", CommentState::Pending));
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "b"], 1));
    assert_eq!(state.announcement, Some(Announcement::Pending));
}

#[test]
fn own_comment_stands_once_when_the_rest_brings_it_again() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    write(&mut state, "Привіт");
    state.apply(accepted("mine", CommentState::Published));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listing(&["b", "mine"], None, 3)));
    draw(&mut state);
    assert_eq!(ids(&state), ["a", "b", "mine"]);
}

#[test]
fn own_comment_stays_last_when_the_rest_does_not_bring_it() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    write(&mut state, "Привіт");
    state.apply(accepted("mine", CommentState::Pending));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listing(&["b"], None, 2)));
    draw(&mut state);
    assert_eq!(ids(&state), ["a", "b", "mine"]);
}

#[test]
fn newest_first_shows_an_own_comment_first() {
    let mut state = with(listing(&["a"], None, 1));
    state.config.sort = dumka_api::Sort::Newest;
    write(&mut state, "Привіт");
    state.apply(accepted("b", CommentState::Published));
    assert_eq!(loaded(&state).list.detached[0].comment.id, "b");
    write(&mut state, "Ще раз");
    state.apply(accepted("c", CommentState::Published));
    state.apply(accepted("c", CommentState::Published));
    let own: Vec<_> = loaded(&state).list.detached.iter().map(|own| own.comment.id.as_str()).collect();
    assert_eq!((own, loaded(&state).thread.total), (vec!["c", "b"], 3));
}

#[test]
fn blank_text_is_refused_at_its_field_without_asking_the_server() {
    let mut state = with(listing(&[], None, 0));
    let effects = write(&mut state, "  \n ");
    assert!(effects.contains(&Effect::Focus(Focus::Field(FormSlot::Thread, Field::Text))));
    assert_eq!(state.composer.failure().and_then(Failure::kind), Some(ProblemKind::TextEmpty));
}

#[test]
fn text_is_bounded_in_characters_not_bytes() {
    let mut state = with(listing(&[], None, 0));
    write(&mut state, &"ї".repeat(10_001));
    assert_eq!(state.composer.failure().and_then(Failure::kind), Some(ProblemKind::TextTooLong));
    state.apply(Action::Input(FormSlot::Thread, Field::Text, "ї".repeat(10_000)));
    assert_eq!(state.composer.phase, Phase::Open, "the reason goes with what it was about");
    sent(&state.apply(Action::Submit(FormSlot::Thread)));
}

#[test]
fn refused_name_is_pointed_at() {
    let mut state = with(listing(&[], None, 0));
    write(&mut state, "Привіт");
    let effects = state
        .apply(Action::Submitted(FormSlot::Thread, Err(problem(ProblemKind::NameTooLong, Some("name")))));
    assert!(effects.contains(&Effect::Focus(Focus::Field(FormSlot::Thread, Field::Name))));
    assert_eq!(state.composer.value(Field::Text), "Привіт");
}

#[test]
fn retry_of_the_same_words_is_the_same_request_under_the_same_key() {
    let mut state = with(listing(&[], None, 0));
    let first = sent(&write(&mut state, "Привіт")).clone();
    state.apply(Action::Submitted(FormSlot::Thread, Err(Failure::Timeout)));
    state.config.title = Some("changed since".into());
    assert_eq!(*sent(&state.apply(Action::Submit(FormSlot::Thread))), first);
}

#[test]
fn retry_after_a_reload_is_still_the_same_request() {
    let mut state = with(listing(&[], None, 0));
    let first = sent(&write(&mut state, "Привіт")).clone();
    let kept = serde_json::to_string(&state.composer.draft).unwrap();
    let mut after =
        State::new(config(), serde_json::from_str(&kept).unwrap(), "Оля".into(), || "another".into());
    after.apply(Action::ListLoaded(after.request_id, Ok(listing(&[], None, 0))));
    after.apply(Action::ToggleComposer);
    assert_eq!(*sent(&after.apply(Action::Submit(FormSlot::Thread))), first);
}

#[test]
fn changed_words_are_another_request() {
    let mut state = State::new(config(), Draft::default(), "Оля".into(), || "fresh".into());
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&[], None, 0))));
    state.composer.draft.attempt = Some(Attempt {
        key: "old".into(),
        request: sent(&write(&mut empty(), "Привіт")).request.clone(),
    });
    assert_eq!(sent(&write(&mut state, "Привіт!")).key, "fresh");
}

#[test]
fn thread_that_closed_meanwhile_keeps_the_words() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    state.apply(Action::Submitted(FormSlot::Thread, Err(problem(ProblemKind::ThreadClosed, None))));
    assert_eq!(loaded(&state).thread.state, ThreadState::Closed);
    assert_eq!((state.composer.phase.as_str(), state.composer.value(Field::Text)), ("rejected", "Привіт"));
}

#[test]
fn what_was_written_before_the_program_was_there_becomes_the_draft() {
    let mut state = with(listing(&[], None, 0));
    let written =
        TypedForm { open: true, name: "Оля".into(), email: String::new(), text: "Вже пишу".into() };
    let effects = state.apply(Action::Hydrate(Some(written)));
    let kept = Draft { text: state.composer.draft.text.clone(), attempt: None };
    assert_eq!(effects, [Effect::SaveDraft(String::new(), kept), Effect::SaveName]);
    assert_eq!((state.composer.name.as_str(), state.composer.draft.text.as_str()), ("Оля", "Вже пишу"));
    assert_eq!(state.composer.phase, Phase::Open);
}

#[test]
fn form_that_is_not_there_changes_no_draft() {
    let mut state = with(listing(&[], None, 0));
    state.apply(Action::Input(FormSlot::Thread, Field::Text, "kept".into()));
    assert_eq!(state.apply(Action::Hydrate(None)), []);
    assert_eq!(state.composer.draft.text, "kept");
}
