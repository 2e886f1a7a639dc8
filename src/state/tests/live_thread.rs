//! Settings of moderators, as the live stream tells them.

use dumka_api::{Feature, Thread, ThreadState};

use super::live::live;
use super::*;

#[test]
fn thread_that_moderators_change_is_drawn_so_and_keeps_what_else_is_known_of_it() {
    let mut state = live(&[("a", None)], None);
    let head = Thread {
        state: ThreadState::Closed,
        notice: Some("Live".into()),
        slow_secs: Some(60),
        ..Thread::default()
    };
    let told = LiveEvent { change: LiveChange::Thread(head), total: None };
    assert_eq!(state.apply(Action::LiveEvent(told)), []);
    let thread = &loaded(&state).thread;
    assert_eq!((thread.notice.as_deref(), thread.slow_secs, thread.total), (Some("Live"), Some(60), 1));
    assert!(state.is_closed() && state.can(Feature::Live));
    let head = Thread::default();
    state.apply(Action::LiveEvent(LiveEvent { change: LiveChange::Thread(head), total: None }));
    assert!(!state.is_closed() && loaded(&state).thread.notice.is_none());
}
