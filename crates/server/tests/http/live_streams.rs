//! `GET /api/v1/comments/live`: how streams go on, and how they end.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use dumka_api::{Feature, Listing, ProblemKind, paths};
use dumka_server::config::Settings;
use dumka_server::moderation::Moderation;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::event_stream::{Stream, live};
use crate::running::{Running, comment, comment_with, refused, running, running_with, site};
use crate::test_store::TestStore;

/// Far above what anything takes: what it cuts short has hung.
const PATIENCE: Duration = Duration::from_secs(30);

async fn kept_in(kept: &TestStore, change: impl FnOnce(&mut Settings)) -> Running {
    running_with(|settings| {
        settings.database = kept.url();
        change(settings);
    })
    .await
}

/// Waits until so many streams are open, as the server counts them.
async fn until_open(server: &Running, number: usize) {
    let line = format!("\ndumka_streams_open {number}\n");
    let counted = async {
        while !server.get("/metrics").send().await.unwrap().text().await.unwrap().contains(&line) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, counted).await.expect("so many streams are open");
}

/// Posts so many comments, several at once.
async fn post_many(server: Arc<Running>, number: usize) {
    let mut posts = JoinSet::new();
    for key in 0..number {
        let server = Arc::clone(&server);
        posts.spawn(async move { server.accepted(&key.to_string(), &comment()).await });
    }
    posts.join_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_one_of_many_streams_tells_each_comment_once() {
    const STREAMS: usize = 300;
    let server = running_with(|settings| settings.limits.streams_per_address = 0).await;
    let mut streams = Vec::new();
    for _ in 0..STREAMS {
        streams.push(Stream::open(&server, "").await);
    }
    until_open(&server, STREAMS).await;
    for key in 1..=3 {
        let submitted = server.accepted(&key.to_string(), &comment()).await;
        for stream in &mut streams {
            let event = stream.event().await.unwrap();
            assert_eq!((event.id, &event.data["id"]), (Some(key), &submitted.comment.id.as_str().into()));
        }
    }
    drop(streams);
    until_open(&server, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn client_that_comes_back_again_and_again_misses_nothing_and_hears_nothing_twice() {
    const COMMENTS: usize = 400;
    let server = Arc::new(running().await);
    let posting = tokio::spawn(post_many(Arc::clone(&server), COMMENTS));
    let mut seen = Vec::new();
    let mut last_id = 0;
    while seen.len() < COMMENTS {
        let back = live(&server, "").header("last-event-id", last_id.to_string());
        let mut stream = Stream::of(back).await;
        for _ in 0..7.min(COMMENTS - seen.len()) {
            let event = stream.event().await.unwrap();
            assert_eq!(event.name, "comment");
            seen.push(event.data["id"].as_str().unwrap().to_owned());
        }
        last_id = stream.last_id.unwrap();
    }
    posting.await.unwrap();
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), COMMENTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_that_begin_while_comments_come_miss_nothing_and_hear_nothing_twice() {
    const COMMENTS: usize = 200;
    let server = Arc::new(running().await);
    let posting = tokio::spawn(post_many(Arc::clone(&server), COMMENTS));
    let mut followers = JoinSet::new();
    for _ in 0..20 {
        let server = Arc::clone(&server);
        followers.spawn(async move {
            let mut stream = Stream::open(&server, "&after=0").await;
            let mut ids = Vec::new();
            for _ in 0..COMMENTS {
                ids.push(stream.event().await.unwrap().id.unwrap());
            }
            ids
        });
    }
    posting.await.unwrap();
    for ids in followers.join_all().await {
        assert_eq!(ids, (1..=COMMENTS as u64).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn stopping_server_ends_its_streams_and_the_next_one_goes_on_where_they_were() {
    let kept = TestStore::create().await;
    let server = kept_in(&kept, |settings| settings.limits.stop_secs = 3_600).await;
    let mut stream = Stream::open(&server, "").await;
    server.accepted("1", &comment()).await;
    assert_eq!(stream.event().await.unwrap().id, Some(1));

    timeout(PATIENCE, server.stop()).await.expect("streams do not hold up the server");
    assert_eq!(stream.event().await, None);

    let server = kept_in(&kept, |_| ()).await;
    let missed = server.accepted("2", &comment()).await;
    let back = live(&server, "").header("last-event-id", stream.last_id.unwrap().to_string());
    let mut stream = Stream::of(back).await;
    let event = stream.event().await.unwrap();
    assert_eq!((event.id, &event.data["id"]), (Some(2), &missed.comment.id.as_str().into()));
}

#[tokio::test]
async fn quiet_stream_outlives_every_timeout() {
    let server = running_with(|settings| {
        let limits = &mut settings.limits;
        (limits.heartbeat_secs, limits.request_secs, limits.header_secs) = (1, 1, 1);
        (limits.write_secs, limits.body_secs) = (1, 1);
    })
    .await;
    let mut stream = Stream::open(&server, "").await;
    stream.until_heartbeats(3).await;
    server.accepted("1", &comment()).await;
    assert_eq!(stream.event().await.unwrap().id, Some(1));
}

#[tokio::test]
async fn stream_beats_also_while_only_hidden_comments_come() {
    let server = running_with(|settings| {
        let mut site = site("s", "https://s.example");
        site.moderation = Moderation::Before;
        (settings.sites, settings.limits.heartbeat_secs) = (vec![site], 1);
    })
    .await;
    let mut stream = Stream::open(&server, "").await;
    let posting = async {
        for key in 0.. {
            server.accepted(&key.to_string(), &comment()).await;
        }
    };
    tokio::select! {
        () = stream.until_heartbeats(2) => {}
        () = posting => {}
    }
}

#[tokio::test]
async fn client_that_does_not_read_is_cut_and_others_are_not() {
    let server = running_with(|settings| settings.limits.write_secs = 1).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut slow = socket.connect(server.address()).await.unwrap();
    let ask = format!("GET {}?site=s&page=p HTTP/1.1\r\nhost: x\r\n\r\n", paths::LIVE);
    slow.write_all(ask.as_bytes()).await.unwrap();
    slow.read_u8().await.unwrap();
    let mut polite = Stream::open(&server, "").await;
    until_open(&server, 2).await;

    for key in 1..=40 {
        server.accepted(&key.to_string(), &comment_with("text", "ї".repeat(10_000))).await;
        assert_eq!(polite.event().await.unwrap().id, Some(key));
    }

    until_open(&server, 1).await;
    // A reset ends it as well as an end does.
    let mut rest = Vec::new();
    let _ =
        timeout(PATIENCE, slow.read_to_end(&mut rest)).await.expect("the server keeps the connection open");
    assert!(!String::from_utf8_lossy(&rest).contains("\nid: 40\n"));
}

#[tokio::test]
async fn streams_are_bounded_in_all_and_for_one_address() {
    let server = running_with(|settings| {
        (settings.limits.streams, settings.limits.streams_per_address) = (3, 2);
        settings.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let from = |address| live(&server, "").header("x-forwarded-for", address);
    let first = Stream::of(from("203.0.113.1")).await;
    let _second = Stream::of(from("203.0.113.1")).await;
    let problem = refused(from("203.0.113.1")).await;
    let told = (problem.status, problem.kind, problem.retry_after);
    assert_eq!(told, (429, ProblemKind::RateLimited, Some(30)));
    let _third = Stream::of(from("203.0.113.2")).await;
    assert_eq!(refused(from("203.0.113.3")).await.kind, ProblemKind::RateLimited);
    drop(first);
    until_open(&server, 2).await;
    let _fourth = Stream::of(from("203.0.113.1")).await;
}

#[tokio::test]
async fn server_without_streams_announces_none() {
    let server = running_with(|settings| settings.limits.streams = 0).await;
    let listing: Listing = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert!(!listing.thread.features.contains(&Feature::Live));
    assert_eq!(refused(live(&server, "")).await.kind, ProblemKind::RateLimited);
}
