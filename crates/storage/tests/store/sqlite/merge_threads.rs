//! Threads that an earlier version kept apart by their spelling, in its database.

use std::sync::Arc;

use dumka_api::{Sort, Votes};
use dumka_domain::comment::{Status, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_domain::token::TokenHash;
use dumka_storage::{
    ChangeKind, ChangePosition, LatestQuery, ListQuery, NewCommentRecord, ReportError, ReportInput, Store,
    SubmitResult,
};
use sqlx::{AnyConnection, Connection, Executor};
use tempfile::TempDir;

use crate::fixture::{NOW, SetStatus, all_comments, comment, id, insert, list, numbers, reply, whole};
use crate::sqlite::earlier::{Comment, Thread, fill, nobody, text};
use crate::sqlite::fixture::{address, database_of};

const SITE: &str = "xn--b1amarcd.xn--j1amh";

/// Five spellings of one page and site, and what was written under each.
const SPELLINGS: &[(Thread, &[Comment])] = &[
    (("новини.укр", "/новини", 5), &[(10, 10, None, "published"), (11, 40, Some(10), "published")]),
    ((SITE, "/новини", 2), &[(20, 20, None, "pending")]),
    (
        (SITE, "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8", 9),
        &[(30, 5, None, "rejected"), (31, 30, None, "published")],
    ),
    (
        ("Новини.укр", "/новини/", 3),
        &[
            (40, 15, None, "published"),
            // The clock went back: still, the answer comes after what it answers.
            (41, 1, Some(40), "published"),
            (42, 35, Some(41), "deleted"),
        ],
    ),
    (("новини.укр", "/%d0%bd%d0%be%d0%b2%d0%b8%d0%bd%d0%b8/", 1), &[(50, 50, None, "published")]),
];

/// Pages that stay what they are, but for their site.
const OTHERS: &[(Thread, &[Comment])] = &[
    (("новини.укр", "/новини?id=7", 4), &[(60, 60, None, "published")]),
    (("news.example", "/новини", 1), &[(70, 70, None, "published")]),
];

async fn upgraded(threads: &[&[(Thread, &[Comment])]]) -> (TempDir, Arc<dyn Store>) {
    let (directory, mut connection) = database_of(7).await;
    for threads in threads {
        fill(&mut connection, threads).await;
    }
    connection.close().await.unwrap();
    let store = dumka_storage::open(&address(&directory)).await.unwrap();
    (directory, store)
}

fn page(page: &str) -> ThreadKey {
    ThreadKey { site: SITE.into(), page: page.into() }
}

#[tokio::test]
async fn spellings_of_one_page_become_one_thread_in_the_order_of_time() {
    let (directory, store) = upgraded(&[SPELLINGS, OTHERS]).await;
    let merged = list(&store, whole(page("/новини"))).await;
    // Where a deleted comment has no answer, nothing stands.
    assert_eq!(numbers(&merged), [10, 11, 40, 41, 31, 50]);
    assert_eq!(merged.thread.total, 6);
    assert_eq!(merged.thread.opened_at, Some(UnixMillis(1_000)));
    assert!(merged.comments.iter().all(|comment| comment.votes == Votes { up: 1, down: 0 }));
    assert_eq!(numbers(&list(&store, whole(page("/новини?id=7"))).await), [60]);
    let elsewhere = ThreadKey { site: "news.example".into(), page: "/новини".into() };
    assert_eq!(numbers(&list(&store, whole(elsewhere)).await), [70]);
    let latest = store.latest(&LatestQuery { site: SITE.into(), limit: 20 }).await.unwrap();
    let newest: Vec<_> = latest.iter().map(|placed| placed.comment.id.0.as_u128()).collect();
    assert_eq!(newest, [60, 50, 41, 40, 31, 11, 10]);

    let queue = all_comments(&store).await;
    assert_eq!(queue.len(), 11, "no comment is lost, whatever its status");
    let reported = queue.iter().filter(|queued| queued.open_reports == 1).count();
    assert_eq!(reported, 10);
    store.close().await;

    // Once more changes nothing.
    let store = dumka_storage::open(&address(&directory)).await.unwrap();
    assert_eq!(list(&store, whole(page("/новини"))).await, merged);
}

#[tokio::test]
async fn merged_thread_goes_on_as_one() {
    let (_directory, store) = upgraded(&[SPELLINGS]).await;
    let thread = || page("/новини");
    insert(&store, [NewCommentRecord { thread: thread(), created_at: NOW, ..comment(80) }]).await;
    insert(&store, [NewCommentRecord { thread: thread(), created_at: NOW, ..reply(81, 31) }]).await;
    store.set_status(id(20), Status::Published, NOW).await.unwrap();
    let all = list(&store, whole(thread())).await;
    assert_eq!(numbers(&all), [10, 11, 40, 41, 20, 31, 81, 50, 80]);
    assert_eq!(all.thread.total, 9);
    let newest = ListQuery { sort: Sort::Newest, ..whole(thread()) };
    assert_eq!(numbers(&list(&store, newest).await)[..2], [80, 50]);
    let votes = store.votes_of(TokenHash([0; 32]), &[id(10), id(50)]).await.unwrap();
    assert_eq!(votes.len(), 2);
    let again = ReportInput {
        id: uuid::Uuid::nil(),
        comment: id(10),
        reader_hash: TokenHash([0; 32]),
        address_hash: [0; 32],
        reason: dumka_api::ReportReason::Spam,
        note: None,
        created_at: NOW,
        to_hold: 1,
    };
    assert!(matches!(store.report(again.clone()).await, Err(ReportError::AlreadyReported)));
    let other = ReportInput { id: uuid::Uuid::max(), reader_hash: TokenHash([1; 32]), ..again };
    store.report(other).await.unwrap();
    assert_eq!(
        list(&store, whole(thread())).await.thread.total,
        9,
        "its reports were settled: it was approved"
    );
}

/// A stream is told all that is there, whatever part it had seen and how much of it.
#[tokio::test]
async fn stream_that_followed_a_part_misses_nothing() {
    let (_directory, store) = upgraded(&[SPELLINGS]).await;
    let revision = store.revision(&page("/новини")).await.unwrap().unwrap();
    assert_eq!(revision, 9 + 9);
    for seen in 0..=9 {
        let news = store.changes_since(&page("/новини"), ChangePosition::after(seen)).await.unwrap();
        let told: Vec<_> = news.changes.iter().map(|change| change.comment.id.0.as_u128()).collect();
        assert_eq!(told, [10, 40, 41, 31, 42, 11, 50]);
        let kinds: Vec<_> = news.changes.iter().map(|change| change.kind_since(seen)).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == ChangeKind::Removed).count(), 1);
        assert!(
            news.changes.windows(2).all(|pair| pair[0].position < pair[1].position && pair[0].ends_revision)
        );
        assert_eq!((news.through, news.total), (ChangePosition::after(revision), 6));
    }
    let half = store.changes_since(&page("/новини"), ChangePosition::after(14)).await.unwrap();
    assert_eq!(half.changes.len(), 4, "a line that tears goes on where it ended");
}

