//! Tests of addresses and of requests.

use super::*;
use crate::state::{LogQuery, ThreadAddress, ThreadsQuery};

#[test]
fn every_place_is_read_back_from_its_address() {
    let queue = dumka_api::newsroom::QueueQuery {
        queue: Some(Queue::Reported),
        site: Some(SITE.into()),
        q: Some("ремонт & «дорога»?".into()),
        ..Default::default()
    };
    for place in [
        Place::Home,
        Place::Queue(Box::new(queue)),
        Place::Comment("0199".into()),
        Place::Threads(ThreadsQuery { q: Some("a b".into()), ..ThreadsQuery::default() }),
        Place::Thread(ThreadAddress { site: SITE.into(), page: "news/42?x=1".into() }),
        Place::Log(LogQuery {
            by: Some("m1".into()),
            since: Some("2026-11-29T10:00:00Z".into()),
            ..LogQuery::default()
        }),
        Place::Staff,
        Place::Me,
    ] {
        assert_eq!(Place::parse(&place.path(), &place.query()), place, "{}", place.address());
    }
}

#[test]
fn request_for_a_list_names_queue_and_words() {
    let Place::Queue(query) = Place::parse("/queue/pending", "?q=два+слова&cursor=") else {
        panic!("it is a queue")
    };
    let request = Call::List(query).request();
    assert_eq!(request.method, "GET");
    assert!(request.path.starts_with("/api/v1/newsroom/comments?queue=pending&q="), "{}", request.path);
}

#[test]
fn refusal_of_decisions_is_read_as_their_outcomes() {
    let call = sent(&act(&mut at_the_queue(&["a"], 1), Act::Approve));
    let text = r#"{"kind":"decision_outdated","status":409,"results":[{"id":"a","status":409,"kind":"decision_outdated"}]}"#;
    let Ok(Answer::Made(made)) = call.read(409, text) else { panic!("it tells outcomes") };
    assert_eq!((made.decided, made.results[0].kind), (0, Some(ProblemKind::DecisionOutdated)));
    assert!(call.read(503, "<html>").is_err());
}

#[test]
fn list_of_a_place_that_was_left_is_not_shown() {
    let mut state = at_the_queue(&["a"], 1);
    let Place::Queue(left) = Place::of_queue(Queue::Rejected, None) else {
        unreachable!("it was made as one")
    };
    let listing = NewsroomListing { comments: vec![comment("old")], total: 1, next: None };
    answer(&mut state, Call::List(left), Ok(Answer::Listing(listing)));
    assert_eq!(shown(&state), ["a"]);
}

#[test]
fn sessions_are_read_as_the_plain_list_that_the_server_sends() {
    let text = r#"[{"id":"s1","device":"Firefox","created_at":"2026-11-29T10:00:00.000Z","seen_at":"2026-11-29T10:00:00.000Z","current":true}]"#;
    let Ok(Answer::Sessions(sessions)) = Call::Sessions.read(200, text) else { panic!("it is a list") };
    assert!(sessions[0].current);
}
