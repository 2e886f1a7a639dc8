//! Queues and searches of a newsroom.

use std::sync::Arc;

use dumka_api::newsroom::{Act, ActorKind, Counters, Queue, QueueSort};
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use dumka_domain::search::SearchWords;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{DecidedBy, NewCommentRecord, NewsroomQuery, Store};

use crate::fixture::{NOW, comment, everything, id, insert, reply};

/// The sites of most queries.
const BOTH: &[&str] = &["news.example", "other.example"];

pub(crate) async fn queue_holds_what_its_name_says(store: &Arc<dyn Store>) {
    let held = |number, phase| NewCommentRecord { detected: vec![phase], ..pending(number) };
    let waits = held(2, "pre_moderation");
    insert(store, [comment(1), waits, held(3, "links"), comment(4), comment(5)]).await;
    let olha = || DecidedBy { kind: ActorKind::Staff, id: Some("olha".into()) };
    store.decide_one(id(4), Act::Approve, olha(), NOW).await.unwrap().unwrap();
    store.decide_one(id(5), Act::Reject, olha(), NOW).await.unwrap().unwrap();
    store.decide_one(id(5), Act::Delete, DecidedBy::one(ActorKind::Shell), NOW).await.unwrap().unwrap();
    for (queue, numbers) in [
        (Queue::All, &[5, 4, 3, 2, 1][..]),
        (Queue::New, &[1]),
        (Queue::Pending, &[3, 2]),
        (Queue::Held, &[3]),
        (Queue::Rejected, &[]),
        (Queue::Mine, &[4]),
        (Queue::Appeals, &[]),
        (Queue::Reported, &[]),
    ] {
        let query = NewsroomQuery { queue, asker: Some("olha".into()), ..everything(BOTH) };
        assert_eq!(found(store, &query).await, numbers, "{queue:?}");
        assert_eq!(store.queue_count(&query).await.unwrap(), numbers.len() as u64, "{queue:?}");
    }
    let counted = store.counters(BOTH[0]).await.unwrap();
    assert_eq!((counted.new, counted.pending, counted.held, counted.reported), (1, 2, 1, 0));
    assert_eq!(store.counters(BOTH[1]).await.unwrap(), Counters::default());
    let detected = NewsroomQuery { detected: Some("links".into()), ..everything(BOTH) };
    assert_eq!(found(store, &detected).await, [3]);
}

pub(crate) async fn pages_of_a_queue_repeat_and_lose_nothing_while_comments_come(store: &Arc<dyn Store>) {
    let elsewhere = |number| NewCommentRecord { thread: other_thread(), ..comment(number) };
    insert(store, (1..=20).map(|number| if number % 3 == 0 { elsewhere(number) } else { comment(number) }))
        .await;
    let mut query = NewsroomQuery { limit: 3, ..everything(BOTH) };
    let (mut seen, mut next) = (Vec::new(), 21);
    loop {
        let page = store.queue(&query).await.unwrap();
        seen.extend(page.comments.iter().map(|record| number(record.comment.id)));
        query.after = page.comments.last().map(|record| record.comment.id);
        insert(store, [comment(next)]).await;
        next += 1;
        if !page.has_more {
            break;
        }
    }
    assert_eq!(seen, (1..=20).rev().collect::<Vec<_>>());
    let oldest = NewsroomQuery { sort: QueueSort::Oldest, after: Some(id(24)), ..everything(BOTH) };
    assert_eq!(found(store, &oldest).await, [25, 26, 27]);
}

pub(crate) async fn words_are_found_in_any_form_in_texts_and_names(store: &Arc<dyn Store>) {
    let said = |number, name: &str, text: &str| NewCommentRecord {
        text: text.into(),
        author_name: name.into(),
        ..comment(number)
    };
    insert(
        store,
        [
            said(1, "Олена", "Мости через річку давно потребують ремонту"),
            said(2, "Мостова", "Згоден"),
            said(3, "Ivan", "Bridges are \"closed\"* again; DROP TABLE"),
            said(4, "🙂", "🙂"),
            said(5, "Петро", "про міст ані слова"),
        ],
    )
    .await;
    for (typed, numbers) in [
        ("мостів", &[2, 1][..]),
        ("річкою ремонт", &[1]),
        ("річкою собака", &[]),
        ("bridge", &[3]),
        ("\"closed\"*", &[3]),
        ("олени", &[1]),
    ] {
        assert_eq!(found(store, &search(typed)).await, numbers, "{typed}");
        assert_eq!(store.queue_count(&search(typed)).await.unwrap(), numbers.len() as u64, "{typed}");
    }
}

