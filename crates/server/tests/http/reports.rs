//! `POST /api/v1/comments/{id}/report`

use dumka_api::{CommentState, Listing, ProblemKind};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::running::{Running, comment, header, problem_of, refused, running, running_with, site};

const READER: &str = "0123456789abcdef0123456789abcdef";

fn report(server: &Running, id: &str, report: &Value) -> RequestBuilder {
    let request = server.request("POST", &format!("/api/v1/comments/{id}/report"));
    request.header("content-type", "application/json").body(report.to_string())
}

/// A report of a comment as spam.
pub(crate) fn spam(server: &Running, id: &str, reader: &str) -> RequestBuilder {
    report(server, id, &json!({"reason": "spam"})).bearer_auth(reader)
}

async fn posted(server: &Running) -> String {
    server.accepted("k", &comment()).await.comment.id.into()
}

async fn total(server: &Running) -> u64 {
    server.list("site=s&page=p").send().await.unwrap().json::<Listing>().await.unwrap().thread.total
}

#[tokio::test]
async fn report_is_accepted_once_per_reader() {
    let server = running().await;
    let id = posted(&server).await;
    let note = json!({"reason": "personal_data", "note": " Там мій номер. "});
    let response = report(&server, &id, &note).bearer_auth(READER).send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::ACCEPTED, "no-store"));
    assert_eq!(response.json::<Value>().await.unwrap(), json!({}));
    let problem = refused(spam(&server, &id, READER)).await;
    assert_eq!((problem.status, problem.kind), (409, ProblemKind::AlreadyReported));
}

#[tokio::test]
async fn token_is_needed_and_judged() {
    let server = running().await;
    let id = posted(&server).await;
    let response = report(&server, &id, &json!({"reason": "spam"})).send().await.unwrap();
    assert_eq!(header(&response, "www-authenticate"), "Bearer");
    let problem = problem_of(response).await;
    assert_eq!((problem.status, problem.kind), (401, ProblemKind::TokenMissing));
    for token in ["short", &"x".repeat(129), "0123456789abcdef 0123456789abcdef"] {
        let problem = refused(spam(&server, &id, token)).await;
        assert_eq!((problem.status, problem.kind), (401, ProblemKind::TokenInvalid), "{token}");
    }
    let twice = spam(&server, &id, READER).header("authorization", format!("Bearer {READER}"));
    assert_eq!(refused(twice).await.kind, ProblemKind::TokenInvalid);
}

#[tokio::test]
async fn broken_rules_name_their_field() {
    let server = running().await;
    let id = posted(&server).await;
    let cases = [
        (json!({"reason": "boring"}), ProblemKind::ReasonInvalid, "reason", None),
        (json!({}), ProblemKind::ReasonInvalid, "reason", None),
        (
            json!({"reason": "other", "note": "ї".repeat(1_001)}),
            ProblemKind::NoteTooLong,
            "note",
            Some(1_000),
        ),
        (json!({"reason": "other", "note": "\u{0}"}), ProblemKind::ControlCharacters, "note", None),
        (json!({"reason": "other", "note": "a\u{FFFF}"}), ProblemKind::ControlCharacters, "note", None),
    ];
    for (body, kind, field, limit) in cases {
        let problem = refused(report(&server, &id, &body).bearer_auth(READER)).await;
        let told = (problem.status, problem.kind, problem.field.as_deref(), problem.limit);
        assert_eq!(told, (422, kind, Some(field), limit), "{body}");
    }
    assert_eq!(spam(&server, &id, READER).send().await.unwrap().status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn what_is_hidden_is_not_there() {
    let server = running_with(|settings| {
        let site = site("s", "https://s.example");
        let moderation = dumka_server::moderation::Moderation::Before;
        settings.sites = vec![dumka_server::config::SiteSettings { moderation, ..site }];
    })
    .await;
    let submitted = server.accepted("k", &comment()).await;
    assert_eq!(submitted.comment.state, CommentState::Pending);
    let hidden = refused(spam(&server, &submitted.comment.id, READER)).await;
    assert_eq!((hidden.status, hidden.kind), (404, ProblemKind::NotFound));
    for id in ["7", "0193d3a0-0000-7000-8000-000000000000"] {
        assert_eq!(refused(spam(&server, id, READER)).await, hidden);
    }
}

#[tokio::test]
async fn origin_of_another_site_is_refused() {
    let server = running_with(|settings| {
        settings.sites = vec![site("s", "https://s.example"), site("t", "https://t.example")];
    })
    .await;
    let id = posted(&server).await;
    let foreign = spam(&server, &id, READER).header("origin", "https://t.example");
    assert_eq!(refused(foreign).await.kind, ProblemKind::OriginNotAllowed);
}

#[tokio::test]
async fn comment_is_held_when_enough_addresses_reported_it() {
    let server = running_with(|settings| {
        settings.limits.reports_to_hold = 2;
        settings.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let id = posted(&server).await;
    let from = |address, reader: char| {
        let reader = reader.to_string().repeat(32);
        spam(&server, &id, &reader).header("x-forwarded-for", address)
    };
    for (address, reader) in [("2001:db8::1", 'a'), ("2001:db8::2", 'b')] {
        assert_eq!(from(address, reader).send().await.unwrap().status(), StatusCode::ACCEPTED);
        assert_eq!(total(&server).await, 1);
    }
    assert_eq!(from("203.0.113.1", 'c').send().await.unwrap().status(), StatusCode::ACCEPTED);
    assert_eq!(total(&server).await, 0);
    assert_eq!(refused(from("203.0.113.2", 'd')).await.kind, ProblemKind::NotFound);
}

#[tokio::test]
async fn reports_count_as_posts() {
    let server = running_with(|settings| settings.limits.posts_per_minute = 2).await;
    let id = posted(&server).await;
    assert_eq!(spam(&server, &id, READER).send().await.unwrap().status(), StatusCode::ACCEPTED);
    let problem = refused(spam(&server, &id, "another-reader-of-it")).await;
    assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
}
