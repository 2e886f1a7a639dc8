//! Comments that wait for a moderator, as their author sees them.

use dumka_api::{Feature, Sort};

use super::*;
use crate::state::action::Source;
use crate::state::session::{OwnedComment, Session};

fn pending(id: &str, parent: Option<&str>) -> Comment {
    Comment { state: CommentState::Pending, ..comment(id, parent) }
}

/// A thread in which the reader has written a comment and a reply that are held.
fn with_held() -> State {
    let mut state = with(listing(&["a", "b"], None, 2));
    write(&mut state, "Привіт");
    state.apply(taken(FormSlot::Thread, pending("mine", None)));
    reply(&mut state, "a", "Згоден");
    state.apply(taken(FormSlot::Panel, pending("reply", Some("a"))));
    assert_eq!(ids(&state), ["a", "reply", "b", "mine"]);
    state
}

fn come_anew(state: &mut State, listing: Listing) {
    state.apply(Action::Reload);
    state.apply(Action::ListLoaded(state.request_id, Ok(listing)));
    draw(state);
}

#[test]
fn pending_comments_stay_with_their_author_when_the_list_comes_anew() {
    let mut state = with_held();
    come_anew(&mut state, listing(&["a", "b", "c"], None, 3));
    assert_eq!(ids(&state), ["a", "reply", "b", "c", "mine"]);
    assert_eq!(
        (node(&state, "mine").minutes_left, total(&state)),
        (Some(15), 3),
        "they can be changed, and count not"
    );
    state.apply(Action::SortBy(Sort::Newest));
    state.apply(Action::ListLoaded(state.request_id, Ok(listing(&["c", "b", "a"], None, 3))));
    draw(&mut state);
    let own: Vec<_> = loaded(&state).list.detached.iter().map(|node| node.comment.id.as_str()).collect();
    assert_eq!(own, ["mine"], "it stands before all");
}

fn total(state: &State) -> u64 {
    loaded(state).thread.total
}

#[test]
fn pending_reply_waits_for_what_it_answers_to_come() {
    let mut state = with_held();
    come_anew(&mut state, listing(&["b"], Some("c1"), 2));
    assert_eq!(ids(&state), ["b", "mine"]);
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listing(&["a"], None, 2)));
    draw(&mut state);
    assert_eq!(ids(&state), ["b", "a", "reply", "mine"]);
}

#[test]
fn pending_comment_that_is_published_or_gone_is_held_no_more() {
    let mut state = with_held();
    state.apply(Action::LiveEvent(LiveEvent {
        change: LiveChange::New(comment("reply", Some("a"))),
        total: Some(3),
    }));
    press(&mut state, CommentAction::Delete, "mine");
    ordered(&mut state);
    state.apply(Action::Submitted(FormSlot::Panel, Ok(None)));
    come_anew(&mut state, listing(&["b"], Some("c1"), 3));
    assert_eq!(ids(&state), ["b"]);
}

#[test]
fn pending_comment_is_asked_for_once_the_thread_stands_in_the_page() {
    let own = OwnedComment { id: "mine".into(), token: "token".into(), until_ms: 60_000 };
    let mut state = empty().with_session(Session { owned: vec![own], votes: vec![] }, 10);
    state.start_hidden();
    let mut first = listing(&["a"], None, 1);
    first.thread.features = vec![Feature::Edit];
    let asks = |effects: &[Effect]| effects.contains(&Effect::FetchPending("mine".into(), "token".into()));
    assert!(!asks(&state.apply(Action::ListLoaded(0, Ok(first)))), "beside the page all is as it is there");
    assert!(asks(&state.apply(Action::Hydrate(None))));
}

#[test]
fn pending_comment_is_asked_for_after_a_reload_of_the_page_and_shown_where_it_belongs() {
    let right = |id: &str, until_ms| OwnedComment {
        id: id.into(),
        token: ["token of ", id].concat().into(),
        until_ms,
    };
    let own = vec![right("mine", 60_000), right("a", 60_000), right("old", 1)];
    let mut state = empty().with_session(Session { owned: own, votes: vec![] }, 10);
    let mut first = listing(&["a"], None, 1);
    first.thread.features = vec![Feature::Edit];
    let effects = state.apply(Action::ListLoaded(0, Ok(first.clone())));
    let asked: Vec<_> = effects.iter().filter(|it| matches!(it, Effect::FetchPending(..))).collect();
    assert_eq!(asked, [&Effect::FetchPending("mine".into(), "token of mine".into())]);
    let came = |comment| Action::PendingLoaded(Ok(Source { comment, text: "Привіт".into() }));
    state.apply(came(pending("mine", Some("a"))));
    draw(&mut state);
    assert_eq!((ids(&state), node(&state, "mine").minutes_left), (vec!["a", "mine"], Some(1)));
    state.apply(Action::PendingLoaded(Err(Failure::Offline)));
    state.apply(came(comment("later", None)));
    assert_eq!(ids(&state), ["a", "mine"], "what is published comes with its part of the list");
    let effects = state.apply(Action::ListLoaded(0, Ok(first)));
    assert!(!effects.iter().any(|it| matches!(it, Effect::FetchPending(..))), "it is known by now");
}
