//! Votes and scores.

use std::sync::Arc;

use dumka_api::{Sort, Votes};
use dumka_domain::comment::{Status, UnixMillis};
use dumka_domain::token::TokenHash;
use dumka_domain::vote::Vote;
use dumka_storage::{ListQuery, NewCommentRecord, Store, VoteError, VoteInput};
use tokio::task::JoinSet;

use crate::fixture::{NOW, SetStatus, comment, id, insert, list, numbers, thread, whole};

pub(crate) fn vote_input(number: u128, reader: &str, vote: Vote) -> VoteInput {
    VoteInput {
        comment: id(number),
        reader: TokenHash::of(reader),
        vote,
        voted_at: UnixMillis(900_000),
        address_hash: [0; 32],
        votes_per_address: 0,
    }
}

/// The votes as told to the reader, which must be those that everybody sees.
async fn voted(store: &Arc<dyn Store>, number: u128, reader: &str, vote: Vote) -> (u32, u32) {
    let Votes { up, down } = store.vote(vote_input(number, reader, vote)).await.expect("the vote is kept");
    let page = list(store, whole(thread())).await;
    let seen = page.comments.iter().find(|comment| comment.id == id(number)).expect("the comment stands");
    assert_eq!(seen.votes, Votes { up, down });
    (up, down)
}

async fn revision(store: &Arc<dyn Store>) -> Option<u64> {
    store.revision(&thread()).await.unwrap()
}

pub(crate) async fn reader_has_one_vote_and_may_change_it(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    assert_eq!(voted(store, 1, "a", Vote::Up).await, (1, 0));
    assert_eq!(voted(store, 1, "b", Vote::Up).await, (2, 0));
    assert_eq!(voted(store, 1, "a", Vote::Down).await, (1, 1));
    assert_eq!(voted(store, 2, "a", Vote::Down).await, (0, 1), "one on each comment");
    assert_eq!(voted(store, 1, "a", Vote::None).await, (1, 0));
    assert_eq!(voted(store, 1, "a", Vote::Up).await, (2, 0));
}

pub(crate) async fn same_vote_again_changes_nothing(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let unvoted = revision(store).await;
    assert_eq!(voted(store, 1, "a", Vote::None).await, (0, 0));
    assert_eq!(revision(store).await, unvoted);
    assert_eq!(voted(store, 1, "a", Vote::Down).await, (0, 1));
    let before = revision(store).await;
    assert!(before > unvoted);
    assert_eq!(voted(store, 1, "a", Vote::Down).await, (0, 1));
    assert_eq!(revision(store).await, before);
}

pub(crate) async fn votes_of_many_readers_at_once_are_all_counted(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let vote = |reader: u32| {
        let (store, ballot) = (Arc::clone(store), vote_input(1, &reader.to_string(), Vote::Up));
        async move { store.vote(ballot).await }
    };
    // Each of them twice.
    let at_once: JoinSet<_> = (0..100).map(|number| vote(number / 2)).collect();
    assert!(at_once.join_all().await.iter().all(Result::is_ok));
    assert_eq!(list(store, whole(thread())).await.comments[0].votes, Votes { up: 50, down: 0 });
}

pub(crate) async fn only_published_comments_are_voted_on(store: &Arc<dyn Store>) {
    insert(store, [NewCommentRecord { status: Status::Pending, ..comment(1) }, comment(2), comment(3)]).await;
    store.set_status(id(2), Status::Deleted, NOW).await.unwrap();
    store.set_status(id(3), Status::Rejected, NOW).await.unwrap();
    for number in 1..=4 {
        let refused = store.vote(vote_input(number, "a", Vote::Up)).await;
        assert!(matches!(refused, Err(VoteError::NotThere)), "{number}");
    }
}

pub(crate) async fn best_scored_come_first(store: &Arc<dyn Store>) {
    insert(store, (1..=4).map(comment)).await;
    for (number, reader, vote) in [(1, "a", Vote::Down), (3, "a", Vote::Up), (4, "a", Vote::Up)] {
        store.vote(vote_input(number, reader, vote)).await.unwrap();
    }
    store.vote(vote_input(4, "b", Vote::Up)).await.unwrap();
    let best = ListQuery { sort: Sort::Best, ..whole(thread()) };
    assert_eq!(numbers(&list(store, best.clone()).await), [4, 3, 2, 1]);
    store.vote(vote_input(4, "b", Vote::Down)).await.unwrap();
    store.vote(vote_input(4, "a", Vote::None)).await.unwrap();
    assert_eq!(numbers(&list(store, best).await), [3, 2, 1, 4]);
}

