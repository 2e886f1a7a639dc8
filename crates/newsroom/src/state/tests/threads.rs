//! Tests of a thread's form: only what was changed is sent.

use dumka_api::newsroom::{NewsroomThread, ThreadMode};

use super::*;
use crate::state::{ThreadAction, ThreadAddress, ThreadField};

fn at_a_thread(thread: NewsroomThread) -> State {
    let address = ThreadAddress { site: SITE.into(), page: "news/1".into() };
    let mut state = at_the_queue(&[], 0);
    let call = sent(&state.apply(Action::Navigated(Place::Thread(address))));
    answer(&mut state, call, Ok(Answer::Thread(Box::new(thread))));
    state
}

fn saved(state: &mut State, typed: &[(ThreadField, &str)]) -> dumka_api::newsroom::ThreadChange {
    for &(field, text) in typed {
        state.apply(Action::Thread(ThreadAction::Typed(field, text.into())));
    }
    let Call::ChangeThread(_, change) = sent(&state.apply(Action::Thread(ThreadAction::Save(0)))) else {
        panic!("it changes the thread")
    };
    *change
}

#[test]
fn nothing_that_was_not_changed_is_sent() {
    let mut state = at_a_thread(NewsroomThread { title: Some("A".into()), ..NewsroomThread::default() });
    assert_eq!(saved(&mut state, &[]), dumka_api::newsroom::ThreadChange::default());
    let change = saved(&mut state, &[(ThreadField::Title, "B")]);
    assert_eq!((change.title.as_deref(), change.state, change.notice), (Some("B"), None, None));
}

#[test]
fn slow_thread_has_its_seconds_and_its_end() {
    let mut state = at_a_thread(NewsroomThread::default());
    let typed = [(ThreadField::State, "slow"), (ThreadField::SlowSecs, "90"), (ThreadField::StateHours, "2")];
    let change = saved(&mut state, &typed);
    assert_eq!((change.state, change.slow_secs), (Some(ThreadMode::Slow), Some(90)));
    assert_eq!(change.state_until.map(|it| it.0), Some("1970-01-01T02:00:00.000Z".into()));
}

#[test]
fn announcement_keeps_its_end_where_only_its_words_change() {
    let until = Some(Timestamp("2027-01-01T00:00:00.000Z".into()));
    let thread = NewsroomThread {
        notice: Some("Old".into()),
        notice_until: until.clone(),
        ..NewsroomThread::default()
    };
    let mut state = at_a_thread(thread);
    let change = saved(&mut state, &[(ThreadField::Notice, "New")]);
    assert_eq!((change.notice.as_deref(), change.notice_until), (Some("New"), until));
    let change = saved(&mut state, &[(ThreadField::NoticeHours, "")]);
    assert_eq!(change.notice_until, None);
}
