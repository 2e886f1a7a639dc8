//! Paging while the thread changes.

use std::collections::HashSet;
use std::sync::Arc;

use dumka_api::Sort;
use dumka_domain::comment::Status;
use dumka_domain::thread::ThreadKey;
use dumka_domain::vote::Vote;
use dumka_storage::{Cursor, ListError, ListQuery, NewCommentRecord, PageLimits, PageStart, Store};

use crate::contract::votes::vote_input;
use crate::fixture::{
    MUCH, NOW, SetStatus, after_tree, comment, id, insert, list, numbered, numbers, reply, thread, whole,
};

const ROOTS: u32 = 12;

/// Reads a list part by part, as far as it goes; `meanwhile` is called between two parts.
async fn read_on(store: &Arc<dyn Store>, query: ListQuery, mut meanwhile: impl AsyncFnMut(u32)) -> Vec<u128> {
    let (mut seen, mut query) = (Vec::new(), query);
    for part in 0.. {
        let page = list(store, query.clone()).await;
        seen.extend(numbers(&page));
        let Some(next) = page.next else { break };
        // As it travels.
        query.start = PageStart::After(next.to_string().parse().unwrap());
        meanwhile(part).await;
    }
    seen
}

async fn vote(store: &Arc<dyn Store>, number: u128, reader: &str, vote: Vote) {
    store.vote(vote_input(number, reader, vote)).await.unwrap();
}

fn by_score(top_level: u32) -> ListQuery {
    ListQuery { sort: Sort::Best, limits: PageLimits { top_level, ..MUCH }, ..whole(thread()) }
}

/// A thread of its own: twelve top-level comments, and two replies to each third of them.
struct Discussion {
    thread: ThreadKey,
    base: u32,
}

impl Discussion {
    async fn open(store: &Arc<dyn Store>, base: u32) -> Self {
        let discussion = Self { thread: ThreadKey { page: format!("page/{base}"), ..thread() }, base };
        for number in 0..ROOTS {
            insert(store, [discussion.comment(number, None)]).await;
        }
        for root in (0..ROOTS).step_by(3) {
            let replies = [50 + root, 51 + root].map(|number| discussion.comment(number, Some(root)));
            insert(store, replies).await;
        }
        discussion
    }

    fn id(&self, number: u32) -> u128 {
        u128::from(self.base + number)
    }

    fn comment(&self, number: u32, parent: Option<u32>) -> NewCommentRecord {
        let parent = parent.map(|parent| id(self.id(parent)));
        NewCommentRecord { thread: self.thread.clone(), parent, ..numbered(self.base + number) }
    }

    /// Changes it after this page: somebody votes for one comment, against another, and writes.
    async fn go_on(&self, store: &Arc<dyn Store>, part: u32) {
        let reader = part.to_string();
        vote(store, self.id(part * 5 % ROOTS), &reader, Vote::Up).await;
        vote(store, self.id((part * 7 + 3) % ROOTS), &reader, Vote::Down).await;
        if part < 5 {
            let reply = self.comment(80 + part, Some(part * 2));
            insert(store, [self.comment(70 + part, None), reply]).await;
        }
    }

    fn whole(&self, sort: Sort) -> ListQuery {
        ListQuery { sort, ..whole(self.thread.clone()) }
    }
}

