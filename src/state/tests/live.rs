//! Events of the live stream.

use dumka_api::{Feature, Sort};

use super::*;

/// A thread of an endpoint that tells what happens.
pub(super) fn live(comments: &[(&str, Option<&str>)], next: Option<&str>) -> State {
    let mut listing = listed(comments, next);
    listing.thread.features = vec![Feature::Live];
    with(listing)
}

fn hear(state: &mut State, change: LiveChange, total: u64) {
    assert_eq!(state.apply(Action::LiveEvent(LiveEvent { change, total: Some(total) })), []);
}

fn new(id: &str, parent: Option<&str>) -> LiveChange {
    LiveChange::New(comment(id, parent))
}

fn total(state: &State) -> u64 {
    loaded(state).thread.total
}

#[test]
fn thread_is_listened_to_from_where_its_list_ends_where_the_endpoint_can_tell() {
    let mut listing = listed(&[("a", None)], None);
    assert_eq!(empty().apply(Action::ListLoaded(0, Ok(listing.clone()))), [Effect::Emit(Event::Ready)]);
    listing.thread.features = vec![Feature::Live];
    listing.thread.event = Some("17".into());
    let effects = empty().apply(Action::ListLoaded(0, Ok(listing)));
    assert_eq!(effects.last(), Some(&Effect::FollowLive("17".into())));
}

#[test]
fn new_comments_wait_and_move_nothing() {
    let mut state = live(&[("a", None)], None);
    hear(&mut state, new("b", None), 2);
    hear(&mut state, new("c", Some("a")), 3);
    assert_eq!((ids(&state), state.unseen_count(), total(&state)), (vec!["a"], 2, 3));
}

#[test]
fn new_comments_are_shown_at_their_places_when_the_reader_asks() {
    let mut state = live(&[("a", None), ("z", None)], None);
    for (id, parent) in [("b", None), ("c", Some("a")), ("d", Some("c")), ("e", Some("b"))] {
        hear(&mut state, new(id, parent), 6);
    }
    assert_eq!(state.apply(Action::ShowNew), [Effect::Focus(Focus::Comment("b".into()))]);
    assert_eq!(ids(&state), ["a", "c", "d", "z", "b", "e"]);
    assert_eq!((state.unseen_count(), total(&state), node(&state, "d").depth), (0, 6, 2));
    assert_eq!(state.apply(Action::ShowNew), [], "there are none any more");
}

#[test]
fn new_comments_stand_first_where_the_newest_do() {
    let mut state = live(&[("a", None)], None);
    state.config.sort = Sort::Newest;
    for id in ["b", "c"] {
        hear(&mut state, new(id, None), 3);
    }
    state.apply(Action::ShowNew);
    let own: Vec<_> = loaded(&state).list.detached.iter().map(|node| node.comment.id.as_str()).collect();
    assert_eq!(own, ["c", "b"]);
}

#[test]
fn new_reply_whose_parent_the_rest_brings_comes_with_it() {
    let mut state = live(&[("a", None)], Some("c1"));
    hear(&mut state, new("y", Some("x")), 3);
    assert_eq!(state.apply(Action::ShowNew), [Effect::Focus(Focus::ShowAll)]);
    state.apply(Action::ShowAll);
    state.apply(rest("c1", listed(&[("x", None), ("y", Some("x"))], None)));
    draw(&mut state);
    assert_eq!((ids(&state), node(&state, "y").depth), (vec!["a", "x", "y"], 1));
}

#[test]
fn edited_comment_changes_in_its_place_and_keeps_what_the_reader_does_there() {
    let mut state = live(&[("a", None), ("b", None)], None);
    press(&mut state, CommentAction::VoteUp, "a");
    press(&mut state, CommentAction::Reply, "a");
    let edited = Comment { body: Body::Plain("інше".into()), ..comment("a", None) };
    hear(&mut state, LiveChange::Edited(edited.clone()), 2);
    let node = node(&state, "a");
    assert_eq!((&*node.comment, node.vote, panel(&state, "a").is_some()), (&edited, 1, true));
    assert_eq!((ids(&state), state.unseen_count()), (vec!["a", "b"], 0));
}

