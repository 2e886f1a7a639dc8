//! The order of comments.

use std::sync::Arc;

use dumka_api::Sort;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{Cursor, ListError, ListQuery, NewCommentRecord, PageEnd, PageLimits, PageStart, Store};

use crate::fixture::{MUCH, comment, id, insert, list, numbered, numbers, reply, thread, whole};

pub(crate) async fn replies_follow_their_parent_oldest_first(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), reply(3, 1), reply(4, 2), reply(5, 3), reply(6, 1)]).await;
    let page = list(store, whole(thread())).await;
    assert_eq!(numbers(&page), [1, 3, 5, 6, 2, 4]);
    assert_eq!(page.next, None);
}

pub(crate) async fn sorting_orders_top_level_comments_only(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), reply(3, 1), reply(4, 1), comment(5)]).await;
    let newest = list(store, ListQuery { sort: Sort::Newest, ..whole(thread()) }).await;
    assert_eq!(numbers(&newest), [5, 2, 1, 3, 4]);
    let best = list(store, ListQuery { sort: Sort::Best, ..whole(thread()) }).await;
    assert_eq!(numbers(&best), [1, 3, 4, 2, 5], "without votes the oldest is the best");
}

pub(crate) async fn cursor_continues_where_the_last_page_ended(store: &Arc<dyn Store>) {
    for sort in Sort::ALL {
        let thread = ThreadKey { site: sort.as_str().into(), ..thread() };
        let in_thread = |number: u32| NewCommentRecord {
            thread: thread.clone(),
            ..numbered(number + 1_000 * (sort as u32 + 1))
        };
        insert(store, (1..=5).map(in_thread)).await;
        let all = numbers(&list(store, ListQuery { sort, ..whole(thread.clone()) }).await);
        let (mut seen, mut start) = (Vec::new(), PageStart::Top);
        let limits = PageLimits { top_level: 2, ..MUCH };
        loop {
            let page = list(store, ListQuery { thread: thread.clone(), sort, start, limits }).await;
            seen.extend(numbers(&page));
            let Some(next) = page.next else { break };
            start = PageStart::After(next);
            if sort == Sort::Newest && seen.len() == 2 {
                // A comment that comes while somebody reads must not move the pages.
                insert(store, [in_thread(9)]).await;
            }
        }
        assert_eq!(seen, all, "{sort:?}");
    }
}

pub(crate) async fn cursor_of_another_thread_is_unknown(store: &Arc<dyn Store>) {
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [comment(1), reply(2, 1)]).await;
    let unknown = [
        (elsewhere, id(1)), // a thread nobody wrote in
        (thread(), id(9)),  // no comment at all
        (thread(), id(2)),  // a reply
    ];
    for (thread, root) in unknown {
        let start = PageStart::After(Cursor { end: PageEnd::Tree(root), returned: None });
        let answer = store.list(&ListQuery { start, ..whole(thread) }).await;
        assert!(matches!(answer, Err(ListError::CursorUnknown)), "{root}");
    }
}

pub(crate) async fn thread_without_comments_is_empty(store: &Arc<dyn Store>) {
    let page = list(store, whole(thread())).await;
    assert_eq!((page.comments.len(), page.thread.total, page.next), (0, 0, None));
}
