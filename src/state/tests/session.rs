//! The session that the browser keeps.

use super::super::session::{OwnedComment, Session, SessionChange, Vote};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn own(id: &str, until_ms: i64) -> OwnedComment {
    OwnedComment { id: id.into(), token: ["token-of-", id].concat().into(), until_ms }
}

fn vote(id: &str, value: i8) -> Vote {
    Vote { id: id.into(), value }
}

#[test]
fn session_is_read_as_it_was_written() {
    let mut session = Session::default();
    assert_eq!(Session::from_text(&session.to_text()), session);
    let own = [own("a", 1_700_000_000_000), own("b", 1_700_000_000_001)].map(SessionChange::Owned);
    let votes = [vote("c", 1), vote("d", -1)].map(SessionChange::Vote);
    own.into_iter().chain(votes).for_each(|memory| session.apply(memory));
    assert_eq!(Session::from_text(&session.to_text()), session);
    assert_eq!((session.owned.len(), session.vote("c"), session.vote("d")), (2, 1, -1));
}

#[test]
fn lines_that_mean_nothing_are_passed_over() {
    let rubbish = "\n{\"json\":1}\nown\nown a\nown a b\nown a b soon\nelse a b 5\nup\n \n\0\nup d\n";
    let session = Session::from_text(rubbish);
    assert_eq!((session.owned, session.votes), (vec![], vec![vote("d", 1)]));
}

#[test]
fn times_that_cannot_be_are_harmless() {
    let (first, last) = (i64::MIN, i64::MAX);
    let mut session = Session::from_text(&format!("own a t {first}\nown b t {last}\n"));
    for now_ms in [first, -1, 0, 1_700_000_000_000, last] {
        assert_eq!(session.minutes_left("a", now_ms), None);
    }
    assert_eq!((session.minutes_left("b", 0), session.minutes_left("b", first)), (None, None));
    session.apply(SessionChange::Owned(own("c", 1_700_000_000_000)));
    assert_eq!(session.owned("c"), Some(&own("c", 1_700_000_000_000)));
}

#[test]
fn minutes_left_count_the_one_that_has_begun() {
    let session = Session { owned: vec![own("a", 120_000)], votes: vec![] };
    let left = |now_ms| session.minutes_left("a", now_ms);
    assert_eq!([left(0), left(59_999), left(60_000), left(60_001)], [Some(2), Some(2), Some(1), Some(1)]);
    assert_eq!([left(119_999), left(120_000), left(500_000)], [Some(1), None, None]);
    assert_eq!(session.minutes_left("b", 0), None);
}

#[test]
fn vote_is_kept_once_and_a_withdrawn_one_not_at_all() {
    let mut session = Session::default();
    for value in [1, -1, 1, 1] {
        session.apply(SessionChange::Vote(vote("a", value)));
    }
    assert_eq!(session.votes, [vote("a", 1)]);
    session.apply(SessionChange::Vote(vote("a", 0)));
    assert_eq!((session.votes.len(), session.vote("a")), (0, 0));
}

#[test]
fn rights_are_kept_once_and_go_a_day_after_their_end_or_with_the_comment() {
    let mut session = Session::default();
    session.apply(SessionChange::Owned(own("old", 1_000)));
    session.apply(SessionChange::Owned(own("a", 900 + DAY_MS)));
    session.apply(SessionChange::Owned(own("a", 901 + DAY_MS)));
    assert_eq!(session.owned, [own("old", 1_000), own("a", 901 + DAY_MS)]);
    session.apply(SessionChange::Owned(own("b", 1_000 + DAY_MS)));
    assert_eq!(session.owned, [own("a", 901 + DAY_MS), own("b", 1_000 + DAY_MS)]);
    session.apply(SessionChange::Removed("a".into()));
    assert_eq!(session.owned, [own("b", 1_000 + DAY_MS)]);
}
