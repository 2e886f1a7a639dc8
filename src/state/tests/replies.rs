//! Answering a comment.

use super::*;

/// Answers `parent`, and is answered with a reply of that id.
fn replied(state: &mut State, id: &str, parent: &str) -> Vec<Effect> {
    reply(state, parent, "Згоден");
    state.apply(taken(FormSlot::Panel, comment(id, Some(parent))))
}

#[test]
fn reply_is_written_under_its_comment_and_names_it() {
    let mut state = with(listing(&["a", "b"], None, 2));
    let effects = press(&mut state, CommentAction::Reply, "a");
    let focus = Effect::Focus(Focus::Field(FormSlot::Panel, Field::Text));
    assert_eq!(effects, [Effect::LoadDraft(" a".into()), focus]);
    assert_eq!((state.phase(), panel(&state, "b").is_none()), (&Phase::Open, true));
    state.apply(Action::Input(FormSlot::Panel, Field::Text, "Згоден".into()));
    let form = panel(&state, "a").unwrap();
    assert_eq!((form.value(Field::Text), form.value(Field::Name)), ("Згоден", "Оля"));
    let effects = state.apply(Action::Submit(FormSlot::Panel));
    let request = &sent(&effects).request;
    assert_eq!((request.parent.as_deref(), request.text.as_str()), (Some("a"), "Згоден"));
    assert_eq!(panel(&state, "a").unwrap().phase, Phase::Sending);
}

#[test]
fn accepted_reply_stands_at_the_end_of_its_branch_counts_and_has_the_focus() {
    let mut state = with(listed(&[("a", None), ("b", Some("a")), ("c", Some("b")), ("d", None)], None));
    let effects = replied(&mut state, "mine", "a");
    assert!(effects.contains(&Effect::Focus(Focus::Comment("mine".into()))));
    assert!(effects.contains(&Effect::SaveDraft(" a".into(), Draft::default())));
    assert_eq!(ids(&state), ["a", "b", "c", "mine", "d"]);
    assert_eq!((node(&state, "mine").depth, loaded(&state).thread.total), (1, 5));
    assert!(state.panel().is_none() && panel(&state, "a").is_none());
    assert_eq!(state.announcement, Some(Announcement::Published));
}

#[test]
fn refused_reply_keeps_its_words_and_is_the_same_request_again() {
    let mut state = with(listing(&["a"], None, 1));
    let first = sent(&reply(&mut state, "a", "Згоден")).clone();
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Err(Failure::Timeout)));
    assert_eq!(effects[0], Effect::Focus(Focus::Alert(FormSlot::Panel)));
    let form = panel(&state, "a").unwrap();
    assert_eq!((form.failure(), form.value(Field::Text)), (Some(&Failure::Timeout), "Згоден"));
    assert_eq!(*sent(&state.apply(Action::Submit(FormSlot::Panel))), first);
}

#[test]
fn reply_to_a_thread_that_closed_meanwhile_keeps_its_words_and_closes_the_thread() {
    let mut state = with(listing(&["a"], None, 1));
    reply(&mut state, "a", "Згоден");
    state.apply(Action::Submitted(FormSlot::Panel, Err(problem(ProblemKind::ThreadClosed, None))));
    assert!(state.is_closed());
    assert_eq!(panel(&state, "a").unwrap().value(Field::Text), "Згоден");
}

#[test]
fn first_reply_can_be_folded_up_and_one_that_comes_again_stands_once() {
    let mut state = with(listing(&["a", "b"], None, 2));
    replied(&mut state, "mine", "a");
    assert_eq!(node(&state, "a").replies, Replies::Shown);
    replied(&mut state, "mine", "a");
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "mine", "b"], 3));
}

