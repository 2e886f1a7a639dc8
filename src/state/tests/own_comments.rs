//! Changing what one wrote.

use dumka_api::{CommentEdit, EditedAt};

use super::*;
use crate::state::action::Source;
use crate::state::session::{OwnedComment, Session, SessionChange};

fn moment(words: &str) -> Timestamp {
    Timestamp(words.into())
}

/// The comment `id` with another text.
fn edited(id: &str) -> Comment {
    Comment { edited_at: Some(moment("now")), body: Body::Plain("інше".into()), ..comment(id, None) }
}

/// Opens the form for a change of `mine`, which was changed before at `edited_at`.
fn open_edit(state: &mut State, edited_at: Option<Timestamp>) -> Vec<Effect> {
    press(state, CommentAction::Edit, "mine");
    let comment = Comment { edited_at, ..comment("mine", None) };
    state.apply(Action::SourceLoaded("mine".into(), Ok(Source { comment, text: "*було*".into() })))
}

#[test]
fn right_to_change_is_kept_and_counted_down_until_it_goes() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    let effects = state.apply(taken(FormSlot::Thread, comment("mine", None)));
    let right = OwnedComment { id: "mine".into(), token: "token of mine".into(), until_ms: 900_000 };
    assert!(effects.contains(&Effect::SaveSession(SessionChange::Owned(right))));
    assert_eq!((node(&state, "mine").minutes_left, node(&state, "a").minutes_left), (Some(15), None));
    for (now_ms, minutes_left) in [(60_000, Some(14)), (899_999, Some(1)), (900_000, None)] {
        assert_eq!(state.apply(Action::Tick(now_ms)), []);
        assert_eq!(node(&state, "mine").minutes_left, minutes_left);
    }
}

#[test]
fn tick_touches_only_the_comments_that_it_changes() {
    let mut state = with_own(&["a"]);
    let before = loaded(&state).list.detached.clone();
    state.apply(Action::Tick(1));
    assert!(
        std::rc::Rc::ptr_eq(&before, &loaded(&state).list.detached),
        "fifteen minutes are left as before"
    );
    let mut waiting = empty();
    assert_eq!(waiting.apply(Action::Tick(5)), [], "there is no thread yet");
}

#[test]
fn rights_are_given_back_to_comments_that_come_anew() {
    let own = OwnedComment { id: "b".into(), token: "token".into(), until_ms: 120_000 };
    let mut state = empty().with_session(Session { owned: vec![own], votes: vec![] }, 60_000);
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["a", "b"], None, 2))));
    assert_eq!((node(&state, "a").minutes_left, node(&state, "b").minutes_left), (None, Some(1)));
}

#[test]
fn edit_begins_with_the_text_as_it_was_written() {
    let mut state = with_own(&["a"]);
    assert_eq!(press(&mut state, CommentAction::Edit, "a"), [], "somebody else wrote it");
    let asks = Effect::FetchSource("mine".into(), "token of mine".into());
    assert_eq!(press(&mut state, CommentAction::Edit, "mine"), [asks]);
    assert!(state.panel().is_none(), "the form comes with the text");
    let effects = open_edit(&mut state, None);
    let focus = Effect::Focus(Focus::Field(FormSlot::Panel, Field::Text));
    assert_eq!(effects, [Effect::LoadDraft(" edit mine".into()), focus]);
    assert_eq!(panel(&state, "mine").unwrap().value(Field::Text), "*було*");
    state.apply(Action::DraftLoaded(Draft { text: "недописане".into(), attempt: None }));
    assert_eq!(panel(&state, "mine").unwrap().value(Field::Text), "недописане");
}

#[test]
fn text_that_does_not_come_is_said_at_the_comment() {
    let mut state = with_own(&["a"]);
    press(&mut state, CommentAction::Edit, "mine");
    let failure = problem(ProblemKind::NotYours, None);
    let effects = state.apply(Action::SourceLoaded("mine".into(), Err(failure.clone())));
    assert_eq!(effects, [Effect::Emit(Event::Error(failure.clone()))]);
    assert_eq!(
        (node(&state, "mine").action_error.as_deref(), state.panel().is_none()),
        (Some(&failure), true)
    );
}

#[test]
fn text_that_comes_while_a_form_is_on_its_way_opens_nothing() {
    let mut state = with_own(&["a"]);
    press(&mut state, CommentAction::Edit, "mine");
    reply(&mut state, "a", "Згоден");
    assert_eq!(open_edit(&mut state, None), []);
    let panel = panel(&state, "a").unwrap();
    assert_eq!((panel.value(Field::Text), panel.phase.as_str()), ("Згоден", "sending"));
}