pub(crate) async fn search_knows_the_present_text_alone(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    let edit = dumka_storage::EditInput {
        id: id(1),
        text: "нове слово".into(),
        body: dumka_api::Body::Plain("нове слово".into()),
        base: dumka_domain::edit::EditBase::Any,
        status: Status::Published,
        detected: Vec::new(),
        edited_at: NOW,
    };
    store.edit(edit).await.unwrap();
    assert_eq!(found(store, &search("comment")).await, [2]);
    assert_eq!(found(store, &search("слова")).await, [1]);
    store.delete_by_author(id(1), NOW).await.unwrap();
    assert_eq!(found(store, &search("слова")).await, []);
    store.decide_one(id(2), Act::Reject, DecidedBy::one(ActorKind::Shell), NOW).await.unwrap().unwrap();
    assert_eq!(found(store, &search("comment")).await, [2], "moderators find what they have rejected");
}

pub(crate) async fn pages_of_a_search_are_in_order(store: &Arc<dyn Store>) {
    insert(store, (1..=9).map(comment)).await;
    let mut query = NewsroomQuery { limit: 4, ..search("comment") };
    let mut seen = Vec::new();
    loop {
        let page = store.queue(&query).await.unwrap();
        seen.extend(page.comments.iter().map(|record| number(record.comment.id)));
        query.after = page.comments.last().map(|record| record.comment.id);
        if !page.has_more {
            break;
        }
    }
    assert_eq!(seen, (1..=9).rev().collect::<Vec<_>>());
}

pub(crate) async fn comments_missing_in_the_index_are_put_there(store: &Arc<dyn Store>) {
    insert(store, (1..=5).map(comment)).await;
    let mut after = None;
    let mut looked_at = Vec::new();
    while let Some(last) = store.index_missing(after, 2).await.unwrap() {
        looked_at.push(number(last));
        after = Some(last);
    }
    assert_eq!(looked_at, [2, 4, 5]);
    assert_eq!(found(store, &search("comment")).await, [5, 4, 3, 2, 1], "nothing is there twice");
}

pub(crate) async fn what_stands_around_a_comment_is_found(store: &Arc<dyn Store>) {
    insert(store, [comment(1), reply(2, 1), reply(3, 2), reply(4, 2), reply(5, 3), comment(6)]).await;
    assert_eq!(store.ancestors(id(5)).await.unwrap(), [id(1), id(2), id(3)]);
    assert_eq!(store.ancestors(id(1)).await.unwrap(), []);
    assert_eq!(store.answers(id(2), 10).await.unwrap(), [id(3), id(4)]);
    assert_eq!(store.answers(id(2), 1).await.unwrap(), [id(3)]);
}

pub(crate) async fn comments_of_one_author_are_found_by_one_of_them(store: &Arc<dyn Store>) {
    let by = |number, name: &str, email: Option<&str>| NewCommentRecord {
        author_name: name.into(),
        author_email: email.map(Into::into),
        ..comment(number)
    };
    insert(
        store,
        [
            by(1, "A", Some("a@example.org")),
            by(2, "B", Some("a@example.org")),
            by(3, "A", None),
            by(4, "A", None),
            by(5, "A", Some("b@example.org")),
        ],
    )
    .await;
    let of = |number| NewsroomQuery { author_of: Some(id(number)), ..everything(BOTH) };
    assert_eq!(found(store, &of(1)).await, [2, 1]);
    assert_eq!(found(store, &of(3)).await, [4, 3], "a name alone is no address");
    assert_eq!(found(store, &of(99)).await, []);
}

pub(crate) async fn queue_is_bounded_by_time(store: &Arc<dyn Store>) {
    let timed = |number: u8| CommentId::new(comment(number).created_at, [number; 10]);
    insert(store, (1..=4).map(|number| NewCommentRecord { id: timed(number), ..comment(number) })).await;
    for all in [everything(BOTH), search("comment")] {
        let between = NewsroomQuery { since: Some(UnixMillis(2_000)), until: Some(UnixMillis(4_000)), ..all };
        let expected = [timed(3), timed(2)].map(number);
        assert_eq!(found(store, &between).await, expected);
        assert_eq!(store.queue_count(&between).await.unwrap(), 2);
    }
    assert_eq!(found(store, &everything(&[])).await, [], "of no site, nothing is found");
}

fn pending(number: u8) -> NewCommentRecord {
    NewCommentRecord { status: Status::Pending, ..comment(number) }
}

fn other_thread() -> ThreadKey {
    ThreadKey { site: "other.example".into(), page: "a".into() }
}

fn search(typed: &str) -> NewsroomQuery {
    NewsroomQuery { words: SearchWords::parse(typed), ..everything(BOTH) }
}

fn number(id: CommentId) -> u128 {
    id.0.as_u128()
}

async fn found(store: &Arc<dyn Store>, query: &NewsroomQuery) -> Vec<u128> {
    let page = store.queue(query).await.unwrap();
    page.comments.iter().map(|record| number(record.comment.id)).collect()
}
