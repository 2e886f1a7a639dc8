//! Judging comments.

use super::*;
use crate::state::session::{Session, SessionChange, Vote};

fn kept(value: i8) -> Effect {
    Effect::SaveSession(SessionChange::Vote(Vote { id: "a".into(), value }))
}

fn sends(value: i8) -> Effect {
    Effect::SendVote("a".into(), value)
}

fn voted(state: &mut State, up: u32, down: u32) -> Vec<Effect> {
    state.apply(Action::Voted("a".into(), Ok(Votes { up, down })))
}

/// The reader's vote on `a`, and all votes.
fn judged(state: &State) -> (i8, u32, u32) {
    let node = node(state, "a");
    (node.vote, node.comment.votes.up, node.comment.votes.down)
}

/// A thread whose first comment was judged by eight others.
fn thread() -> State {
    with(judged_listing())
}

fn judged_listing() -> Listing {
    let mut listing = listing(&["a", "b"], None, 2);
    listing.comments[0].votes = Votes { up: 5, down: 3 };
    listing
}

#[test]
fn vote_is_shown_at_once_and_then_as_the_endpoint_counts_it() {
    let mut state = thread();
    assert_eq!(press(&mut state, CommentAction::VoteUp, "a"), [kept(1), sends(1)]);
    assert_eq!(judged(&state), (1, 6, 3));
    assert_eq!(voted(&mut state, 9, 4), [kept(1)]);
    assert_eq!(judged(&state), (1, 9, 4));
}

#[test]
fn other_vote_takes_the_first_back_and_the_same_again_withdraws_it() {
    let mut state = thread();
    press(&mut state, CommentAction::VoteUp, "a");
    voted(&mut state, 6, 3);
    assert_eq!(press(&mut state, CommentAction::VoteDown, "a"), [kept(-1), sends(-1)]);
    assert_eq!(judged(&state), (-1, 5, 4));
    voted(&mut state, 5, 4);
    assert_eq!(press(&mut state, CommentAction::VoteDown, "a"), [kept(0), sends(0)]);
    assert_eq!(judged(&state), (0, 5, 3));
}

#[test]
fn refused_vote_is_put_back_and_the_comment_says_why() {
    let mut state = thread();
    press(&mut state, CommentAction::VoteUp, "a");
    let failure = problem(ProblemKind::RateLimited, None);
    let effects = state.apply(Action::Voted("a".into(), Err(failure.clone())));
    assert_eq!(effects, [kept(0), Effect::Emit(Event::Error(failure.clone()))]);
    assert_eq!((judged(&state), node(&state, "a").action_error.as_deref()), ((0, 5, 3), Some(&failure)));
    press(&mut state, CommentAction::VoteUp, "a");
    assert_eq!(
        (judged(&state), &node(&state, "a").action_error),
        ((1, 6, 3), &None),
        "the next try begins anew"
    );
}

#[test]
fn press_while_a_vote_is_under_way_sends_the_last_word_after_the_answer() {
    let mut state = thread();
    press(&mut state, CommentAction::VoteUp, "a");
    assert_eq!(press(&mut state, CommentAction::VoteDown, "a"), [kept(-1)]);
    assert_eq!(press(&mut state, CommentAction::VoteDown, "a"), [kept(0)]);
    assert_eq!(judged(&state), (0, 5, 3));
    assert_eq!(voted(&mut state, 7, 3), [kept(0), sends(0)]);
    assert_eq!(judged(&state), (0, 6, 3), "the others' votes count already");
    assert_eq!(voted(&mut state, 6, 3), [kept(0)]);
}

#[test]
fn presses_that_come_back_to_what_is_under_way_send_nothing_more() {
    let mut state = thread();
    for _ in 0..3 {
        press(&mut state, CommentAction::VoteUp, "a");
    }
    assert_eq!((voted(&mut state, 6, 3), judged(&state)), (vec![kept(1)], (1, 6, 3)));
}

#[test]
fn second_word_that_is_refused_leaves_the_first() {
    let mut state = thread();
    press(&mut state, CommentAction::VoteUp, "a");
    press(&mut state, CommentAction::VoteDown, "a");
    voted(&mut state, 6, 3);
    state.apply(Action::Voted("a".into(), Err(Failure::Timeout)));
    assert_eq!(judged(&state), (1, 6, 3));
}

#[test]
fn votes_on_two_comments_do_not_wait_for_each_other() {
    let mut state = thread();
    press(&mut state, CommentAction::VoteUp, "a");
    assert!(press(&mut state, CommentAction::VoteDown, "b").contains(&Effect::SendVote("b".into(), -1)));
    voted(&mut state, 6, 3);
    assert_eq!((judged(&state), node(&state, "b").vote), ((1, 6, 3), -1));
}

#[test]
fn score_never_falls_below_nothing() {
    let session = Session { votes: vec![Vote { id: "a".into(), value: 1 }], ..Session::default() };
    let mut state = empty().with_session(session, 0);
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["a"], None, 1))));
    press(&mut state, CommentAction::VoteDown, "a");
    assert_eq!(judged(&state), (-1, 0, 1));
}

#[test]
fn own_vote_is_given_back_to_a_comment_that_comes_anew() {
    let mut state = thread();
    press(&mut state, CommentAction::VoteUp, "a");
    state.apply(Action::ListLoaded(state.request_id, Ok(judged_listing())));
    assert_eq!((node(&state, "a").vote, node(&state, "b").vote), (1, 0));
    let session = Session { votes: vec![Vote { id: "c".into(), value: -1 }], ..Session::default() };
    let mut after = empty().with_session(session, 0);
    after.apply(Action::ListLoaded(after.request_id, Ok(listing(&["a"], Some("c1"), 2))));
    after.apply(Action::ShowAll);
    after.apply(rest("c1", listing(&["c"], None, 2)));
    assert_eq!(node(&after, "c").vote, -1, "it waits to be shown");
}

#[test]
fn answer_nobody_waits_for_and_a_comment_that_is_not_here_change_nothing() {
    let mut state = thread();
    assert_eq!(voted(&mut state, 9, 9), []);
    assert_eq!(press(&mut state, CommentAction::VoteUp, "nowhere"), []);
    assert_eq!(judged(&state), (0, 5, 3));
}
