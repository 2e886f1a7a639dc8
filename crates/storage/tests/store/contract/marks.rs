//! Featured and pinned comments.

use std::sync::Arc;

use dumka_api::Sort;
use dumka_api::newsroom::{Act, ActorKind};
use dumka_domain::comment::{Marks, Status};
use dumka_storage::{
    ChangeKind, ChangePosition, DecidedBy, DecisionRefusal, ListQuery, PageLimits, PageStart, Store,
};

use super::decisions::{decide, on, outcome, pending, undo};
use crate::fixture::{
    MUCH, NOW, SetStatus, all_comments, comment, id, insert, list, numbers, reply, thread, whole,
};

async fn mark(store: &Arc<dyn Store>, number: u128, act: Act) {
    marked(store, number, act).await.unwrap();
}

async fn marked(store: &Arc<dyn Store>, number: u128, act: Act) -> Result<(), DecisionRefusal> {
    let by = DecidedBy::one(ActorKind::Shell);
    store.decide_one(id(number), act, by, NOW).await.unwrap().map(drop)
}

fn sorted(sort: Sort, limits: PageLimits) -> ListQuery {
    ListQuery { sort, limits, ..whole(thread()) }
}

/// Reads a list to its end; `meanwhile` is awaited after the first page.
async fn read(store: &Arc<dyn Store>, query: ListQuery, meanwhile: impl Future<Output = ()>) -> Vec<u128> {
    let first = list(store, query.clone()).await;
    meanwhile.await;
    let (mut seen, mut next) = (numbers(&first), first.next);
    while let Some(cursor) = next {
        let start = PageStart::After(cursor.to_string().parse().unwrap());
        let page = list(store, ListQuery { start, ..query.clone() }).await;
        seen.extend(numbers(&page));
        next = page.next;
    }
    seen
}

pub(crate) async fn featured_comments_are_listed_alone_in_the_order_of_their_arrival(store: &Arc<dyn Store>) {
    insert(store, [comment(1), reply(2, 1), comment(3), reply(4, 3), comment(5)]).await;
    assert!(!list(store, whole(thread())).await.thread.has_featured);
    for number in [5, 4, 1] {
        mark(store, number, Act::Feature).await;
    }
    let page = list(store, sorted(Sort::Featured, MUCH)).await;
    assert_eq!((numbers(&page), page.next), (vec![1, 4, 5], None));
    assert!(page.comments.iter().all(|comment| comment.marks == Marks { featured: true, pinned: false }));
    assert!(list(store, whole(thread())).await.thread.has_featured);
    for number in [4, 5, 1] {
        store.set_status(id(number), Status::Rejected, NOW).await.unwrap();
    }
    let page = list(store, sorted(Sort::Featured, MUCH)).await;
    assert_eq!((numbers(&page), page.thread.has_featured), (vec![], false));
}

pub(crate) async fn featured_comments_are_read_page_by_page(store: &Arc<dyn Store>) {
    insert(store, (1..=7).map(comment)).await;
    for number in [2, 3, 5, 7] {
        mark(store, number, Act::Feature).await;
    }
    for limits in [
        PageLimits { top_level: 1, ..MUCH },
        PageLimits { comments: 3, ..MUCH },
        PageLimits { text_bytes: 1, ..MUCH },
    ] {
        assert_eq!(read(store, sorted(Sort::Featured, limits), async {}).await, [2, 3, 5, 7], "{limits:?}");
    }
    for (number, begins, earlier) in
        [(5, vec![5, 7], true), (2, vec![2, 3, 5, 7], false), (4, vec![2, 3, 5, 7], false)]
    {
        let query = ListQuery { start: PageStart::At(id(number)), ..sorted(Sort::Featured, MUCH) };
        let page = list(store, query).await;
        assert_eq!((numbers(&page), page.earlier), (begins, earlier));
    }
}

pub(crate) async fn pinned_comments_stand_first_in_every_order_and_come_once(store: &Arc<dyn Store>) {
    insert(store, (1..=6).map(comment)).await;
    insert(store, [reply(7, 4)]).await;
    for number in [4, 2] {
        mark(store, number, Act::Pin).await;
    }
    let oldest = [2, 4, 7, 1, 3, 5, 6];
    for (sort, order) in [(Sort::Oldest, oldest), (Sort::Newest, [2, 4, 7, 6, 5, 3, 1]), (Sort::Best, oldest)]
    {
        for top_level in [2, 3, 4, 100] {
            let query = sorted(sort, PageLimits { top_level, ..MUCH });
            assert_eq!(read(store, query, async {}).await, order, "{sort:?} {top_level}");
        }
    }
    let pinned = list(store, whole(thread())).await.comments.into_iter().filter(|it| it.marks.pinned);
    assert_eq!(pinned.map(|comment| comment.id).collect::<Vec<_>>(), [id(2), id(4)]);
    // Those that the first page has no room for come in their usual place.
    let query = sorted(Sort::Newest, PageLimits { top_level: 1, ..MUCH });
    assert_eq!(read(store, query, async {}).await, [2, 6, 5, 4, 7, 3, 1]);
}