pub(crate) async fn nothing_comes_twice_or_is_missed_while_others_vote_and_write(store: &Arc<dyn Store>) {
    let extents = [
        PageLimits { top_level: 1, ..MUCH },
        PageLimits { top_level: 5, ..MUCH },
        PageLimits { comments: 1, ..MUCH },
        PageLimits { top_level: 3, comments: 4, ..MUCH },
    ];
    let sorts = [Sort::Oldest, Sort::Newest, Sort::Best];
    let cases = sorts.into_iter().flat_map(|sort| extents.map(|limits| (sort, limits)));
    for ((sort, limits), base) in cases.zip((1_000..).step_by(100)) {
        let discussion = Discussion::open(store, base).await;
        let before = numbers(&list(store, discussion.whole(sort)).await);
        let query = ListQuery { limits, ..discussion.whole(sort) };
        let seen = read_on(store, query, async |part| discussion.go_on(store, part).await).await;

        let once: HashSet<_> = seen.iter().collect();
        assert_eq!(once.len(), seen.len(), "twice by {sort:?}, {limits:?}: {seen:?}");
        assert!(
            before.iter().all(|number| once.contains(number)),
            "missed by {sort:?}, {limits:?}: {seen:?}"
        );
        let news = [70, 71].map(|number| discussion.id(number));
        assert_eq!(
            news.iter().all(|number| once.contains(number)),
            sort != Sort::Newest,
            "{sort:?} {limits:?}"
        );
    }
}

pub(crate) async fn comment_that_changes_places_with_another_comes_once(store: &Arc<dyn Store>) {
    insert(store, (1..=4).map(comment)).await;
    for (number, readers) in [(1, 3), (2, 2), (3, 1)] {
        for reader in 0..readers {
            vote(store, number, &reader.to_string(), Vote::Up).await;
        }
    }
    let seen = read_on(store, by_score(2), async |_| {
        for reader in 0..3 {
            vote(store, 1, &reader.to_string(), Vote::Down).await;
            vote(store, 4, &reader.to_string(), Vote::Up).await;
        }
    });
    assert_eq!(seen.await, [1, 2, 4, 3]);
}

pub(crate) async fn page_that_began_at_a_comment_continues_below_it(store: &Arc<dyn Store>) {
    insert(store, (1..=4).map(comment)).await;
    insert(store, [reply(5, 2)]).await;
    vote(store, 4, "a", Vote::Up).await;
    let query = ListQuery { start: PageStart::At(id(5)), ..by_score(1) };
    assert!(list(store, query.clone()).await.earlier);
    let seen = read_on(store, query, async |_| vote(store, 4, "a", Vote::Down).await).await;
    assert_eq!(seen, [2, 5, 3], "what stood before has not been asked for");
    let first = ListQuery { start: PageStart::At(id(1)), ..by_score(1) };
    assert!(!list(store, first).await.earlier);
}

pub(crate) async fn tree_hidden_while_it_is_read_by_score_is_skipped(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), reply(3, 1), reply(4, 1), reply(5, 2)]).await;
    let query = ListQuery { limits: PageLimits { comments: 2, ..MUCH }, ..by_score(100) };
    let seen = read_on(store, query, async |part| {
        if part == 0 {
            for number in [1, 3, 4] {
                store.set_status(id(number), Status::Deleted, NOW).await.unwrap();
            }
        }
    });
    assert_eq!(seen.await, [1, 3, 2, 5]);
}

pub(crate) async fn cursor_without_returned_positions_continues_by_present_scores(store: &Arc<dyn Store>) {
    insert(store, (1..=4).map(comment)).await;
    vote(store, 4, "a", Vote::Up).await;
    let query = ListQuery { start: PageStart::After(after_tree(2)), ..by_score(100) };
    let page = list(store, query).await;
    assert_eq!((numbers(&page), page.next), (vec![3], None));
    let query = ListQuery { start: PageStart::After(after_tree(4)), ..by_score(1) };
    let page = list(store, query).await;
    assert_eq!((numbers(&page), page.next), (vec![1], Some(after_tree(1))));
}

pub(crate) async fn cursor_by_score_of_another_thread_is_unknown(store: &Arc<dyn Store>) {
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, (1..=3).map(comment)).await;
    insert(store, [NewCommentRecord { thread: elsewhere.clone(), ..comment(4) }]).await;
    let cursor: Cursor = list(store, by_score(1)).await.next.unwrap();
    assert!(cursor.returned.is_some());
    let query = ListQuery { thread: elsewhere, start: PageStart::After(cursor), ..by_score(1) };
    assert!(matches!(store.list(&query).await, Err(ListError::CursorUnknown)));
}
