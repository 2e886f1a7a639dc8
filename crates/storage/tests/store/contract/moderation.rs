//! Decisions of moderators, and their effect on a thread.

use std::sync::Arc;

use dumka_domain::comment::Status;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{ListQuery, NewCommentRecord, NewsroomQuery, PageLimits, PageStart, Store, SubmitResult};

use crate::fixture::{
    MUCH, NOW, SetStatus, after_tree, comment, everything, id, insert, list, numbers, reply, thread, whole,
};

pub(crate) async fn pending_comment_is_neither_listed_nor_counted(store: &Arc<dyn Store>) {
    let pending = |number| NewCommentRecord { status: Status::Pending, ..comment(number) };
    insert(store, [pending(1), comment(2), NewCommentRecord { parent: Some(id(2)), ..pending(3) }]).await;
    assert_eq!(shown(store).await, (vec![2], 1));
    decide(store, 1, Status::Published).await;
    decide(store, 3, Status::Published).await;
    assert_eq!(shown(store).await, (vec![1, 2, 3], 3));
}

pub(crate) async fn total_follows_every_decision(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    let decisions = [
        (Status::Rejected, 1),
        (Status::Rejected, 1),
        (Status::Deleted, 1),
        (Status::Published, 2),
        (Status::Published, 2),
        (Status::Pending, 1),
        (Status::Published, 2),
    ];
    for (status, total) in decisions {
        decide(store, 1, status).await;
        assert_eq!(shown(store).await.1, total, "{status:?}");
    }
}

pub(crate) async fn hidden_comment_is_a_tombstone_while_published_replies_hang_from_it(
    store: &Arc<dyn Store>,
) {
    insert(store, [comment(1), reply(2, 1), reply(3, 2), reply(4, 1), comment(5)]).await;
    decide(store, 1, Status::Deleted).await;
    decide(store, 2, Status::Deleted).await;
    assert_eq!(shown(store).await, (vec![1, 2, 3, 4, 5], 3));
    let page = list(store, whole(thread())).await;
    assert_eq!(page.comments[0].status, Status::Deleted);

    decide(store, 3, Status::Rejected).await;
    assert_eq!(shown(store).await, (vec![1, 4, 5], 2));
    decide(store, 4, Status::Deleted).await;
    assert_eq!(shown(store).await, (vec![5], 1));
    decide(store, 3, Status::Published).await;
    assert_eq!(shown(store).await, (vec![1, 2, 3, 5], 2));
}

pub(crate) async fn hidden_top_level_comments_do_not_count_towards_the_limit(store: &Arc<dyn Store>) {
    insert(store, (1..=6).map(comment)).await;
    for hidden in [1, 3, 4] {
        decide(store, hidden, Status::Deleted).await;
    }
    let first =
        list(store, ListQuery { limits: PageLimits { top_level: 2, ..MUCH }, ..whole(thread()) }).await;
    assert_eq!((numbers(&first), &first.next), (vec![2, 5], &Some(after_tree(5))));
    // A cursor that is hidden meanwhile still marks its place.
    decide(store, 5, Status::Deleted).await;
    let start = PageStart::After(first.next.unwrap());
    let second =
        list(store, ListQuery { start, limits: PageLimits { top_level: 1, ..MUCH }, ..whole(thread()) })
            .await;
    assert_eq!((numbers(&second), second.next), (vec![6], None));
}

pub(crate) async fn retry_after_a_decision_returns_the_present_status(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    decide(store, 1, Status::Rejected).await;
    let SubmitResult::Existing(again) = store.submit(comment(1)).await.unwrap() else { panic!("kept twice") };
    assert_eq!(again.status, Status::Rejected);
    assert_eq!(shown(store).await, (vec![], 0));
}

pub(crate) async fn queue_is_filtered_and_newest_first(store: &Arc<dyn Store>) {
    let elsewhere = |number| NewCommentRecord {
        thread: ThreadKey { site: "other.example".into(), page: "a".into() },
        ..comment(number)
    };
    insert(store, [comment(1), elsewhere(2), comment(3), elsewhere(4)]).await;
    decide(store, 4, Status::Rejected).await;
    let all = everything(&["news.example", "other.example"]);
    assert_eq!(queued(store, &all).await, [4, 3, 2, 1]);
    assert_eq!(queued(store, &NewsroomQuery { limit: 2, ..all.clone() }).await, [4, 3]);
    let other = everything(&["other.example"]);
    assert_eq!(queued(store, &other).await, [4, 2]);
    assert_eq!(queued(store, &NewsroomQuery { status: Some(Status::Published), ..other }).await, [2]);
    assert_eq!(queued(store, &NewsroomQuery { page: Some("news/42".into()), ..all.clone() }).await, [3, 1]);
    let first = &store.queue(&all).await.unwrap().comments[3];
    assert_eq!((first.text.as_str(), &first.thread), ("Comment 1", &thread()));
}

pub(crate) async fn decision_on_a_missing_comment_says_so(store: &Arc<dyn Store>) {
    assert!(!store.set_status(id(1), Status::Deleted, NOW).await.unwrap());
}

async fn decide(store: &Arc<dyn Store>, number: u128, status: Status) {
    assert!(store.set_status(id(number), status, NOW).await.unwrap());
}

/// The comments of the thread as shown, and their number as told.
async fn shown(store: &Arc<dyn Store>) -> (Vec<u128>, u64) {
    let page = list(store, whole(thread())).await;
    (numbers(&page), page.thread.total)
}

async fn queued(store: &Arc<dyn Store>, query: &NewsroomQuery) -> Vec<u128> {
    let comments = store.queue(query).await.unwrap().comments;
    comments.iter().map(|queued| queued.comment.id.0.as_u128()).collect()
}
