//! Two readers in one thread, of whom one is this one.

use dumka_api::Sort;

use super::super::action::{LiveChange, LiveEvent};
use super::*;

fn heard(state: &mut State, change: LiveChange, total: u64) {
    state.apply(Action::LiveEvent(LiveEvent { change, total: Some(total) }));
}

#[test]
fn own_comment_is_counted_once_whether_the_stream_or_the_answer_tells_of_it_first() {
    for stream_is_first in [true, false] {
        let mut state = with(listing(&["a"], None, 1));
        write(&mut state, "second");
        let told = LiveChange::New(comment("b", None));
        if stream_is_first {
            heard(&mut state, told, 2);
            state.apply(accepted("b", CommentState::Published));
        } else {
            state.apply(accepted("b", CommentState::Published));
            heard(&mut state, told, 2);
        }
        assert_eq!((loaded(&state).thread.total, ids(&state)), (2, vec!["a", "b"]));
        assert!(state.unseen.is_empty());
    }
}

#[test]
fn replies_to_a_deleted_comment_do_not_tell_whose_it_was() {
    let mut listing = listing(&["a"], None, 4);
    listing.comments.extend([comment("b", Some("a")), comment("c", Some("b")), comment("d", Some("a"))]);
    let mut state = with(listing);
    heard(&mut state, LiveChange::Deleted("a".into()), 3);
    let answers = |node: &Node| node.parent.as_ref().map(|parent| parent.author.name.clone());
    let names: Vec<_> = nodes(&loaded(&state).list).into_iter().map(answers).collect();
    assert_eq!(names, [None, Some(String::new()), Some("B".into()), Some(String::new())]);
}

#[test]
fn of_new_comments_the_one_that_stands_first_has_the_focus() {
    for (sort, first, order) in
        [(Sort::Oldest, "b", vec!["a", "b", "c"]), (Sort::Newest, "c", vec!["a", "c", "b"])]
    {
        let mut state = with(listing(&["a"], None, 1));
        state.config.sort = sort;
        heard(&mut state, LiveChange::New(comment("b", None)), 2);
        heard(&mut state, LiveChange::New(comment("c", None)), 3);
        assert_eq!(state.apply(Action::ShowNew), [Effect::Focus(Focus::Comment(first.into()))]);
        assert_eq!(ids(&state), order);
    }
}
