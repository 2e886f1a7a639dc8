//! Tests of decisions and of taking them back.

use super::*;
use crate::state::{ChoiceAction, Focus, Note, Outcome, Selection};

#[test]
fn decided_card_leaves_at_once_and_the_focus_moves_on() {
    let mut state = at_the_queue(&["a", "b", "c"], 3);
    let effects = act(&mut state, Act::Approve);
    assert_eq!(shown(&state), ["b", "c"]);
    assert_eq!(state.list.total, 2);
    assert!(effects.contains(&Effect::Focus(Focus::Card("b".into()))), "{effects:?}");
    let Call::Decide(body, _) = sent(&effects) else { panic!("{effects:?}") };
    assert_eq!(body.comments.expect("it names comments")[0].text_revision, 1);
}

#[test]
fn last_card_leaves_the_focus_to_the_heading() {
    let mut state = at_the_queue(&["a"], 1);
    assert!(act(&mut state, Act::Delete).contains(&Effect::Focus(Focus::Heading)));
}

#[test]
fn card_comes_back_where_it_stood_when_the_line_is_lost() {
    let mut state = at_the_queue(&["a", "b", "c"], 3);
    state.apply(Action::Queue(QueueAction::Step(1)));
    let call = sent(&act(&mut state, Act::Approve));
    answer(&mut state, call, Err(Failure::Unreachable));
    assert_eq!(shown(&state), ["a", "b", "c"]);
    assert_eq!(state.list.cards[1].note, Note::Failed(Failure::Unreachable));
    assert!(state.is_offline);
}

#[test]
fn text_that_changed_is_shown_and_asked_about_again() {
    let mut state = at_the_queue(&["a", "b"], 2);
    let call = sent(&act(&mut state, Act::Approve));
    let mut now = comment("a");
    now.text_revision = 2;
    answer(&mut state, call, made(vec![refused("a", ProblemKind::DecisionOutdated, Some(now))]));
    assert_eq!(state.list.cards[0].note, Note::Outdated);
    assert_eq!(state.list.current.as_deref(), Some("a"));
    let Call::Decide(body, _) = sent(&act(&mut state, Act::Approve)) else { panic!("it decides") };
    assert_eq!(body.comments.expect("it names comments")[0].text_revision, 2);
}

#[test]
fn rejecting_asks_for_a_reason_and_twice_does_without() {
    let mut state = at_the_queue(&["a", "b"], 2);
    act(&mut state, Act::Reject);
    assert!(state.choice.is_some() && shown(&state).len() == 2);
    state.apply(Action::Choice(ChoiceAction::Note("again".into())));
    let Call::Decide(body, _) = sent(&act(&mut state, Act::Reject)) else { panic!("it decides") };
    assert_eq!((body.reason, body.note.as_deref()), (None, Some("again")));
    assert_eq!(shown(&state), ["b"]);
}

#[test]
fn undo_brings_the_card_back_and_names_the_decision() {
    let mut state = at_the_queue(&["a", "b"], 2);
    let call = sent(&act(&mut state, Act::Approve));
    answer(&mut state, call, made(vec![done("a", Act::Approve, Status::Published)]));
    let call = sent(&state.apply(Action::Undo));
    assert!(matches!(&call, Call::Undo(id, _) if id == "d-a"));
    answer(&mut state, call, made(vec![done("a", Act::Undo, Status::Pending)]));
    assert_eq!(shown(&state), ["a", "b"]);
    assert!(state.undo.offered().is_none());
}

#[test]
fn set_is_undone_by_its_person_and_its_span() {
    let mut state = at_the_queue(&["a", "b", "c"], 3);
    state.apply(Action::Queue(QueueAction::SelectShown));
    let call = sent(&act(&mut state, Act::Approve));
    assert_eq!(shown(&state), Vec::<&str>::new());
    let all = ["a", "b", "c"].map(|id| done(id, Act::Approve, Status::Published));
    answer(&mut state, call, made(all.to_vec()));
    let call = sent(&state.apply(Action::Undo));
    let Call::UndoSet(set, _) = &call else { panic!("{call:?}") };
    assert_eq!((set.by.as_str(), set.since.0.as_str()), ("me", "2026-11-29T10:00:05.000Z"));
    assert_eq!(set.until.as_ref().map(|it| it.0.as_str()), Some("2026-11-29T10:00:05.001Z"));
    answer(&mut state, call, made(["a", "b", "c"].map(|id| done(id, Act::Undo, Status::Pending)).to_vec()));
    assert_eq!(shown(&state), ["a", "b", "c"]);
}

