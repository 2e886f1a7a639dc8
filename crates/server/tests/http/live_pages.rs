//! `GET /api/v1/comments/live`: many pages in one stream, and what there is already without a stream.

use dumka_api::{LiveAlive, ProblemKind};
use reqwest::StatusCode;
use serde_json::json;

use crate::event_stream::{Event, Stream, asked, live};
use crate::running::{Running, by_a_clock, comment_with, header, refused, running, running_with};

/// The page, and the event's id.
fn place(event: &Event) -> (&str, &str) {
    (event.data["page"].as_str().unwrap(), event.positions.as_deref().unwrap())
}

async fn post(server: &Running, page: &str, number: usize) {
    server.accepted(&format!("{page}-{number}"), &comment_with("page", page)).await;
}

/// The events of an answer that ends by itself, but for the last one, which is a sign of life.
async fn until_the_end(server: &Running, query: &str) -> (Vec<(String, String)>, String) {
    let response = asked(server, query).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let text = response.text().await.unwrap();
    let mut blocks: Vec<_> = text.split_terminator("\n\n").collect();
    let last = blocks.pop().unwrap().lines().nth(1).unwrap();
    let told = blocks.iter().map(|block| {
        let lines: Vec<_> = block.lines().collect();
        (lines[0].into(), lines[1].into())
    });
    (told.collect(), last.into())
}

#[tokio::test]
async fn one_stream_tells_of_many_pages_by_the_names_they_were_asked_for() {
    let server = running().await;
    post(&server, "b", 0).await;
    let mut stream = Stream::of(asked(&server, "page=%20a&page=b&page=c")).await;
    post(&server, "c", 1).await;
    assert_eq!(place(&stream.event().await.unwrap()), ("c", "0,1,1"));
    post(&server, "a", 1).await;
    let event = stream.event().await.unwrap();
    assert_eq!((event.name.as_str(), place(&event)), ("comment", (" a", "1,1,1")));
    post(&server, "elsewhere", 1).await;
    post(&server, "b", 1).await;
    assert_eq!(place(&stream.event().await.unwrap()), ("b", "1,2,1"));
}

#[tokio::test]
async fn stream_of_many_pages_goes_on_where_each_of_them_was() {
    let server = running().await;
    for number in 0..3 {
        for page in ["a", "b", "c"] {
            post(&server, page, number).await;
        }
    }
    for query in ["&after=3&after=2&after=1", "&after=3,2,1"] {
        let mut stream = Stream::of(asked(&server, &format!("page=a&page=b&page=c{query}"))).await;
        let mut told = Vec::new();
        for _ in 0..3 {
            told.push(place(&stream.event().await.unwrap()).1.to_owned());
        }
        assert_eq!(told, ["3,3,1", "3,3,2", "3,3,3"], "{query}");
    }
    let back = asked(&server, "page=a&page=b&page=c&after=0,0,0").header("last-event-id", "3,3,2");
    assert_eq!(place(&Stream::of(back).await.event().await.unwrap()), ("c", "3,3,3"));
    // No event of these pages has such an id.
    for id in ["3,3", "3,3,3,3", "3,,3", "3,3,x", "a", ","] {
        let back = asked(&server, "page=a&page=b&page=c&after=2,3,3").header("last-event-id", id);
        assert_eq!(place(&Stream::of(back).await.event().await.unwrap()), ("a", "3,3,3"), "{id}");
    }
}

#[tokio::test]
async fn page_that_is_named_twice_is_told_once() {
    let server = running().await;
    for number in 0..2 {
        post(&server, "a", number).await;
    }
    let mut stream = Stream::of(asked(&server, "page=a&page=b&page=a&after=1,0,0")).await;
    assert_eq!(place(&stream.event().await.unwrap()), ("a", "1,0"));
    assert_eq!(place(&stream.event().await.unwrap()), ("a", "2,0"));
    post(&server, "b", 0).await;
    assert_eq!(place(&stream.event().await.unwrap()), ("b", "2,1"));
}