#[tokio::test]
async fn key_used_before_still_makes_no_second_comment() {
    let (directory, mut connection) = database_of(7).await;
    fill(&mut connection, SPELLINGS).await;
    let key = "UPDATE comments SET key_hash = $1 WHERE id = $2";
    sqlx::query(key).bind(nobody()).bind(text(50)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let store = dumka_storage::open(&address(&directory)).await.unwrap();
    let retry =
        NewCommentRecord {
            thread: page("/новини"), key_hash: [0; 32], request_hash: [0; 32], ..comment(90)
        };
    let SubmitResult::Existing(replayed) = store.submit(retry).await.unwrap() else {
        panic!("a second comment")
    };
    assert_eq!(replayed.id, id(50));
}

#[tokio::test]
async fn names_of_before_are_those_of_published_comments_and_clean() {
    let (_directory, store) = upgraded(&[SPELLINGS, OTHERS]).await;
    let merged = list(&store, whole(page("/новини"))).await.thread;
    let titles = ["Named by 10", "Named by 40", "Named by 50"];
    assert!(titles.contains(&merged.title.as_deref().unwrap()), "{:?}", merged.title);
    let of_title = merged.title.unwrap().replace("Named by ", &format!("https://{SITE}/"));
    assert_eq!(merged.url, Some(of_title));
    for number in [10, 40, 50] {
        store.set_status(id(number), Status::Rejected, NOW).await.unwrap();
    }
    assert_eq!(list(&store, whole(page("/новини"))).await.thread.title, None);
    store.set_status(id(20), Status::Published, NOW).await.unwrap();
    assert_eq!(list(&store, whole(page("/новини"))).await.thread.title.as_deref(), Some("Named by 20"));
}

/// Each spelling is another one in letters of its own, and each thread is looked at once.
#[tokio::test]
async fn a_thousand_spellings_are_one_thread_soon() {
    let (directory, mut connection) = database_of(7).await;
    connection.execute("BEGIN").await.unwrap();
    for number in 0..1_200_i64 {
        let escaped: String = (0..11)
            .map(|bit| if number >> bit & 1 == 1 { "%d0" } else { "%D0" }.to_owned() + "%B0")
            .collect();
        let comments: &[Comment] = &[(number + 1, number, None, "published")];
        let page: &'static str = Box::leak(format!("/{escaped}").into_boxed_str());
        fill(&mut connection, &[(("s", page, 1), comments)]).await;
    }
    connection.execute("COMMIT").await.unwrap();
    connection.close().await.unwrap();
    let store = dumka_storage::open(&address(&directory)).await.unwrap();
    let page = ThreadKey { site: "s".into(), page: format!("/{}", "а".repeat(11)) };
    assert_eq!(store.counts("s", std::slice::from_ref(&page.page)).await.unwrap(), [1_200]);
    assert_eq!(store.revision(&page).await.unwrap(), Some(1_201));
}

#[tokio::test]
async fn threads_kept_under_an_earlier_form_come_to_the_present_one() {
    let (directory, store) = upgraded(&[SPELLINGS, OTHERS]).await;
    store.close().await;
    let mut connection = AnyConnection::connect(&address(&directory)).await.unwrap();
    for sql in [
        "UPDATE meta SET value = '1' WHERE name = 'threads_have_one_form'",
        "UPDATE threads SET page = '/a' || char(8238) || 'b' || char(65534) WHERE page = '/новини?id=7'",
    ] {
        connection.execute(sql).await.unwrap();
    }
    connection.close().await.unwrap();
    for _ in 0..2 {
        let store = dumka_storage::open(&address(&directory)).await.unwrap();
        assert_eq!(numbers(&list(&store, whole(page("/a%E2%80%AEb%EF%BF%BE"))).await), [60]);
        assert_eq!(numbers(&list(&store, whole(page("/новини"))).await), [10, 11, 40, 41, 31, 50]);
        store.close().await;
    }
}
