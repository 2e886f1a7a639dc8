//! `PUT /api/v1/comments/{id}/vote`

use std::sync::Arc;

use dumka_api::{Listing, ProblemKind, Voted, Votes};
use dumka_server::clock::ManualClock;
use dumka_server::domain::comment::UnixMillis;
use dumka_server::server::ServerParts;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::comment::{delete, pre_moderated, token};
use crate::running::{Running, comment, comment_with, header, refused, running, running_with, site, start};
use crate::test_store::TestStore;

const MISSING: &str = "00000000-0000-7000-8000-000000000000";

/// The token of the reader of this number, as a browser would make it up.
fn reader(number: u32) -> String {
    format!("{number:032x}")
}

/// A vote of the reader of this number.
pub(crate) fn vote(server: &Running, id: &str, number: u32, value: i64) -> RequestBuilder {
    let request = server.request("PUT", &format!("/api/v1/comments/{id}/vote"));
    request.bearer_auth(reader(number)).json(&json!({"value": value}))
}

async fn voted(request: RequestBuilder) -> (u32, u32, i64) {
    let response = request.send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::OK, "no-store"));
    let Voted { votes, value } = response.json().await.unwrap();
    (votes.up, votes.down, value)
}

async fn votes(server: &Running) -> Votes {
    let listing: Listing = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    listing.comments[0].votes
}

/// Any number of votes from one address.
async fn without_limits() -> Running {
    running_with(|settings| {
        settings.limits.votes_per_minute = 0;
        settings.limits.votes_per_address = 0;
    })
    .await
}

#[tokio::test]
async fn reader_votes_changes_their_mind_and_withdraws() {
    let server = running().await;
    let id = server.accepted("k", &comment()).await.comment.id;
    let told = [(1, (1, 0, 1)), (1, (1, 0, 1)), (-1, (0, 1, -1)), (0, (0, 0, 0)), (0, (0, 0, 0))];
    for (value, answer) in told {
        assert_eq!(voted(vote(&server, &id, 1, value)).await, answer);
        assert_eq!(votes(&server).await, Votes { up: answer.0, down: answer.1 });
    }
    assert_eq!(voted(vote(&server, &id, 2, 1)).await, (1, 0, 1));
    assert_eq!(voted(vote(&server, &id, 1, -1)).await, (1, 1, -1));
}

#[tokio::test]
async fn votes_decide_who_comes_first() {
    let server = running().await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(server.accepted(&n.to_string(), &comment()).await.comment.id);
    }
    voted(vote(&server, &ids[0], 1, -1)).await;
    voted(vote(&server, &ids[2], 1, 1)).await;
    let listing: Listing = server.list("site=s&page=p&sort=best").send().await.unwrap().json().await.unwrap();
    let shown: Vec<_> = listing.comments.iter().map(|comment| &comment.id).collect();
    assert_eq!(shown, [&ids[2], &ids[1], &ids[0]]);
}

#[tokio::test]
async fn other_values_are_refused() {
    let server = running().await;
    let id = server.accepted("k", &comment()).await.comment.id;
    for value in [2, -2, 100, i64::MAX] {
        let problem = refused(vote(&server, &id, 1, value)).await;
        assert_eq!((problem.status, problem.kind), (422, ProblemKind::ValueInvalid), "{value}");
        assert_eq!(problem.field.as_deref(), Some("value"));
    }
    for body in [
        json!({}),
        json!({"value": null}),
        json!({"value": "1"}),
        json!({"value": 0.5}),
        json!([1]),
        json!(1),
    ] {
        let problem = refused(vote(&server, &id, 1, 1).json(&body)).await;
        assert_eq!((problem.status, problem.kind), (400, ProblemKind::JsonInvalid), "{body}");
    }
    assert_eq!(votes(&server).await, Votes::default());
}

#[tokio::test]
async fn only_a_reader_with_a_proper_token_votes() {
    let server = running().await;
    let id = server.accepted("k", &comment()).await.comment.id;
    let path = format!("/api/v1/comments/{id}/vote");
    let put = || server.request("PUT", &path).json(&json!({"value": 1}));
    let response = put().send().await.unwrap();
    assert_eq!(header(&response, "www-authenticate"), "Bearer");
    assert_eq!(response.json::<Value>().await.unwrap()["kind"], "token_missing");
    let long = "x".repeat(129);
    for token in ["", "short", "two words are not one", &long] {
        let problem = refused(put().bearer_auth(token)).await;
        assert_eq!((problem.status, problem.kind), (401, ProblemKind::TokenInvalid), "{token}");
    }
    for method in ["GET", "POST", "DELETE"] {
        let problem = refused(server.request(method, &path).bearer_auth(reader(1))).await;
        assert_eq!((problem.status, problem.kind), (405, ProblemKind::MethodNotAllowed), "{method}");
    }
    assert_eq!(votes(&server).await, Votes::default());
}

