//! Rate limits, and whose address counts.

use dumka_api::ProblemKind;
use reqwest::StatusCode;

use crate::running::{Running, comment, header, problem_of, refused, running_with};
use crate::test_store::TestStore;
use crate::votes::vote;

async fn one_post_a_minute(trusted: &[&str]) -> Running {
    let trusted = trusted.iter().map(|net| net.parse().unwrap()).collect();
    running_with(|settings| {
        settings.limits.posts_per_minute = 1;
        settings.proxy.trusted = trusted;
    })
    .await
}

async fn post_for(server: &Running, name: &str, value: &str) -> StatusCode {
    server.post("k", &comment()).header(name, value).send().await.unwrap().status()
}

#[tokio::test]
async fn post_beyond_the_limit_is_told_when_to_come_back() {
    let server = one_post_a_minute(&[]).await;
    server.accepted("1", &comment()).await;
    let response = server.post("2", &comment()).header("origin", "http://localhost").send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), "http://localhost");
    let problem = problem_of(response).await;
    assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
    assert!(problem.retry_after.is_some_and(|secs| (1..=61).contains(&secs)));
    assert_eq!(server.list("site=s&page=p").send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn reads_have_a_limit_of_their_own() {
    let server = running_with(|settings| settings.limits.reads_per_minute = Some(2)).await;
    for _ in 0..2 {
        assert_eq!(server.list("site=s&page=p").send().await.unwrap().status(), StatusCode::OK);
    }
    assert_eq!(refused(server.list("site=s&page=p")).await.kind, ProblemKind::RateLimited);
    assert_eq!(
        refused(server.get("/api/v1/comments/counts?site=s&page=p")).await.kind,
        ProblemKind::RateLimited
    );
    server.accepted("1", &comment()).await;
    assert_eq!(server.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn forged_headers_do_not_make_a_new_client() {
    let server = one_post_a_minute(&[]).await;
    assert_eq!(post_for(&server, "x-forwarded-for", "203.0.113.1").await, StatusCode::CREATED);
    for (name, value) in [
        ("x-forwarded-for", "203.0.113.2"),
        ("forwarded", "for=203.0.113.3"),
        ("x-real-ip", "203.0.113.4"),
        ("x-request-id", "x"),
    ] {
        assert_eq!(post_for(&server, name, value).await, StatusCode::TOO_MANY_REQUESTS, "{name}");
    }
}

#[tokio::test]
async fn trusted_proxy_speaks_for_its_clients() {
    let server = one_post_a_minute(&["127.0.0.0/8"]).await;
    assert_eq!(post_for(&server, "x-forwarded-for", "203.0.113.1").await, StatusCode::CREATED);
    assert_eq!(post_for(&server, "x-forwarded-for", "203.0.113.2").await, StatusCode::CREATED);
    let forged = "198.51.100.99, 203.0.113.1";
    assert_eq!(post_for(&server, "x-forwarded-for", forged).await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn addresses_of_one_ipv6_network_count_as_one() {
    let server = one_post_a_minute(&["127.0.0.1/32"]).await;
    assert_eq!(post_for(&server, "x-forwarded-for", "2001:db8::1").await, StatusCode::CREATED);
    assert_eq!(post_for(&server, "x-forwarded-for", "2001:db8::2").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(post_for(&server, "x-forwarded-for", "2001:db8:0:1::1").await, StatusCode::CREATED);
}

#[tokio::test]
#[ignore = "needs PostgreSQL, which cargo xtask test starts"]
async fn servers_on_one_database_count_posts_and_votes_together() {
    let kept = TestStore::create().await;
    let start = || {
        running_with(|settings| {
            settings.database = kept.url();
            settings.limits.posts_per_minute = 3;
            settings.limits.votes_per_minute = 2;
        })
    };
    let servers = [start().await, start().await];
    let id = servers[0].accepted("0", &comment()).await.comment.id;
    for (server, key) in servers.iter().rev().zip(["1", "2"]) {
        server.accepted(key, &comment()).await;
    }
    for (number, server) in servers.iter().enumerate() {
        let problem = refused(server.post(&format!("more-{number}"), &comment())).await;
        assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
        assert!(
            problem.retry_after.is_some_and(|secs| (1..=20).contains(&secs)),
            "{:?}",
            problem.retry_after
        );
    }
    for (server, value) in servers.iter().zip([1, -1]) {
        assert_eq!(vote(server, &id, 1, value).send().await.unwrap().status(), StatusCode::OK);
    }
    for server in &servers {
        assert_eq!(refused(vote(server, &id, 1, 0)).await.kind, ProblemKind::RateLimited);
    }
}