#[test]
fn reply_ends_a_branch_of_which_a_part_is_not_shown_yet_and_is_seen_at_once() {
    let mut state = with(listing(&["x"], Some("c1"), 3));
    state.apply(Action::ShowAll);
    let mut branch = vec![("a".to_owned(), None)];
    branch.extend((0..12).map(|number| (number.to_string(), Some("a"))));
    let branch: Vec<_> = branch.iter().map(|(id, parent)| (id.as_str(), *parent)).collect();
    state.apply(rest("c1", listed(&[&branch[..], &[("z", None)]].concat(), None)));
    state.apply(Action::BatchDrawn(10.0));
    state.apply(Action::Stop);
    assert!(ids(&state).contains(&"a") && !ids(&state).contains(&"11"), "a part of it waits");
    replied(&mut state, "mine", "a");
    assert_eq!(ids(&state)[12..], ["10", "11", "mine"]);
    state.apply(Action::ShowAll);
    draw(&mut state);
    assert_eq!(ids(&state)[12..], ["10", "11", "mine", "z"]);
}

#[test]
fn reply_ends_a_branch_that_a_later_answer_goes_on_with() {
    let mut state = with(listed(&[("a", None), ("b", Some("a"))], Some("c1")));
    replied(&mut state, "mine", "a");
    replied(&mut state, "again", "mine");
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listed(&[("c", Some("b")), ("d", Some("c")), ("z", None)], None)));
    draw(&mut state);
    assert_eq!(ids(&state), ["a", "b", "c", "d", "mine", "again", "z"]);
    assert_eq!((node(&state, "b").replies, node(&state, "again").depth), (Replies::Shown, 2));
}

#[test]
fn reply_stands_once_when_a_later_answer_brings_it_with_what_is_under_it() {
    let mut state = with(listed(&[("a", None), ("b", Some("a"))], Some("c1")));
    replied(&mut state, "mine", "a");
    replied(&mut state, "again", "mine");
    state.apply(Action::ShowAll);
    let later = [("c", Some("b")), ("mine", Some("a")), ("again", Some("mine")), ("z", None)];
    state.apply(rest("c1", listed(&later, None)));
    draw(&mut state);
    assert_eq!(ids(&state), ["a", "b", "c", "mine", "again", "z"]);
    assert_eq!(node(&state, "again").minutes_left, Some(15), "it is still the reader's own");
}

#[test]
fn pending_reply_goes_with_the_own_comment_that_a_later_answer_brings() {
    let mut state = with(listing(&["a"], Some("c1"), 3));
    own(&mut state, "mine");
    reply(&mut state, "mine", "І ще");
    let pending = Comment { state: CommentState::Pending, ..comment("held", Some("mine")) };
    state.apply(taken(FormSlot::Panel, pending));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listing(&["b", "mine", "c"], None, 4)));
    draw(&mut state);
    assert_eq!(ids(&state), ["a", "b", "mine", "held", "c"]);
    assert_eq!(node(&state, "mine").replies, Replies::Shown);
}

#[test]
fn form_stands_where_its_comment_does_after_a_new_listing_and_after_the_rest() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    own(&mut state, "mine");
    press(&mut state, CommentAction::Reply, "mine");
    state.apply(Action::Input(FormSlot::Panel, Field::Text, "пишу".into()));
    let text = |state: &State| panel(state, "mine").map(|it| it.value(Field::Text).to_owned());
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listing(&["b", "mine"], Some("c2"), 3)));
    assert_eq!(text(&state).as_deref(), Some("пишу"), "the rest brought the comment");
    state.apply(Action::Reload);
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["a", "mine"], Some("c1"), 3))));
    assert_eq!(text(&state).as_deref(), Some("пишу"), "the list came anew");
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["a"], Some("c1"), 3))));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listing(&["mine"], None, 3)));
    assert_eq!(text(&state).as_deref(), Some("пишу"), "the list came anew without it, and then the rest");
}