#[test]
fn deleted_comment_goes_or_leaves_a_mark_where_it_is_answered() {
    let mut state = live(&[("a", None), ("b", Some("a")), ("c", None)], None);
    hear(&mut state, LiveChange::Deleted("a".into()), 2);
    hear(&mut state, LiveChange::Deleted("c".into()), 1);
    assert_eq!((ids(&state), total(&state)), (vec!["a", "b"], 1));
    assert_eq!(node(&state, "a").comment.state, CommentState::Deleted);
    hear(&mut state, LiveChange::Deleted("b".into()), 0);
    assert!(ids(&state).is_empty());
    assert_eq!(state.thread.as_str(), "empty");
}

#[test]
fn deleted_comment_that_a_moderator_approves_again_takes_the_place_of_its_mark_and_is_named_by_its_replies() {
    let mut state = live(&[("a", None), ("b", Some("a")), ("c", Some("b"))], None);
    hear(&mut state, LiveChange::Deleted("a".into()), 2);
    let named = |state: &State, id| node(state, id).parent.as_ref().map(|it| it.author.name.clone());
    assert_eq!(named(&state, "b").as_deref(), Some(""));
    hear(&mut state, new("a", None), 3);
    assert_eq!((node(&state, "a").comment.state, state.unseen_count()), (CommentState::Published, 0));
    assert_eq!((named(&state, "b").as_deref(), named(&state, "c").as_deref()), (Some("A"), Some("B")));
}

#[test]
fn deleted_comment_that_waits_to_be_shown_is_never_shown() {
    let mut state = with(numbered(0..60, None));
    hear(&mut state, LiveChange::Deleted("40".into()), 59);
    draw(&mut state);
    assert_eq!((ids(&state).len(), ids(&state).contains(&"40")), (59, false));
}

#[test]
fn comment_under_which_somebody_writes_is_marked_and_never_removed() {
    let mut state = live(&[("a", None), ("b", Some("a"))], None);
    press(&mut state, CommentAction::Reply, "b");
    hear(&mut state, LiveChange::Deleted("b".into()), 1);
    hear(&mut state, LiveChange::Deleted("a".into()), 0);
    assert_eq!((ids(&state), state.phase()), (vec!["a", "b"], &Phase::Open));
    assert_eq!(node(&state, "b").comment.state, CommentState::Deleted);
    assert!(panel(&state, "b").is_some());
    assert_eq!(
        state.apply(Action::Close(FormSlot::Panel)),
        [Effect::Focus(Focus::Add)],
        "it goes with the form"
    );
    assert!(ids(&state).is_empty());
}

#[test]
fn deleted_comment_goes_when_the_reader_writes_under_another_one() {
    let mut state = live(&[("a", None), ("b", None)], None);
    press(&mut state, CommentAction::Reply, "a");
    hear(&mut state, LiveChange::Deleted("a".into()), 1);
    press(&mut state, CommentAction::Reply, "b");
    assert_eq!(ids(&state), ["b"]);
}

#[test]
fn reported_comment_that_is_held_before_the_report_is_answered_goes_with_the_form() {
    let mut state = live(&[("a", None), ("b", None)], None);
    press(&mut state, CommentAction::Report, "b");
    state.apply(Action::Input(FormSlot::Panel, Field::Reason, "spam".into()));
    state.apply(Action::Submit(FormSlot::Panel));
    hear(&mut state, LiveChange::Deleted("b".into()), 1);
    assert_eq!(ids(&state), ["a", "b"]);
    let effects = state.apply(Action::Submitted(FormSlot::Panel, Ok(None)));
    assert_eq!((ids(&state), effects.last()), (vec!["a"], Some(&Effect::Focus(Focus::Add))));
    assert_eq!(state.announcement, Some(Announcement::Reported));
}