pub(crate) async fn pinned_tree_that_fills_a_page_goes_on_before_the_others(store: &Arc<dyn Store>) {
    insert(store, (1..=3).map(comment)).await;
    insert(store, (4..=8).map(|number| reply(number, 2))).await;
    mark(store, 2, Act::Pin).await;
    for sort in [Sort::Oldest, Sort::Best] {
        for comments in 1..=8 {
            let query = sorted(sort, PageLimits { comments, ..MUCH });
            assert_eq!(read(store, query, async {}).await, [2, 4, 5, 6, 7, 8, 1, 3], "{sort:?} {comments}");
        }
    }
}

pub(crate) async fn comment_pinned_or_unpinned_between_two_pages_comes_once(store: &Arc<dyn Store>) {
    insert(store, (1..=6).map(comment)).await;
    for sort in [Sort::Oldest, Sort::Newest, Sort::Best] {
        mark(store, 5, Act::Pin).await;
        mark(store, 2, Act::Unpin).await;
        let query = sorted(sort, PageLimits { top_level: 2, ..MUCH });
        let mut seen = read(store, query, async {
            mark(store, 5, Act::Unpin).await;
            mark(store, 2, Act::Pin).await;
        })
        .await;
        seen.sort_unstable();
        assert_eq!(seen, [1, 2, 3, 4, 5, 6], "{sort:?}");
    }
}

pub(crate) async fn only_published_top_level_comments_are_pinned(store: &Arc<dyn Store>) {
    insert(store, [comment(1), reply(2, 1), comment(3)]).await;
    assert_eq!(marked(store, 2, Act::Pin).await, Err(DecisionRefusal::NotFitting));
    assert_eq!(marked(store, 9, Act::Pin).await, Err(DecisionRefusal::NotThere));
    mark(store, 3, Act::Pin).await;
    store.set_status(id(3), Status::Pending, NOW).await.unwrap();
    assert_eq!(marked(store, 3, Act::Feature).await, Err(DecisionRefusal::NotFitting));
    assert_eq!(numbers(&list(store, whole(thread())).await), [1, 2]);
}

pub(crate) async fn changed_marks_are_a_change_of_the_comment(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let before = store.revision(&thread()).await.unwrap().unwrap();
    mark(store, 1, Act::Feature).await;
    let changes = store.changes_since(&thread(), ChangePosition::after(before)).await.unwrap().changes;
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].kind_since(before), ChangeKind::Edited);
    assert!(changes[0].comment.marks.featured);
    let after = store.revision(&thread()).await.unwrap();
    mark(store, 1, Act::Feature).await;
    assert_eq!(store.revision(&thread()).await.unwrap(), after, "the same again changes nothing");
}

pub(crate) async fn marks_fit_published_comments(store: &Arc<dyn Store>) {
    insert(store, [comment(1), reply(2, 1), pending(3)]).await;
    let results = store.decide(on(&[1, 2, 3], Act::Pin, NOW)).await.unwrap();
    assert_eq!(outcome(&results, 1), Ok(Status::Published));
    assert_eq!(outcome(&results, 2), Err(DecisionRefusal::NotFitting), "a reply stands below its parent");
    assert_eq!(outcome(&results, 3), Err(DecisionRefusal::NotFitting));
    let featured = decide(store, 2, Act::Feature, 1).await;
    assert_eq!(marks(store).await, [(1, false, true), (2, true, false), (3, false, false)]);
    decide(store, 2, Act::Reject, 2).await;
    undo(store, &featured, 3).await.unwrap();
    assert_eq!(marks(store).await[1], (2, false, false), "another decision is no rival of a mark");
}

async fn marks(store: &Arc<dyn Store>) -> Vec<(u128, bool, bool)> {
    let all = all_comments(store).await;
    let marks = |record: &dumka_storage::NewsroomRecord| {
        (record.comment.id.0.as_u128(), record.comment.marks.featured, record.comment.marks.pinned)
    };
    all.iter().rev().map(marks).collect()
}