#[test]
fn each_form_has_a_draft_of_its_own_which_outlives_the_form() {
    let mut state = with(listing(&["a", "b"], None, 2));
    press(&mut state, CommentAction::Reply, "a");
    let draft = Draft { text: "для a".into(), attempt: None };
    let effects = state.apply(Action::Input(FormSlot::Panel, Field::Text, "для a".into()));
    assert_eq!(effects, [Effect::SaveDraft(" a".into(), draft.clone())]);
    let effects = state.apply(Action::Close(FormSlot::Panel));
    assert_eq!(
        effects,
        [Effect::Focus(Focus::Control(CommentAction::Reply, "a".into()))],
        "nothing is forgotten"
    );
    assert!(state.panel().is_none() && panel(&state, "a").is_none());
    assert_eq!(press(&mut state, CommentAction::Reply, "b")[0], Effect::LoadDraft(" b".into()));
    state.apply(Action::DraftLoaded(Draft::default()));
    assert_eq!(panel(&state, "b").unwrap().value(Field::Text), "");
    assert_eq!(press(&mut state, CommentAction::Reply, "a")[0], Effect::LoadDraft(" a".into()));
    state.apply(Action::DraftLoaded(draft));
    assert_eq!(panel(&state, "a").unwrap().value(Field::Text), "для a");
    assert!(panel(&state, "b").is_none(), "one form is open at a time");
}

#[test]
fn form_on_its_way_is_neither_closed_nor_replaced() {
    let mut state = with(listing(&["a", "b"], None, 2));
    reply(&mut state, "a", "Згоден");
    assert_eq!(state.apply(Action::Close(FormSlot::Panel)), []);
    assert_eq!(press(&mut state, CommentAction::Reply, "b"), []);
    assert_eq!(state.apply(Action::Submit(FormSlot::Panel)), []);
    assert!(panel(&state, "a").is_some() && panel(&state, "b").is_none());
}

#[test]
fn form_of_the_thread_gives_the_focus_back_to_what_opened_it() {
    let mut state = with(listing(&[], None, 0));
    assert_eq!(state.apply(Action::Close(FormSlot::Thread)), [], "it is closed");
    state.apply(Action::ToggleComposer);
    state.apply(Action::Input(FormSlot::Thread, Field::Text, "пишу".into()));
    assert_eq!(state.apply(Action::Close(FormSlot::Thread)), [Effect::Focus(Focus::Add)]);
    assert_eq!((&state.composer.phase, state.composer.value(Field::Text)), (&Phase::Closed, "пишу"));
}

#[test]
fn name_written_in_one_form_is_not_undone_by_words_in_another() {
    let mut state = with(listing(&["a"], None, 1));
    press(&mut state, CommentAction::Reply, "a");
    state.apply(Action::Input(FormSlot::Thread, Field::Name, "Катя".into()));
    state.apply(Action::Input(FormSlot::Panel, Field::Text, "Згоден".into()));
    assert_eq!(state.composer.value(Field::Name), "Катя");
    state.apply(Action::Input(FormSlot::Panel, Field::Name, "Оленка".into()));
    state.apply(Action::Input(FormSlot::Panel, Field::Email, "o@example.org".into()));
    let composer = &state.composer;
    assert_eq!((composer.value(Field::Name), composer.value(Field::Email)), ("Оленка", "o@example.org"));
}

#[test]
fn form_that_leads_here_from_elsewhere_opens_under_its_comment_where_that_stands() {
    let mut state = with(listing(&["a"], None, 1));
    assert_eq!(state.open_form(FormKind::Reply("nowhere".into())), FormSlot::Thread);
    assert_eq!(state.open_form(FormKind::Reply("a".into())), FormSlot::Panel);
    let fields = vec![(Field::Text, "слова".into())];
    state.fill(FormSlot::Panel, fields, Some(problem(ProblemKind::NameEmpty, Some("name"))));
    let form = panel(&state, "a").unwrap();
    assert_eq!((form.value(Field::Text), form.phase.as_str()), ("слова", "rejected"));
}
