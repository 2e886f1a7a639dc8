//! The size and the beginning of a page.

use std::sync::Arc;

use dumka_api::Sort;
use dumka_domain::comment::Status;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{ListError, ListQuery, NewCommentRecord, Page, PageLimits, PageStart, Store};

use crate::fixture::{
    MUCH, NOW, SetStatus, after_comment, comment, id, insert, insert_many, list, numbered, numbers, reply,
    thread, whole,
};

const MANY: u32 = 10_000;

/// Two trees: 1 (3 (5), 6) and 2 (4).
async fn two_trees(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), reply(3, 1), reply(4, 2), reply(5, 3), reply(6, 1)]).await;
}

fn of(comments: usize) -> PageLimits {
    PageLimits { comments, ..MUCH }
}

async fn from(store: &Arc<dyn Store>, start: PageStart, limits: PageLimits) -> Page {
    list(store, ListQuery { start, limits, ..whole(thread()) }).await
}

/// The parts of a thread, one after the other.
async fn parts(store: &Arc<dyn Store>, sort: Sort, limits: PageLimits) -> Vec<Vec<u128>> {
    let (mut parts, mut start) = (Vec::new(), PageStart::Top);
    loop {
        let page = list(store, ListQuery { sort, start, limits, ..whole(thread()) }).await;
        parts.push(numbers(&page));
        let Some(next) = page.next else { return parts };
        start = PageStart::After(next);
    }
}

pub(crate) async fn page_continues_inside_a_tree_where_the_last_one_was_full(store: &Arc<dyn Store>) {
    two_trees(store).await;
    for comments in 1..=7 {
        for (sort, all) in [(Sort::Oldest, [1, 3, 5, 6, 2, 4]), (Sort::Newest, [2, 4, 1, 3, 5, 6])] {
            let parts = parts(store, sort, of(comments)).await;
            assert_eq!(parts, all.chunks(comments).map(<[u128]>::to_vec).collect::<Vec<_>>());
        }
    }
}

pub(crate) async fn page_is_bounded_by_text_and_holds_one_comment_at_least(store: &Arc<dyn Store>) {
    two_trees(store).await;
    for (text_bytes, longest) in [(1, 1), (60, 3), (100, 5)] {
        let parts = parts(store, Sort::Oldest, PageLimits { text_bytes, ..MUCH }).await;
        assert_eq!(parts.concat(), [1, 3, 5, 6, 2, 4], "{text_bytes}");
        assert!(parts.iter().all(|part| (1..=longest).contains(&part.len())), "{text_bytes}: {parts:?}");
    }
}

pub(crate) async fn cursor_inside_a_tree_outlives_its_comment(store: &Arc<dyn Store>) {
    two_trees(store).await;
    let next = from(store, PageStart::Top, of(3)).await.next.unwrap();
    assert_eq!(next, after_comment(5));
    store.set_status(id(5), Status::Deleted, NOW).await.unwrap();
    assert_eq!(numbers(&from(store, PageStart::After(next.clone()), MUCH).await), [6, 2, 4]);
    insert(store, [reply(7, 3)]).await;
    assert_eq!(numbers(&from(store, PageStart::After(next.clone()), MUCH).await), [7, 6, 2, 4]);
    for gone in [1, 3, 6, 7] {
        store.set_status(id(gone), Status::Deleted, NOW).await.unwrap();
    }
    assert_eq!(numbers(&from(store, PageStart::After(next.clone()), MUCH).await), [2, 4], "the tree is gone");
}

pub(crate) async fn cursor_inside_another_threads_tree_is_unknown(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [NewCommentRecord { thread: elsewhere, ..comment(2) }]).await;
    for comment in [2, 9] {
        let start = PageStart::After(after_comment(comment));
        let answer = store.list(&ListQuery { start, ..whole(thread()) }).await;
        assert!(matches!(answer, Err(ListError::CursorUnknown)), "{comment}");
    }
}

