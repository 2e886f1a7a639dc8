//! Folding branches up.

use super::*;
use crate::state::list::Chunk;

/// `a` with a branch of three, of which `b` has one of its own; then `z`.
fn branches() -> State {
    with(listed(&[("a", None), ("b", Some("a")), ("c", Some("b")), ("d", Some("a")), ("z", None)], None))
}

fn fold(state: &mut State, id: &str) {
    assert_eq!(press(state, CommentAction::Fold, id), []);
}

/// Another reader's reply comes and is shown.
fn receive(state: &mut State, id: &str, parent: &str) {
    let change = LiveChange::New(comment(id, Some(parent)));
    state.apply(Action::LiveEvent(LiveEvent { change, total: None }));
    state.apply(Action::ShowNew);
}

/// The ids of those that can be seen.
fn seen(state: &State) -> Vec<&str> {
    let nodes = nodes(&loaded(state).list).into_iter().filter(|node| !node.is_hidden());
    nodes.map(|node| node.comment.id.as_str()).collect()
}

#[test]
fn folded_branch_is_hidden_and_counted_and_comes_back() {
    let mut state = branches();
    fold(&mut state, "a");
    assert_eq!((seen(&state), node(&state, "a").replies), (vec!["a", "z"], Replies::Folded(3)));
    fold(&mut state, "a");
    assert_eq!((seen(&state), node(&state, "a").replies), (vec!["a", "b", "c", "d", "z"], Replies::Shown));
}

#[test]
fn branch_inside_that_was_folded_up_stays_so() {
    let mut state = branches();
    fold(&mut state, "b");
    assert_eq!((seen(&state), node(&state, "b").replies), (vec!["a", "b", "d", "z"], Replies::Folded(1)));
    fold(&mut state, "a");
    assert_eq!((seen(&state), node(&state, "a").replies), (vec!["a", "z"], Replies::Folded(3)));
    fold(&mut state, "a");
    assert_eq!((seen(&state), node(&state, "b").replies), (vec!["a", "b", "d", "z"], Replies::Folded(1)));
    fold(&mut state, "b");
    assert_eq!(seen(&state), ["a", "b", "c", "d", "z"]);
}

#[test]
fn reply_under_a_folded_branch_is_hidden_and_counted() {
    let mut state = branches();
    fold(&mut state, "a");
    receive(&mut state, "e", "a");
    assert_eq!((seen(&state), node(&state, "a").replies), (vec!["a", "z"], Replies::Folded(4)));
    fold(&mut state, "a");
    assert_eq!(seen(&state), ["a", "b", "c", "d", "e", "z"]);
}

#[test]
fn own_reply_in_folded_branches_is_seen_by_its_author() {
    let mut state = branches();
    fold(&mut state, "b");
    fold(&mut state, "a");
    reply(&mut state, "c", "Згоден");
    state.apply(taken(FormSlot::Panel, comment("e", Some("c"))));
    assert_eq!(seen(&state), ["a", "b", "c", "e", "d", "z"]);
    assert_eq!((node(&state, "a").replies, node(&state, "b").replies), (Replies::Shown, Replies::Shown));
}

#[test]
fn reply_deep_in_a_folded_branch_is_counted_by_every_fold_above_it() {
    let mut state = branches();
    fold(&mut state, "b");
    fold(&mut state, "a");
    receive(&mut state, "e", "c");
    assert_eq!(node(&state, "a").replies, Replies::Folded(4));
    fold(&mut state, "a");
    assert_eq!((seen(&state), node(&state, "b").replies), (vec!["a", "b", "d", "z"], Replies::Folded(2)));
}

#[test]
fn folded_branch_counts_one_less_when_a_reply_is_deleted() {
    let mut state = branches();
    fold(&mut state, "a");
    let what = LiveChange::Deleted("c".into());
    state.apply(Action::LiveEvent(LiveEvent { change: what, total: None }));
    assert_eq!(node(&state, "a").replies, Replies::Folded(2));
    let what = LiveChange::Deleted("d".into());
    state.apply(Action::LiveEvent(LiveEvent { change: what, total: None }));
    let what = LiveChange::Deleted("b".into());
    state.apply(Action::LiveEvent(LiveEvent { change: what, total: None }));
    assert_eq!((node(&state, "a").replies, seen(&state)), (Replies::None, vec!["a", "z"]));
}

#[test]
fn rest_of_a_folded_branch_comes_hidden_and_is_counted_once() {
    let mut state = with(listed(&[("a", None), ("b", Some("a"))], Some("c1")));
    state.apply(Action::ShowAll);
    fold(&mut state, "a");
    state.apply(rest("c1", listed(&[("c", Some("b")), ("d", Some("a")), ("z", None)], None)));
    draw(&mut state);
    assert_eq!((seen(&state), node(&state, "a").replies), (vec!["a", "z"], Replies::Folded(3)));
}

#[test]
fn branch_that_is_folded_up_while_a_part_of_it_waits_is_counted_once() {
    let mut state = with(listed(&[("a", None), ("b", Some("a"))], Some("c1")));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listed(&[("c", Some("b")), ("d", Some("a")), ("z", None)], None)));
    fold(&mut state, "a");
    assert_eq!(node(&state, "a").replies, Replies::Folded(3));
    draw(&mut state);
    assert_eq!((seen(&state), node(&state, "a").replies), (vec!["a", "z"], Replies::Folded(3)));
    fold(&mut state, "a");
    assert_eq!(seen(&state), ["a", "b", "c", "d", "z"]);
}

#[test]
fn chain_of_ten_thousand_comes_into_a_fold_without_a_walk_for_each() {
    let mut state = with(listed(&[("0", None)], Some("c1")));
    let link = |number: u32| comment(&number.to_string(), Some(&(number - 1).to_string()));
    let mut chain = listing(&[], None, 10_001);
    chain.comments.extend((1..10_001).map(link));
    state.apply(Action::ShowAll);
    state.apply(rest("c1", chain));
    state.apply(Action::BatchDrawn(10.0));
    fold(&mut state, "0");
    draw(&mut state);
    assert_eq!((seen(&state), node(&state, "0").replies), (vec!["0"], Replies::Folded(10_000)));
}

#[test]
fn what_is_not_here_is_not_folded() {
    let mut state = branches();
    fold(&mut state, "nowhere");
    assert_eq!(seen(&state).len(), 5);
}

fn chunks(list: &List) -> Vec<Chunk> {
    let Some(Chunk::Group(chunks)) = list.groups.first() else { return Vec::new() };
    chunks.to_vec()
}

#[test]
fn chunks_without_anything_of_the_branch_stay_the_same() {
    let of = [("a", None), ("b", None), ("c", Some("b")), ("d", Some("b")), ("e", Some("b")), ("z", None)];
    let comments = of.iter().map(|(id, parent)| comment(id, *parent)).collect();
    let mut list = List::new(comments);
    for number in [1, 2, 2, 1] {
        list.show(number);
    }
    let before = chunks(&list);
    list.fold("b");
    let same = before.iter().zip(chunks(&list)).map(|(one, other)| *one == other);
    assert_eq!(same.collect::<Vec<_>>(), [true, false, false, true]);
    let hidden =
        nodes(&list).into_iter().filter(|node| node.is_hidden()).map(|node| node.comment.id.as_str());
    assert_eq!(hidden.collect::<Vec<_>>(), ["c", "d", "e"]);
}
