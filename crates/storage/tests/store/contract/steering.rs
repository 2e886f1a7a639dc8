//! The moderators' settings of a thread.

use std::sync::Arc;

use dumka_api::newsroom::{ThreadChange, ThreadMode};
use dumka_domain::comment::{CommentId, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_domain::thread_settings;
use dumka_storage::{
    ChangePosition, EditInput, NameChange, NewCommentRecord, Store, SubmitError, ThreadFilter, ThreadNames,
    ThreadSteering,
};

use crate::fixture::{comment, id, insert, list, numbers, reply, submit, thread, whole};

/// The changes that a moderator asks for at the time of comment 10.
fn steering(change: &ThreadChange) -> ThreadSteering {
    let at = UnixMillis(10_000);
    ThreadSteering {
        names: ThreadNames { title: NameChange::Keep, url: NameChange::Keep },
        settings: thread_settings::check(change, at).unwrap(),
        fresh_id: CommentId::new(at, [0; 10]),
        at,
    }
}

async fn steer(store: &Arc<dyn Store>, change: &ThreadChange) {
    store.steer_thread(thread(), steering(change)).await.unwrap();
}

fn state(mode: ThreadMode) -> ThreadChange {
    ThreadChange { state: Some(mode), ..ThreadChange::default() }
}

fn slow(secs: u32) -> ThreadChange {
    ThreadChange { slow_secs: Some(secs), ..state(ThreadMode::Slow) }
}

/// A comment of another author, at so many seconds.
fn by(author: u8, number: u8) -> NewCommentRecord {
    NewCommentRecord { author_hash: [author; 32], ..comment(number) }
}

pub(crate) async fn thread_without_comments_can_be_steered(store: &Arc<dyn Store>) {
    let announcing = ThreadChange { notice: Some("Live".into()), ..state(ThreadMode::Held) };
    let named = ThreadNames { title: NameChange::Set("Named".into()), url: NameChange::Keep };
    let steering = ThreadSteering { names: named, ..steering(&announcing) };
    store.steer_thread(thread(), steering).await.unwrap();
    let page = list(store, whole(thread())).await;
    assert_eq!(page.thread.settings.notice.as_deref(), Some("Live"));
    assert_eq!((page.thread.title.as_deref(), page.thread.total, page.comments.len()), (Some("Named"), 0, 0));
    insert(store, [comment(11)]).await;
    let page = list(store, whole(thread())).await;
    assert_eq!(
        (numbers(&page), page.thread.total, page.thread.settings.mode),
        (vec![11], 1, ThreadMode::Held)
    );
    assert_eq!(store.threads(&ThreadFilter { limit: 9, ..ThreadFilter::default() }).await.unwrap().len(), 1);
}

pub(crate) async fn closed_thread_takes_comments_again_after_its_end(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let until = Some(UnixMillis(20_000).into());
    steer(store, &ThreadChange { state_until: until, ..state(ThreadMode::Closed) }).await;
    for number in [11, 20] {
        assert!(matches!(store.submit(comment(number)).await, Err(SubmitError::ThreadClosed)));
    }
    insert(store, [comment(21)]).await;
    steer(store, &state(ThreadMode::Closed)).await;
    assert!(matches!(store.submit(comment(22)).await, Err(SubmitError::ThreadClosed)));
    steer(store, &state(ThreadMode::Open)).await;
    insert(store, [comment(22)]).await;
}

pub(crate) async fn slow_thread_takes_one_comment_of_an_author_at_a_time(store: &Arc<dyn Store>) {
    steer(store, &slow(10)).await;
    insert(store, [by(1, 11), by(2, 12)]).await;
    let Err(SubmitError::ThreadSlow { until }) = store.submit(by(1, 20)).await else {
        panic!("the first author must wait")
    };
    assert_eq!(until, UnixMillis(21_000));
    insert(store, [by(1, 21)]).await;
    assert!(matches!(store.submit(by(2, 21 - 1)).await, Err(SubmitError::ThreadSlow { .. })));
    // Of another thread it says nothing.
    let elsewhere = dumka_domain::thread::ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [NewCommentRecord { thread: elsewhere, ..by(1, 23) }]).await;
    steer(store, &state(ThreadMode::Open)).await;
    insert(store, [by(1, 24), by(1, 25)]).await;
    steer(store, &slow(10)).await;
    insert(store, [by(1, 26)]).await;
}

pub(crate) async fn refused_comment_does_not_make_its_author_wait(store: &Arc<dyn Store>) {
    steer(store, &slow(10)).await;
    assert!(matches!(store.submit(reply(11, 99)).await, Err(SubmitError::ParentNotFound)));
    insert(store, [comment(12)]).await;
    assert!(store.submit(comment(12)).await.is_ok(), "a retry is not another comment");
}

pub(crate) async fn two_comments_of_an_author_at_once_are_one_too_many(store: &Arc<dyn Store>) {
    steer(store, &slow(100)).await;
    let (one, other) = tokio::join!(submit(store, comment(11)), submit(store, comment(12)));
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|is_ok| **is_ok).count(), 1);
    assert_eq!(list(store, whole(thread())).await.thread.total, 1);
}

pub(crate) async fn changed_settings_are_a_change_of_the_thread_for_those_who_have_not_seen_it(
    store: &Arc<dyn Store>,
) {
    insert(store, [comment(1)]).await;
    steer(store, &state(ThreadMode::Closed)).await;
    let changes = async |after| store.changes_since(&thread(), ChangePosition::after(after)).await.unwrap();
    let told = changes(1).await;
    assert!(told.changes.is_empty());
    assert_eq!(told.through, ChangePosition::after(2));
    let changed = told.thread.expect("the thread has changed");
    assert_eq!((changed.position, changed.thread.settings.mode), (told.through, ThreadMode::Closed));
    assert!(changes(0).await.thread.is_some());
    assert!(changes(2).await.thread.is_none());
    steer(store, &state(ThreadMode::Closed)).await;
    assert!(changes(2).await.thread.is_none(), "the settings are the same");
}

pub(crate) async fn phases_that_spoke_are_kept_with_the_text(store: &Arc<dyn Store>) {
    insert(store, [NewCommentRecord { detected: vec!["thread_state"], ..comment(1) }]).await;
    let edit = EditInput {
        id: id(1),
        text: "Other".into(),
        body: dumka_api::Body::Plain("Other".into()),
        base: EditBase::Any,
        status: dumka_domain::comment::Status::Pending,
        detected: vec!["thread_state"],
        edited_at: UnixMillis(20_000),
    };
    let detected = async || store.newsroom_comments(&[id(1)]).await.unwrap().pop().unwrap().detected;
    assert_eq!(detected().await, ["thread_state"]);
    let edit = EditInput { detected: vec!["links", "pre_moderation"], ..edit };
    assert_eq!(store.edit(edit).await.unwrap().status, dumka_domain::comment::Status::Pending);
    assert_eq!(detected().await, ["links", "pre_moderation"]);
}