#[test]
fn whole_query_is_asked_again_once_it_was_decided_on_and_once_it_was_taken_back() {
    let mut state = at_the_queue(&["a", "b"], 200);
    state.list.next = Some("cursor".into());
    state.apply(Action::Queue(QueueAction::SelectWhole));
    // The next page would still hold what is about to leave.
    let call = sent(&act(&mut state, Act::Approve));
    let all = ["a", "b", "not shown"].map(|id| done(id, Act::Approve, Status::Published));
    let listing = sent(&answer(&mut state, call, made(all.to_vec())));
    assert!(matches!(&listing, Call::List(query) if query.cursor.is_none()), "{listing:?}");
    let nothing = NewsroomListing { comments: Vec::new(), total: 0, next: None };
    answer(&mut state, listing, Ok(Answer::Listing(nothing)));
    let call = sent(&state.apply(Action::Undo));
    let back = ["a", "b", "not shown"].map(|id| done(id, Act::Undo, Status::Pending));
    assert!(matches!(sent(&answer(&mut state, call, made(back.to_vec()))), Call::List(_)));
}

#[test]
fn query_with_another_number_is_asked_about_again_with_the_new_one() {
    let mut state = at_the_queue(&["a", "b"], 200);
    state.apply(Action::Queue(QueueAction::SelectWhole));
    let call = sent(&act(&mut state, Act::Approve));
    assert!(matches!(&call, Call::Decide(body, _) if body.expect == Some(200) && body.comments.is_none()));
    let call = sent(&answer(&mut state, call, Err(problem(ProblemKind::QueryChanged))));
    let comments = vec![comment("a"), comment("b"), comment("n")];
    answer(&mut state, call, Ok(Answer::Listing(NewsroomListing { comments, total: 201, next: None })));
    assert_eq!(state.number_changed.as_ref().map(|it| it.expected), Some(200));
    let call = sent(&state.apply(Action::Queue(QueueAction::AcceptNumber)));
    assert!(matches!(&call, Call::Decide(body, _) if body.expect == Some(201)));
}

#[test]
fn part_of_a_set_that_was_not_decided_comes_back() {
    let mut state = at_the_queue(&["a", "b"], 2);
    state.list.selection = Selection::Some(vec!["a".into(), "b".into()]);
    let call = sent(&act(&mut state, Act::Delete));
    let results =
        vec![done("a", Act::Delete, Status::Deleted), refused("b", ProblemKind::DecisionInvalid, None)];
    answer(&mut state, call, made(results));
    assert_eq!(shown(&state), ["b"]);
    let said = state.outcome.expect("it is said").1;
    assert_eq!(said, Outcome::Decided { act: Act::Delete, count: 1, failed: 1 });
}

#[test]
fn observer_decides_nothing() {
    let mut state = at_the_queue(&["a"], 1);
    state.access = Access::SignedIn(Box::new(me("me", StaffRole::Observer)));
    assert_eq!(act(&mut state, Act::Approve), Vec::new());
    state.apply(Action::Queue(QueueAction::Toggle(None)));
    assert_eq!((shown(&state), &state.list.selection), (vec!["a"], &Selection::None));
}

#[test]
fn featuring_what_is_featured_takes_it_out() {
    let mut state = at_the_queue(&["a"], 1);
    let call = sent(&act(&mut state, Act::Feature));
    let mut now = comment("a");
    now.comment.featured = true;
    let outcome =
        DecisionOutcome { comment: Some(Box::new(now)), ..done("a", Act::Feature, Status::Pending) };
    answer(&mut state, call, made(vec![outcome]));
    let Call::Decide(body, _) = sent(&act(&mut state, Act::Feature)) else { panic!("it decides") };
    assert_eq!(body.decision, Act::Unfeature);
}
