//! What somebody who follows a thread is told.

use std::sync::Arc;

use dumka_api::Body;
use dumka_domain::comment::Status;
use dumka_domain::edit::EditBase;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{ChangeKind, ChangePosition, ChangeSet, EditInput, NewCommentRecord, Store, Visibility};

use crate::fixture::{NOW, comment, id, keep, keep_many, numbered, reply, thread};

pub(crate) async fn every_comment_is_told_once_in_the_order_of_its_last_change(store: &Arc<dyn Store>) {
    keep(store, [comment(1), comment(2), comment(3)]).await;
    edit(store, 1).await;
    let news = news(store, ChangePosition::after(0)).await;
    assert_eq!(
        told(&news, 0),
        [(2, ChangeKind::Published), (3, ChangeKind::Published), (1, ChangeKind::Published)]
    );
    assert_eq!((news.total, news.through, news.more), (3, ChangePosition::after(4), false));
    assert_eq!(told(&self::news(store, ChangePosition::after(3)).await, 3), [(1, ChangeKind::Edited)]);
    assert_eq!(told(&self::news(store, ChangePosition::after(4)).await, 4), []);
}

pub(crate) async fn what_a_change_is_depends_on_what_was_seen(store: &Arc<dyn Store>) {
    keep(store, [comment(1)]).await;
    edit(store, 1).await;
    store.set_status(id(1), Status::Rejected, NOW).await.unwrap();
    assert_eq!(told(&news(store, ChangePosition::after(1)).await, 1), [(1, ChangeKind::Removed)]);
    store.set_status(id(1), Status::Published, NOW).await.unwrap();
    let change = &news(store, ChangePosition::after(1)).await.changes[0];
    let kinds = [0, 1, 3, 4].map(|revision| change.kind_since(revision));
    assert_eq!(
        kinds,
        [ChangeKind::Published, ChangeKind::Published, ChangeKind::Published, ChangeKind::VotesChanged]
    );
}

pub(crate) async fn what_nobody_ever_saw_is_nobodys_news(store: &Arc<dyn Store>) {
    let pending = |number| NewCommentRecord { status: Status::Pending, ..comment(number) };
    keep(store, [pending(1), comment(2), pending(3)]).await;
    store.set_status(id(1), Status::Rejected, NOW).await.unwrap();
    let news = news(store, ChangePosition::after(0)).await;
    assert_eq!(told(&news, 0), [(2, ChangeKind::Published)]);
    assert_eq!(news.through, ChangePosition::after(4));
}

pub(crate) async fn mark_that_stood_above_a_reply_goes_with_it(store: &Arc<dyn Store>) {
    keep(store, [comment(1), reply(2, 1)]).await;
    store.set_status(id(1), Status::Deleted, NOW).await.unwrap();
    let news = news(store, ChangePosition::after(2)).await;
    assert_eq!(
        (told(&news, 2), news.changes[0].visibility),
        (vec![(1, ChangeKind::Removed)], Visibility::Visible)
    );
    store.set_status(id(2), Status::Deleted, NOW).await.unwrap();
    let news = self::news(store, ChangePosition::after(3)).await;
    assert_eq!(told(&news, 3), [(1, ChangeKind::Removed), (2, ChangeKind::Removed)]);
    let ends: Vec<_> = news.changes.iter().map(|change| (change.visibility, change.ends_revision)).collect();
    assert_eq!(ends, [(Visibility::Hidden, false), (Visibility::Hidden, true)]);
}

pub(crate) async fn much_news_is_read_part_by_part(store: &Arc<dyn Store>) {
    keep_many(store, (1..=450).map(numbered).collect()).await;
    let large = |number| NewCommentRecord { body: Body::Plain("ї".repeat(20_000)), ..numbered(number) };
    keep(store, (451..=453).map(large)).await;
    let (mut point, mut seen, mut parts) = (ChangePosition::after(0), Vec::new(), Vec::new());
    loop {
        let news = news(store, point).await;
        seen.extend(told(&news, 0).into_iter().map(|(number, _)| number));
        parts.push(news.changes.len());
        point = news.through;
        if !news.more {
            break;
        }
    }
    assert_eq!(seen, (1..=453).collect::<Vec<_>>());
    assert!(parts.iter().all(|part| (1..=200).contains(part)) && parts.ends_with(&[1, 1]), "{parts:?}");
}

pub(crate) async fn changes_of_one_revision_are_all_told_though_a_part_ends_between(store: &Arc<dyn Store>) {
    // A chain of marks that all go with the comment below them.
    let chain = |number: u32| NewCommentRecord {
        parent: (number > 1).then(|| id(u128::from(number - 1))),
        ..numbered(number)
    };
    keep(store, (1..=205_u32).map(chain)).await;
    for number in 1..=205 {
        store.set_status(id(number), Status::Deleted, NOW).await.unwrap();
    }
    let first = news(store, ChangePosition::after(409)).await;
    assert_eq!((first.changes.len(), first.more), (200, true));
    assert!(first.changes.iter().all(|change| !change.ends_revision));
    let rest = news(store, first.through).await;
    assert_eq!((rest.changes.len(), rest.more, rest.changes[4].ends_revision), (5, false, true));
    assert_eq!(rest.through, ChangePosition::after(410));
}

pub(crate) async fn thread_that_is_not_there_has_no_news(store: &Arc<dyn Store>) {
    keep(store, [comment(1)]).await;
    let other = ThreadKey { site: "news.example".into(), page: "other".into() };
    let news = store.changes_since(&other, ChangePosition::after(7)).await.unwrap();
    assert_eq!((news.through, news.changes.len(), news.more), (ChangePosition::after(0), 0, false));
}

pub(crate) async fn next_version_comes_with_the_next_write(store: &Arc<dyn Store>) {
    keep(store, [comment(1)]).await;
    let known = store.version().await.unwrap();
    let waiting = {
        let store = Arc::clone(store);
        tokio::spawn(async move { store.version_after(known).await })
    };
    keep(store, [comment(2)]).await;
    let version = waiting.await.unwrap().unwrap();
    assert!(version.writes > known.writes);
    // What was written meanwhile is not waited for.
    assert_eq!(store.version_after(known).await.unwrap(), version);
}

async fn edit(store: &Arc<dyn Store>, number: u128) {
    let edit = EditInput {
        id: id(number),
        text: "other".into(),
        body: Body::Plain("other".into()),
        base: EditBase::Any,
        status: Status::Published,
        edited_at: NOW,
    };
    store.edit(edit).await.unwrap();
}

async fn news(store: &Arc<dyn Store>, after: ChangePosition) -> ChangeSet {
    store.changes_since(&thread(), after).await.unwrap()
}

/// The comments that are news to somebody who has seen everything up to `revision`.
fn told(news: &ChangeSet, revision: u64) -> Vec<(u128, ChangeKind)> {
    let told = news.changes.iter().map(|change| (change.comment.id.0.as_u128(), change.kind_since(revision)));
    told.collect()
}
