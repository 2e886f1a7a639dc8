//! Tests of what others do meanwhile.

use dumka_api::newsroom::CommentChanged;

use super::*;
use crate::state::{LiveAction, Note};

fn decided_by_another(state: &mut State, id: &str) -> Vec<Effect> {
    let mut decision = decision("d", id, Act::Approve, Status::Published);
    decision.by = Actor { kind: ActorKind::Staff, id: Some("other".into()), name: Some("Petro".into()) };
    let comment = NewsroomComment { status: Status::Published, ..comment(id) };
    state.apply(Action::Live(LiveAction::Comment(Box::new(CommentChanged { comment, decision }))))
}

#[test]
fn card_that_somebody_else_decided_on_says_who_and_leaves_after_a_moment() {
    let mut state = at_the_queue(&["a", "b"], 2);
    let effects = decided_by_another(&mut state, "b");
    assert!(matches!(&state.list.cards[1].note, Note::DecidedElsewhere { decision, .. }
        if decision.by.name.as_deref() == Some("Petro")));
    let [Effect::Later(4_000, leave)] = effects.as_slice() else { panic!("{effects:?}") };
    state.apply((**leave).clone());
    assert_eq!(shown(&state), ["a"]);
}

#[test]
fn card_with_the_focus_stays_until_the_focus_moves() {
    let mut state = at_the_queue(&["a", "b"], 2);
    decided_by_another(&mut state, "a");
    state.apply(Action::Queue(QueueAction::Leave("a".into())));
    assert_eq!(shown(&state), ["a", "b"]);
    state.apply(Action::Queue(QueueAction::Step(1)));
    assert_eq!(shown(&state), ["b"]);
}

#[test]
fn card_whose_author_deleted_the_comment_says_so_and_leaves_once_the_focus_moves() {
    let mut state = at_the_queue(&["a", "b"], 2);
    let call = sent(&act(&mut state, Act::Approve));
    let gone = NewsroomComment { status: Status::Deleted, ..comment("a") };
    answer(&mut state, call, made(vec![refused("a", ProblemKind::DecisionInvalid, Some(gone))]));
    assert_eq!(state.list.cards[0].note, Note::Refused(ProblemKind::DecisionInvalid));
    state.apply(Action::Queue(QueueAction::Step(1)));
    assert_eq!(shown(&state), ["b"]);
}

#[test]
fn new_comment_is_counted_and_does_not_move_the_list() {
    let mut state = at_the_queue(&["a"], 1);
    let decision = decision("d", "n", Act::Submit, Status::Pending);
    let decision = Decision { by: Actor { kind: ActorKind::Author, id: None, name: None }, ..decision };
    let changed = CommentChanged { comment: comment("n"), decision };
    state.apply(Action::Live(LiveAction::Comment(Box::new(changed))));
    assert_eq!((shown(&state), state.list.newcomers), (vec!["a"], 1));
}