#[test]
fn votes_of_others_change_the_score_and_not_the_readers_own() {
    let mut state = live(&[("a", None)], None);
    hear(&mut state, LiveChange::Votes("a".into(), Votes { up: 4, down: 1 }), 1);
    assert_eq!((node(&state, "a").comment.votes, node(&state, "a").vote), (Votes { up: 4, down: 1 }, 0));
    press(&mut state, CommentAction::VoteUp, "a");
    hear(&mut state, LiveChange::Votes("a".into(), Votes { up: 5, down: 1 }), 1);
    assert_eq!(node(&state, "a").comment.votes.up, 5, "its own answer says both");
    state.apply(Action::Voted("a".into(), Ok(Votes { up: 6, down: 1 })));
    assert_eq!((node(&state, "a").comment.votes.up, node(&state, "a").vote), (6, 1));
}

#[test]
fn what_changes_while_it_waits_is_shown_as_it_is_by_then() {
    let mut state = live(&[("a", None)], None);
    for id in ["b", "c", "d"] {
        hear(&mut state, new(id, None), 4);
    }
    hear(
        &mut state,
        LiveChange::Edited(Comment { body: Body::Plain("інше".into()), ..comment("b", None) }),
        4,
    );
    hear(&mut state, LiveChange::Votes("b".into(), Votes { up: 1, down: 0 }), 4);
    hear(&mut state, LiveChange::Deleted("c".into()), 3);
    assert_eq!(state.unseen_count(), 2);
    state.apply(Action::ShowNew);
    let shown = &node(&state, "b").comment;
    assert_eq!((&shown.body, shown.votes.up), (&Body::Plain("інше".into()), 1));
    assert_eq!(ids(&state), ["a", "b", "d"]);
}

#[test]
fn same_event_twice_does_nothing_twice() {
    let mut state = live(&[("a", None), ("b", Some("a"))], None);
    for _ in 0..2 {
        hear(&mut state, new("c", None), 3);
        hear(&mut state, LiveChange::Deleted("a".into()), 2);
    }
    assert_eq!((ids(&state), state.unseen_count(), total(&state)), (vec!["a", "b"], 1, 2));
    state.apply(Action::ShowNew);
    hear(&mut state, new("c", None), 2);
    assert_eq!((ids(&state), state.unseen_count()), (vec!["a", "b", "c"], 0));
}

#[test]
fn own_comment_that_the_stream_brings_before_its_answer_is_not_new_and_counts_once() {
    let mut state = live(&[("a", None)], None);
    press(&mut state, CommentAction::Reply, "a");
    write(&mut state, "Привіт");
    hear(&mut state, new("mine", None), 2);
    assert_eq!(state.unseen_count(), 0, "while another form is open");
    state.apply(accepted("mine", CommentState::Published));
    assert_eq!((ids(&state), state.unseen_count(), total(&state)), (vec!["a", "mine"], 0, 2));
    hear(&mut state, new("mine", None), 2);
    assert_eq!((ids(&state), state.unseen_count()), (vec!["a", "mine"], 0), "nor after it");
}

#[test]
fn pending_comment_that_a_moderator_publishes_is_published_in_its_place() {
    let mut state = live(&[("a", None)], None);
    write(&mut state, "Привіт");
    state.apply(accepted("mine", CommentState::Pending));
    hear(&mut state, new("mine", None), 2);
    assert_eq!(node(&state, "mine").comment.state, CommentState::Published);
    assert_eq!((ids(&state), state.unseen_count(), total(&state)), (vec!["a", "mine"], 0, 2));
}

#[test]
fn list_that_comes_anew_has_what_was_new() {
    let mut state = live(&[("a", None)], None);
    hear(&mut state, new("b", None), 2);
    state.apply(Action::ListLoaded(state.request_id, Ok(listed(&[("a", None), ("b", None)], None))));
    assert_eq!((ids(&state), state.unseen_count()), (vec!["a", "b"], 0));
}

#[test]
fn what_is_told_before_the_thread_is_here_breaks_nothing() {
    let mut state = empty();
    hear(&mut state, LiveChange::Deleted("a".into()), 0);
    hear(&mut state, LiveChange::Votes("a".into(), Votes::default()), 0);
    assert_eq!((state.apply(Action::ShowNew), state.thread.as_str()), (vec![], "loading"));
}