#[test]
fn edit_says_which_text_it_began_with_and_shows_the_new_one_in_its_place() {
    let mut state = with_own(&["a"]);
    open_edit(&mut state, Some(moment("before")));
    let effects = state.apply(Action::Input(FormSlot::Panel, Field::Text, "інше".into()));
    assert_eq!(
        effects,
        [Effect::SaveDraft(" edit mine".into(), Draft { text: "інше".into(), attempt: None })]
    );
    let edit = CommentEdit { text: "інше".into(), edited_at: Some(EditedAt(Some(moment("before")))) };
    assert_eq!(ordered(&mut state), FormRequest::Edit("mine".into(), "token of mine".into(), edit));
    let accepted = Accepted { comment: edited("mine"), token: None, until_ms: None, now_ms: 0 };
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Ok(Some(accepted))));
    let forgotten = Effect::SaveDraft(" edit mine".into(), Draft::default());
    assert_eq!(effects, [forgotten, Effect::Focus(Focus::Comment("mine".into()))]);
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "mine"], 2));
    assert_eq!(
        (&*node(&state, "mine").comment, state.announcement),
        (&edited("mine"), Some(Announcement::Saved))
    );
    assert_eq!(node(&state, "mine").minutes_left, Some(15), "it can be changed again");
}

#[test]
fn edit_that_is_held_says_so() {
    let mut state = with_own(&["a"]);
    open_edit(&mut state, None);
    ordered(&mut state);
    let comment = Comment { state: CommentState::Pending, ..edited("mine") };
    let accepted = Accepted { comment, token: None, until_ms: None, now_ms: 0 };
    state.apply(Action::Submitted(FormSlot::Panel, Ok(Some(accepted))));
    assert_eq!(state.announcement, Some(Announcement::Pending));
}

#[test]
fn edit_of_a_text_that_changed_meanwhile_is_refused_once_and_then_meant() {
    let mut state = with_own(&["a"]);
    open_edit(&mut state, None);
    let FormRequest::Edit(_, _, first) = ordered(&mut state) else { panic!("it is an edit") };
    assert_eq!(first.edited_at, Some(EditedAt(None)), "it was never changed before");
    let effects =
        state.apply(Action::Submitted(FormSlot::Panel, Err(problem(ProblemKind::EditConflict, None))));
    assert_eq!(effects[0], Effect::Focus(Focus::Alert(FormSlot::Panel)));
    let FormRequest::Edit(_, _, second) = ordered(&mut state) else { panic!("it is an edit") };
    assert_eq!((second.edited_at, second.text), (None, first.text));
}

#[test]
fn edit_after_its_window_is_refused_and_keeps_the_words() {
    let mut state = with_own(&["a"]);
    open_edit(&mut state, None);
    state.apply(Action::Tick(2_000_000));
    ordered(&mut state);
    let failure = problem(ProblemKind::EditWindowOver, None);
    state.apply(Action::Submitted(FormSlot::Panel, Err(failure.clone())));
    let panel = panel(&state, "mine").unwrap();
    assert_eq!((panel.failure(), panel.value(Field::Text)), (Some(&failure), "*було*"));
    assert_eq!(node(&state, "mine").minutes_left, None);
}

#[test]
fn blank_edit_is_refused_without_asking_the_server() {
    let mut state = with_own(&["a"]);
    open_edit(&mut state, None);
    state.apply(Action::Input(FormSlot::Panel, Field::Text, " ".into()));
    let effects = state.apply(Action::Submit(FormSlot::Panel));
    assert_eq!(effects[0], Effect::Focus(Focus::Field(FormSlot::Panel, Field::Text)));
    assert_eq!(
        state.panel().and_then(Composer::failure).and_then(Failure::kind),
        Some(ProblemKind::TextEmpty)
    );
}

#[test]
fn address_of_a_comment_is_copied_and_that_is_said() {
    let mut state = with(listing(&["a"], None, 1));
    assert_eq!(press(&mut state, CommentAction::Permalink, "a"), [Effect::CopyLink("a".into())]);
    assert_eq!(state.announcement, None, "it is not copied yet");
    state.apply(Action::LinkCopied);
    assert_eq!(state.announcement, Some(Announcement::LinkCopied));
}