pub(crate) async fn page_begins_at_the_tree_of_the_comment_asked_for(store: &Arc<dyn Store>) {
    two_trees(store).await;
    insert(store, [comment(7)]).await;
    for (sort, part) in [(Sort::Oldest, vec![2, 4, 7]), (Sort::Newest, vec![2, 4, 1, 3, 5, 6])] {
        for asked in [2, 4] {
            let start = PageStart::At(id(asked));
            let page = list(store, ListQuery { sort, start, ..whole(thread()) }).await;
            assert_eq!((numbers(&page), page.earlier), (part.clone(), true), "{sort:?} {asked}");
        }
    }
    for (sort, asked) in [(Sort::Oldest, 5), (Sort::Best, 6), (Sort::Newest, 7)] {
        let start = PageStart::At(id(asked));
        let page = list(store, ListQuery { sort, start, ..whole(thread()) }).await;
        assert_eq!((page.comments.len(), page.earlier), (7, false), "{sort:?}: nothing stands before");
    }
}

pub(crate) async fn page_begins_inside_the_tree_where_it_would_end_before(store: &Arc<dyn Store>) {
    two_trees(store).await;
    for (asked, comments, part, earlier) in
        [(5, 3, vec![1, 3, 5], false), (6, 3, vec![6, 2, 4], true), (5, 2, vec![5, 6], true)]
    {
        let page = from(store, PageStart::At(id(asked)), of(comments)).await;
        assert_eq!((numbers(&page), page.earlier), (part, earlier), "{asked}");
    }
}

pub(crate) async fn comment_that_is_not_visible_here_leads_to_the_start_of_the_thread(
    store: &Arc<dyn Store>,
) {
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [comment(1), comment(2), NewCommentRecord { thread: elsewhere, ..comment(3) }]).await;
    insert(store, [NewCommentRecord { status: Status::Pending, ..comment(4) }, comment(5)]).await;
    store.set_status(id(5), Status::Deleted, NOW).await.unwrap();
    for asked in [3, 4, 5, 99] {
        let page = from(store, PageStart::At(id(asked)), MUCH).await;
        assert_eq!((numbers(&page), page.earlier), (vec![1, 2], false), "{asked}");
    }
    let nobodys = ThreadKey { page: "nobody's".into(), ..thread() };
    assert_eq!(
        list(store, ListQuery { start: PageStart::At(id(1)), ..whole(nobodys) }).await,
        Page::default()
    );
}

/// A large tree between two small ones; `parent` tells whom a reply answers.
async fn large_tree(store: &Arc<dyn Store>, parent: fn(u32) -> u32) {
    insert(store, [numbered(1), numbered(2), numbered(MANY + 1)]).await;
    let reply = |number| NewCommentRecord { parent: Some(id(parent(number).into())), ..numbered(number) };
    insert_many(store, (3..=MANY).map(reply).collect()).await;
}

async fn is_read_page_by_page(store: &Arc<dyn Store>) {
    let large: Vec<u128> = (2..=MANY.into()).collect();
    let last = u128::from(MANY) + 1;
    let in_order = [&[1], &large[..], &[last]].concat();
    let newest = [&[last], &large[..], &[1]].concat();
    for (sort, all) in [(Sort::Oldest, &in_order), (Sort::Best, &in_order), (Sort::Newest, &newest)] {
        assert!(parts(store, sort, of(1_500)).await.concat() == *all, "{sort:?}");
    }
    let far = from(store, PageStart::At(id(9_000)), of(300)).await;
    assert!(far.earlier && numbers(&far) == (9_000..9_300).collect::<Vec<_>>());
}

pub(crate) async fn chain_of_ten_thousand_replies_is_read_page_by_page(store: &Arc<dyn Store>) {
    large_tree(store, |number| number - 1).await;
    is_read_page_by_page(store).await;
    let page = list(store, whole(thread())).await;
    assert_eq!(page.comments.len(), MANY as usize + 1, "and whole, where that is asked for");
}

pub(crate) async fn ten_thousand_replies_side_by_side_are_read_page_by_page(store: &Arc<dyn Store>) {
    large_tree(store, |_| 2).await;
    is_read_page_by_page(store).await;
}
