//! Telling the moderators about a comment.

use dumka_api::ReportReason;

use super::*;

/// Chooses a reason, writes a note and sends them.
fn report(state: &mut State, reason: &str, note: &str) -> Vec<Effect> {
    state.apply(Action::Input(FormSlot::Panel, Field::Reason, reason.into()));
    state.apply(Action::Input(FormSlot::Panel, Field::Text, note.into()));
    state.apply(Action::Submit(FormSlot::Panel))
}

fn reporting() -> State {
    let mut state = with(listing(&["a"], None, 1));
    let effects = press(&mut state, CommentAction::Report, "a");
    assert_eq!(effects, [Effect::Focus(Focus::Field(FormSlot::Panel, Field::Reason))], "nothing is recalled");
    state
}

#[test]
fn report_says_why_and_gives_the_focus_back() {
    let mut state = reporting();
    let effects = report(&mut state, "spam", "посилання на казино");
    let note = Some("посилання на казино".into());
    let order = FormRequest::Report("a".into(), ReportReason::Spam, note);
    assert_eq!(effects, [Effect::SendForm(FormSlot::Panel, order)], "it is no draft");
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Ok(None)));
    assert_eq!(effects, [Effect::Focus(Focus::Control(CommentAction::Report, "a".into()))]);
    assert_eq!((state.announcement, state.panel().is_none()), (Some(Announcement::Reported), true));
}

#[test]
fn note_may_be_left_out() {
    let mut state = reporting();
    let order = FormRequest::Report("a".into(), ReportReason::PersonalData, None);
    assert_eq!(report(&mut state, "personal_data", " \n"), [Effect::SendForm(FormSlot::Panel, order)]);
}

#[test]
fn report_without_a_reason_is_refused_at_its_field() {
    let mut state = reporting();
    let effects = report(&mut state, "", "щось не так");
    assert_eq!(effects[0], Effect::Focus(Focus::Field(FormSlot::Panel, Field::Reason)));
    state.apply(Action::Input(FormSlot::Panel, Field::Reason, "other".into()));
    assert_eq!(state.phase(), &Phase::Open, "the refusal goes with what it was about");
}

#[test]
fn note_is_bounded_in_characters() {
    let mut state = reporting();
    let effects = report(&mut state, "spam", &"ї".repeat(1_001));
    assert_eq!(effects[0], Effect::Focus(Focus::Field(FormSlot::Panel, Field::Text)));
    assert_eq!(state.panel().map(Composer::chars_left), Some(-1));
    assert_eq!(report(&mut state, "spam", &"ї".repeat(1_000)).len(), 1);
}

#[test]
fn refused_report_says_why_and_keeps_the_note() {
    let mut state = reporting();
    report(&mut state, "spam", "казино");
    let failure = problem(ProblemKind::AlreadyReported, None);
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Err(failure.clone())));
    assert_eq!(effects[0], Effect::Focus(Focus::Alert(FormSlot::Panel)));
    let panel = panel(&state, "a").unwrap();
    assert_eq!((panel.failure(), panel.value(Field::Text)), (Some(&failure), "казино"));
}

#[test]
fn problem_with_the_note_is_said_where_the_note_is_written() {
    let mut state = reporting();
    report(&mut state, "spam", "казино");
    let failure = problem(ProblemKind::NoteTooLong, Some("note"));
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Err(failure)));
    assert_eq!(effects[0], Effect::Focus(Focus::Field(FormSlot::Panel, Field::Text)));
}