#[tokio::test]
async fn pages_are_held_to_the_rules_of_pages() {
    let server = running().await;
    let pages = |number: usize| (0..number).fold(String::new(), |query, page| format!("{query}&page={page}"));
    assert_eq!(asked(&server, &pages(100)).send().await.unwrap().status(), StatusCode::OK);
    let problem = refused(asked(&server, &pages(101))).await;
    assert_eq!((problem.status, problem.kind, problem.limit), (400, ProblemKind::PagesTooMany, Some(100)));
    for (query, kind, field) in [
        ("", ProblemKind::PageEmpty, "page"),
        ("page=a&page=", ProblemKind::PageEmpty, "page"),
        (&format!("page=a&page={}", "p".repeat(513)), ProblemKind::PageTooLong, "page"),
        ("page=a&page=b%00", ProblemKind::ControlCharacters, "page"),
        ("page=a&page=b&after=1", ProblemKind::QueryInvalid, "after"),
        ("page=a&page=b&after=1,2,3", ProblemKind::QueryInvalid, "after"),
        ("page=a&page=b&after=1,", ProblemKind::QueryInvalid, "after"),
        ("page=a&after=1&after=2", ProblemKind::QueryInvalid, "after"),
        ("page=a&wait=1", ProblemKind::QueryInvalid, "wait"),
        ("page=a&wait=", ProblemKind::QueryInvalid, "wait"),
    ] {
        let problem = refused(asked(&server, query)).await;
        assert_eq!((problem.kind, problem.field.as_deref()), (kind, Some(field)), "{query}");
    }
}

#[tokio::test]
async fn stream_of_many_pages_takes_one_place() {
    let server = running_with(|settings| settings.limits.streams_per_address = 2).await;
    let _first = Stream::of(asked(&server, "page=a&page=b&page=c")).await;
    let _second = Stream::of(asked(&server, "page=d&page=e&page=f")).await;
    assert_eq!(refused(asked(&server, "page=g")).await.kind, ProblemKind::RateLimited);
    // What waits for nothing takes none.
    assert_eq!(asked(&server, "page=g&wait=0").send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_there_already_is_told_without_a_stream() {
    let server = running().await;
    for (page, number) in [("a", 0), ("b", 0), ("b", 1)] {
        post(&server, page, number).await;
    }
    let told = |event: &str, id: &str| (format!("event: {event}"), format!("id: {id}"));
    let (events, last) = until_the_end(&server, "page=a&page=b&page=c&after=1,0,0&wait=0").await;
    assert_eq!(events, [told("comment", "1,1,0"), told("comment", "1,2,0")]);
    assert_eq!(last, "id: 1,2,0");
    let (events, last) = until_the_end(&server, "page=a&page=b&page=c&after=1,2,0&wait=0").await;
    assert_eq!((events.len(), last.as_str()), (0, "id: 1,2,0"));
    // What nobody ever saw is passed by for good.
    let (events, last) = until_the_end(&server, "page=b&wait=0").await;
    assert_eq!((events.len(), last.as_str()), (0, "id: 2"));
    let response = asked(&server, "page=a&wait=0").send().await.unwrap();
    assert_eq!(header(&response, "cache-control"), "no-store");
}

#[tokio::test]
async fn first_word_of_a_stream_tells_the_time_of_the_server() {
    let (server, clock) = by_a_clock(|settings| settings.limits.heartbeat_secs = 1).await;
    let mut response = live(&server, "").send().await.unwrap();
    let first = String::from_utf8(response.chunk().await.unwrap().unwrap().to_vec()).unwrap();
    let data = first.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let alive: LiveAlive = serde_json::from_str(data).unwrap();
    assert_eq!((alive.server_time.0.as_str(), alive.heartbeat_secs), ("2026-05-01T09:30:00.000Z", 1));
    assert!(first.starts_with("retry: ") && first.contains("\nevent: alive\nid: 0\n"), "{first}");
    clock.advance_secs(86_400);
    let mut stream = Stream::of(live(&server, "")).await;
    let next = stream.block().await.unwrap();
    assert_eq!(
        (next.name.as_str(), &next.data["server_time"]),
        ("alive", &json!("2026-05-02T09:30:00.000Z"))
    );
}

#[tokio::test]
async fn stream_that_is_told_much_tells_also_that_it_is_alive() {
    let server = running_with(|settings| settings.limits.heartbeat_secs = 1).await;
    let mut stream = Stream::of(asked(&server, "page=a&page=b")).await;
    let posting = async {
        for number in 0.. {
            post(&server, "a", number).await;
        }
    };
    tokio::select! {
        () = stream.until_heartbeats(3) => {}
        () = posting => {}
    }
}