#[tokio::test]
async fn only_what_is_published_is_voted_on() {
    let server = running().await;
    let own = server.accepted("1", &comment()).await;
    server.accepted("2", &comment_with("parent", own.comment.id.as_str())).await;
    delete(&server, &own).send().await.unwrap();
    let before = running_with(pre_moderated).await;
    let pending = before.accepted("k", &comment()).await;
    let path = format!("/api/v1/comments/{}/vote", pending.comment.id);
    for request in [
        vote(&server, &own.comment.id, 1, 1),
        vote(&server, MISSING, 1, 1),
        vote(&server, "x", 1, 1),
        vote(&before, &pending.comment.id, 1, 1).header("origin", "https://evil.example"),
        before.request("PUT", &path).bearer_auth(token(&pending)).json(&json!({"value": 1})),
    ] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (404, ProblemKind::NotFound));
    }
}

#[tokio::test]
async fn pages_of_other_origins_do_not_vote() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let id = server.accepted("k", &comment()).await.comment.id;
    let foreign = refused(vote(&server, &id, 1, 1).header("origin", "https://evil.example")).await;
    assert_eq!((foreign.status, foreign.kind), (403, ProblemKind::OriginNotAllowed));
    assert_eq!(votes(&server).await, Votes::default());
    assert_eq!(voted(vote(&server, &id, 1, 1).header("origin", "https://s.example")).await, (1, 0, 1));
}

#[tokio::test]
async fn made_up_readers_do_not_stuff_the_box() {
    let clock = Arc::new(ManualClock::at(UnixMillis(1_777_627_800_000)));
    let server =
        start(ServerParts { clock: Arc::clone(&clock) as _, ..ServerParts::default() }, |settings| {
            settings.limits.votes_per_minute = 0;
            settings.proxy.trusted = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()];
        })
        .await;
    let id = server.accepted("k", &comment()).await.comment.id;
    let from =
        |address: &str, reader, value| vote(&server, &id, reader, value).header("x-forwarded-for", address);
    for reader in 0..5 {
        voted(from("203.0.113.1", reader, 1)).await;
    }
    for reader in 5..50 {
        let problem = refused(from("203.0.113.1", reader, 1)).await;
        assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
        assert_eq!(problem.retry_after, Some(86_400));
    }
    assert_eq!(voted(from("203.0.113.1", 0, -1)).await, (4, 1, -1), "who has voted may change it");
    assert_eq!(voted(from("203.0.113.1", 1, 0)).await, (3, 1, 0));
    assert_eq!(voted(from("203.0.113.1", 50, 0)).await, (3, 1, 0), "there was nothing to withdraw");
    assert_eq!(voted(from("203.0.113.2", 50, 1)).await, (4, 1, 1));
    clock.advance_secs(86_400);
    assert_eq!(voted(from("203.0.113.1", 51, 1)).await, (5, 1, 1));
}

#[tokio::test]
async fn restart_does_not_give_an_address_new_readers() {
    let kept = TestStore::create().await;
    let database = kept.url();
    let again = || running_with(|settings| settings.database.clone_from(&database));
    let server = again().await;
    let id = server.accepted("k", &comment()).await.comment.id;
    for reader in 0..5 {
        voted(vote(&server, &id, reader, 1)).await;
    }
    server.stop().await;
    let server = again().await;
    let problem = refused(vote(&server, &id, 5, 1)).await;
    assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
    assert!(problem.retry_after.is_some_and(|secs| (86_000..=86_400).contains(&secs)));
    assert_eq!(voted(vote(&server, &id, 4, -1)).await, (4, 1, -1));
}

#[tokio::test]
async fn rate_of_votes_is_limited_and_not_that_of_posts() {
    let server = running_with(|settings| {
        settings.limits.votes_per_minute = 2;
        settings.limits.posts_per_minute = 2;
    })
    .await;
    let id = server.accepted("1", &comment()).await.comment.id;
    voted(vote(&server, &id, 1, 1)).await;
    voted(vote(&server, &id, 1, -1)).await;
    let problem = refused(vote(&server, &id, 1, 0)).await;
    assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
    assert!(problem.retry_after.is_some_and(|secs| (1..=61).contains(&secs)));
    server.accepted("2", &comment()).await;
}

#[tokio::test]
async fn readers_are_no_secret_told() {
    let server = without_limits().await;
    let id = server.accepted("k", &comment()).await.comment.id;
    for number in 0..20 {
        voted(vote(&server, &id, number, 1)).await;
    }
    let list = server.list("site=s&page=p").send().await.unwrap().text().await.unwrap();
    assert!(list.contains(r#""votes":{"up":20,"down":0}"#) && !list.contains(&reader(7)));
}
