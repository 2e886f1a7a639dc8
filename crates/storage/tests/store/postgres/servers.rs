//! Several servers on one database, as stores that know nothing of each other.

use std::sync::Arc;

use dumka_domain::comment::UnixMillis;
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use dumka_storage::{RequestRate, Store, StoreError, SubmitError, SubmitResult, VoteInput};
use dumka_test_database::TestDatabase;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};
use tokio::task::JoinSet;

use super::database;
use crate::fixture::{NOW, comment, id, insert, list, numbered, numbers, submit, thread, whole};

/// Two servers on one database.
async fn two() -> ([Arc<dyn Store>; 2], TestDatabase) {
    let database = database().await;
    let open = || async { dumka_storage::open(database.url()).await.expect("the database can be opened") };
    ([open().await, open().await], database)
}

/// A connection of somebody else.
async fn other_connection(database: &TestDatabase) -> PgConnection {
    PgConnection::connect(&database.url()).await.expect("the database can be reached")
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn write_through_one_server_is_seen_by_the_next_question_to_another() {
    let ([one, other], _database) = two().await;
    for number in 1..=20 {
        let before = other.version().await.unwrap();
        insert(&one, [comment(number)]).await;
        assert_ne!(other.version().await.unwrap(), before);
        assert_eq!(other.version().await.unwrap(), other.version().await.unwrap());
        assert_eq!(other.revision(&thread()).await.unwrap(), Some(number.into()));
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn who_waits_at_one_server_is_woken_by_a_write_through_another() {
    let ([one, other], _database) = two().await;
    let known = other.version().await.unwrap();
    let waiting = tokio::spawn(async move { other.version_after(known).await });
    insert(&one, [comment(1)]).await;
    assert_ne!(waiting.await.unwrap().unwrap(), known);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn comments_through_two_servers_at_once_get_one_place_and_one_revision_each() {
    let ([one, other], database) = two().await;
    let writes: JoinSet<_> =
        (0..400).map(|number| submit([&one, &other][number as usize % 2], numbered(number))).collect();
    for stored in writes.join_all().await {
        assert!(matches!(stored, Ok(SubmitResult::Created(_))), "{stored:?}");
    }
    assert_eq!(one.counts("news.example", &[thread().page]).await.unwrap(), [400]);
    let sql =
        "SELECT COUNT(DISTINCT position), COUNT(DISTINCT changed_revision), MAX(position) FROM comments";
    let counted: (i64, i64, i64) =
        sqlx::query_as(sql).fetch_one(&mut other_connection(&database).await).await.unwrap();
    assert_eq!(counted, (400, 400, 400));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn writes_to_many_threads_in_any_order_do_not_wait_for_each_other_for_ever() {
    let (servers, _database) = two().await;
    let in_thread = |number: u32| {
        let mut new = numbered(number);
        // Each server meets the threads in another order.
        new.thread.page =
            format!("news/{}", if number.is_multiple_of(2) { number % 7 } else { 6 - number % 7 });
        new
    };
    let writes: JoinSet<_> =
        (0..600).map(|number| submit(&servers[number as usize % 2], in_thread(number))).collect();
    for stored in writes.join_all().await {
        assert!(matches!(stored, Ok(SubmitResult::Created(_))), "{stored:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn one_key_through_two_servers_at_once_makes_one_comment() {
    let ([one, other], _database) = two().await;
    for number in 1..=50 {
        let first = numbered(number);
        let mut second = first.clone();
        second.id = id(u128::from(number) + 1_000);
        if number % 2 == 0 {
            // A key belongs to one request; this is another one.
            (second.thread.page, second.request_hash) = ("news/43".into(), [9; 32]);
        }
        let (first, second) = tokio::join!(submit(&one, first), submit(&other, second));
        let stored = [&first, &second].into_iter().flatten().count();
        if number % 2 == 0 {
            assert_eq!(stored, 1, "{first:?} {second:?}");
            let refused = [first, second].into_iter().find_map(Result::err);
            assert!(matches!(refused, Some(SubmitError::KeyReused)), "{refused:?}");
        } else {
            let created = |it: &Result<SubmitResult, _>| matches!(it, Ok(SubmitResult::Created(_)));
            assert_eq!(stored, 2, "{first:?} {second:?}");
            assert_eq!([created(&first), created(&second)].iter().filter(|it| **it).count(), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn votes_through_two_servers_at_once_are_all_counted() {
    let ([one, other], _database) = two().await;
    insert(&one, [comment(1)]).await;
    let vote = |reader: u8| {
        let store = Arc::clone([&one, &other][usize::from(reader) % 2]);
        async move {
            let vote = VoteInput {
                comment: id(1),
                reader: TokenHash([reader; 32]),
                vote: Vote::Up,
                voted_at: NOW,
                address_hash: [reader; 32],
                votes_per_address: 5,
            };
            store.vote(vote).await.unwrap()
        }
    };
    (0..100).map(vote).collect::<JoinSet<_>>().join_all().await;
    let found = other.comment(id(1)).await.unwrap().unwrap();
    assert_eq!((found.comment.votes.up, found.comment.votes.down), (100, 0));
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn requests_of_an_address_are_counted_across_servers() {
    let ([one, other], _database) = two().await;
    let rate = RequestRate { key: "posts of an address".into(), per_minute: 3 };
    for store in [&one, &other, &one] {
        assert_eq!(store.count_request(&rate, NOW).await.unwrap(), None);
    }
    for store in [&other, &one] {
        let next = store.count_request(&rate, NOW).await.unwrap();
        assert_eq!(next, Some(UnixMillis(NOW.0 + 20_000)), "a third of a minute later");
    }
    let elsewhere = RequestRate { key: "posts of another".into(), ..rate.clone() };
    assert_eq!(one.count_request(&elsewhere, NOW).await.unwrap(), None);
    let later = UnixMillis(NOW.0 + 20_000);
    assert_eq!(other.count_request(&rate, later).await.unwrap(), None);
    assert!(one.count_request(&rate, later).await.unwrap().is_some());
    one.forget_requests(UnixMillis(NOW.0 + 200_000)).await.unwrap();
    assert_eq!(other.count_request(&rate, later).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn servers_that_start_together_make_an_empty_database_ready_once() {
    let database = TestDatabase::create_empty().await.expect("cargo xtask test says where PostgreSQL is");
    let opened: JoinSet<_> = (0..4).map(|_| dumka_storage::open(database.url())).collect();
    let secrets: JoinSet<_> = opened
        .join_all()
        .await
        .into_iter()
        .zip(1..)
        .map(|(store, fresh)| async move { store.unwrap().init_secret([fresh; 32]).await.unwrap() })
        .collect();
    let secrets = secrets.join_all().await;
    assert!(secrets.iter().all(|secret| secret == &secrets[0]), "the first one's secret is everybody's");
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn lost_connections_are_made_again() {
    let ([store, _], database) = two().await;
    insert(&store, [comment(1)]).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut other = other_connection(&database).await;
    for number in 2..=4 {
        other.execute(cut).await.unwrap();
        store.version().await.unwrap();
        other.execute(cut).await.unwrap();
        insert(&store, [comment(number)]).await;
        assert_eq!(list(&store, whole(thread())).await.comments.len(), usize::from(number));
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn what_cannot_be_stored_takes_nothing_else_with_it() {
    let ([store, _], _database) = two().await;
    // The server refuses such a text before it comes here.
    let mut impossible = comment(2);
    impossible.text = "\0".into();
    let writes = [comment(1), impossible, comment(3)].map(|new| submit(&store, new));
    let [first, second, third] = writes;
    let (first, second, third) = tokio::join!(first, second, third);
    assert!(first.is_ok() && third.is_ok(), "{first:?} {third:?}");
    assert!(matches!(second, Err(SubmitError::Store(StoreError::Corrupt(_)))), "{second:?}");
    assert_eq!(numbers(&list(&store, whole(thread())).await), [1, 3]);
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn texts_are_compared_by_their_bytes_whatever_the_language_of_the_database() {
    let (_stores, database) = two().await;
    let sql = "SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c \
               WHERE c.table_schema = 'public' AND c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C' \
               AND c.table_name <> '_sqlx_migrations'";
    let other: Vec<String> =
        sqlx::query_scalar(sql).fetch_all(&mut other_connection(&database).await).await.unwrap();
    assert_eq!(other, [""; 0]);
}
