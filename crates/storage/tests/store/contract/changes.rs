//! Changes since a position, as live streams read them.

use std::sync::Arc;

use dumka_api::Body;
use dumka_domain::comment::Status;
use dumka_domain::edit::EditBase;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{ChangeKind, ChangePosition, ChangeSet, EditInput, NewCommentRecord, Store, Visibility};

use crate::fixture::{NOW, SetStatus, comment, id, insert, insert_many, numbered, reply, thread};

pub(crate) async fn every_comment_is_listed_once_in_the_order_of_its_last_change(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), comment(3)]).await;
    edit(store, 1).await;
    let set = changes_after(store, ChangePosition::after(0)).await;
    assert_eq!(
        kinds(&set, 0),
        [(2, ChangeKind::Published), (3, ChangeKind::Published), (1, ChangeKind::Published)]
    );
    assert_eq!((set.total, set.through, set.more), (3, ChangePosition::after(4), false));
    assert_eq!(kinds(&changes_after(store, ChangePosition::after(3)).await, 3), [(1, ChangeKind::Edited)]);
    assert_eq!(kinds(&changes_after(store, ChangePosition::after(4)).await, 4), []);
}

pub(crate) async fn kind_of_a_change_depends_on_the_revision_seen(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    edit(store, 1).await;
    store.set_status(id(1), Status::Rejected, NOW).await.unwrap();
    assert_eq!(kinds(&changes_after(store, ChangePosition::after(1)).await, 1), [(1, ChangeKind::Removed)]);
    store.set_status(id(1), Status::Published, NOW).await.unwrap();
    let change = &changes_after(store, ChangePosition::after(1)).await.changes[0];
    let kinds = [0, 1, 3, 4].map(|revision| change.kind_since(revision));
    assert_eq!(
        kinds,
        [ChangeKind::Published, ChangeKind::Published, ChangeKind::Published, ChangeKind::VotesChanged]
    );
}

pub(crate) async fn comment_that_was_never_published_is_no_change(store: &Arc<dyn Store>) {
    let pending = |number| NewCommentRecord { status: Status::Pending, ..comment(number) };
    insert(store, [pending(1), comment(2), pending(3)]).await;
    store.set_status(id(1), Status::Rejected, NOW).await.unwrap();
    let set = changes_after(store, ChangePosition::after(0)).await;
    assert_eq!(kinds(&set, 0), [(2, ChangeKind::Published)]);
    assert_eq!(set.through, ChangePosition::after(4));
}

pub(crate) async fn tombstone_goes_with_its_last_reply(store: &Arc<dyn Store>) {
    insert(store, [comment(1), reply(2, 1)]).await;
    store.set_status(id(1), Status::Deleted, NOW).await.unwrap();
    let set = changes_after(store, ChangePosition::after(2)).await;
    assert_eq!(
        (kinds(&set, 2), set.changes[0].visibility),
        (vec![(1, ChangeKind::Removed)], Visibility::Visible)
    );
    store.set_status(id(2), Status::Deleted, NOW).await.unwrap();
    let set = changes_after(store, ChangePosition::after(3)).await;
    assert_eq!(kinds(&set, 3), [(1, ChangeKind::Removed), (2, ChangeKind::Removed)]);
    let ends: Vec<_> = set.changes.iter().map(|change| (change.visibility, change.ends_revision)).collect();
    assert_eq!(ends, [(Visibility::Hidden, false), (Visibility::Hidden, true)]);
}

pub(crate) async fn many_changes_are_read_in_several_reads(store: &Arc<dyn Store>) {
    insert_many(store, (1..=450).map(numbered).collect()).await;
    let large = |number| NewCommentRecord { body: Body::Plain("ї".repeat(20_000)), ..numbered(number) };
    insert(store, (451..=453).map(large)).await;
    let (mut point, mut seen, mut reads) = (ChangePosition::after(0), Vec::new(), Vec::new());
    loop {
        let set = changes_after(store, point).await;
        seen.extend(kinds(&set, 0).into_iter().map(|(number, _)| number));
        reads.push(set.changes.len());
        point = set.through;
        if !set.more {
            break;
        }
    }
    assert_eq!(seen, (1..=453).collect::<Vec<_>>());
    assert!(reads.iter().all(|part| (1..=200).contains(part)) && reads.ends_with(&[1, 1]), "{reads:?}");
}

pub(crate) async fn changes_of_one_revision_are_all_read_though_a_read_ends_between(store: &Arc<dyn Store>) {
    // A chain of marks that all go with the comment below them.
    let chain = |number: u32| NewCommentRecord {
        parent: (number > 1).then(|| id(u128::from(number - 1))),
        ..numbered(number)
    };
    insert(store, (1..=205_u32).map(chain)).await;
    for number in 1..=205 {
        store.set_status(id(number), Status::Deleted, NOW).await.unwrap();
    }
    let first = changes_after(store, ChangePosition::after(409)).await;
    assert_eq!((first.changes.len(), first.more), (200, true));
    assert!(first.changes.iter().all(|change| !change.ends_revision));
    let rest = changes_after(store, first.through).await;
    assert_eq!((rest.changes.len(), rest.more, rest.changes[4].ends_revision), (5, false, true));
    assert_eq!(rest.through, ChangePosition::after(410));
}

pub(crate) async fn missing_thread_has_no_changes(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let other = ThreadKey { site: "news.example".into(), page: "other".into() };
    let set = store.changes_since(&other, ChangePosition::after(7)).await.unwrap();
    assert_eq!((set.through, set.changes.len(), set.more), (ChangePosition::after(0), 0, false));
}

pub(crate) async fn next_version_comes_with_the_next_write(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let known = store.version().await.unwrap();
    let waiting = {
        let store = Arc::clone(store);
        tokio::spawn(async move { store.version_after(known).await })
    };
    insert(store, [comment(2)]).await;
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
        detected: Vec::new(),
        status: Status::Published,
        edited_at: NOW,
    };
    store.edit(edit).await.unwrap();
}

async fn changes_after(store: &Arc<dyn Store>, after: ChangePosition) -> ChangeSet {
    store.changes_since(&thread(), after).await.unwrap()
}

/// The changed comments, each with its kind for a reader who has seen everything up to `revision`.
fn kinds(set: &ChangeSet, revision: u64) -> Vec<(u128, ChangeKind)> {
    let kinds = set.changes.iter().map(|change| (change.comment.id.0.as_u128(), change.kind_since(revision)));
    kinds.collect()
}