pub(crate) async fn votes_go_with_the_deleted_comment(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    assert_eq!(voted(store, 1, "a", Vote::Up).await, (1, 0));
    assert!(store.delete_by_author(id(1), NOW).await.unwrap());
    assert_eq!(store.comment(id(1)).await.unwrap().unwrap().comment.votes, Votes::default());
}

pub(crate) async fn votes_of_one_reader_are_read(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), comment(3), comment(4)]).await;
    for (number, reader, vote) in
        [(1, "a", Vote::Up), (2, "a", Vote::Down), (2, "b", Vote::Up), (3, "a", Vote::Up), (4, "a", Vote::Up)]
    {
        voted(store, number, reader, vote).await;
    }
    voted(store, 3, "a", Vote::None).await;
    let of = async |reader: &str, numbers: &[u128]| {
        let asked: Vec<_> = numbers.iter().copied().map(id).collect();
        let mut votes = store.votes_of(TokenHash::of(reader), &asked).await.unwrap();
        votes.sort_by_key(|(id, _)| *id);
        votes
    };
    assert_eq!(of("a", &[1, 2, 3]).await, [(id(1), Vote::Up), (id(2), Vote::Down)]);
    assert_eq!(of("b", &[1, 2, 3]).await, [(id(2), Vote::Up)]);
    assert_eq!(of("a", &[]).await, []);
}

/// A vote of a reader at an address that has two readers.
async fn from(
    store: &Arc<dyn Store>,
    address: u8,
    number: u128,
    (reader, vote): (&str, Vote),
    at: i64,
) -> VoteFrom {
    let ballot = VoteInput {
        address_hash: [address; 32],
        votes_per_address: 2,
        voted_at: UnixMillis(at),
        ..vote_input(number, reader, vote)
    };
    match store.vote(ballot).await {
        Ok(_) => VoteFrom::Kept,
        Err(VoteError::TooManyReaders { until }) => VoteFrom::Until(until.0),
        Err(other) => panic!("{other}"),
    }
}

#[derive(Debug, PartialEq)]
enum VoteFrom {
    Kept,
    Until(i64),
}

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

pub(crate) async fn address_has_so_many_readers_for_each_comment(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    assert_eq!(from(store, 1, 1, ("a", Vote::Up), 5).await, VoteFrom::Kept);
    assert_eq!(from(store, 1, 1, ("b", Vote::Up), 6).await, VoteFrom::Kept);
    assert_eq!(from(store, 1, 1, ("c", Vote::Up), 7).await, VoteFrom::Until(5 + DAY_MILLIS));
    assert_eq!(from(store, 1, 1, ("c", Vote::None), 7).await, VoteFrom::Kept, "nobody is added");
    assert_eq!(
        from(store, 1, 1, ("a", Vote::Down), 8).await,
        VoteFrom::Kept,
        "who voted before may change it"
    );
    assert_eq!(from(store, 1, 2, ("c", Vote::Up), 9).await, VoteFrom::Kept);
    assert_eq!(from(store, 2, 1, ("c", Vote::Up), 9).await, VoteFrom::Kept);
    assert_eq!(list(store, whole(thread())).await.comments[0].votes, Votes { up: 2, down: 1 });
}

pub(crate) async fn address_is_forgotten_after_a_day(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    for (reader, at) in [("a", 0), ("b", DAY_MILLIS - 1)] {
        assert_eq!(from(store, 1, 1, (reader, Vote::Up), at).await, VoteFrom::Kept);
    }
    assert_eq!(from(store, 1, 1, ("c", Vote::Up), DAY_MILLIS - 1).await, VoteFrom::Until(DAY_MILLIS));
    for reader in ["c", "d"] {
        assert_eq!(from(store, 1, 1, (reader, Vote::Up), DAY_MILLIS).await, VoteFrom::Kept);
    }
    assert_eq!(from(store, 1, 1, ("e", Vote::Up), DAY_MILLIS).await, VoteFrom::Until(2 * DAY_MILLIS));
}
