//! Tokens decide who may see and change the comment at `/api/v1/comments/{id}`

use dumka_api::ProblemKind;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::comment::{at, delete, listed, pre_moderated, token};
use crate::running::{comment, header, refused, running, running_with, site};

/// A well-formed token that no comment has.
const FORGED: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn tokens_that_are_missing_or_malformed_are_refused() {
    let server = running().await;
    let own = server.accepted("k", &comment()).await;
    let id = own.comment.id.as_str();
    for method in ["PATCH", "DELETE"] {
        let response = at(&server, method, id).json(&json!({"text": "a"})).send().await.unwrap();
        assert_eq!(header(&response, "www-authenticate"), "Bearer");
        assert_eq!(response.json::<Value>().await.unwrap()["kind"], "token_missing");
    }
    let long = format!("Bearer {}", "x".repeat(129));
    for value in ["Bearer", "Bearer short", "Basic dXNlcjpwYXNzd29yZA==", "Bearer two words here now", &long]
    {
        for method in ["GET", "PATCH", "DELETE"] {
            let request = at(&server, method, id).json(&json!({"text": "a"})).header("authorization", value);
            let problem = refused(request).await;
            assert_eq!((problem.status, problem.kind), (401, ProblemKind::TokenInvalid), "{method} {value}");
        }
    }
    assert_eq!(listed(&server).await.0, [own.comment]);
}

#[tokio::test]
async fn token_of_another_comment_changes_nothing() {
    let server = running().await;
    let own = server.accepted("1", &comment()).await;
    let other = server.accepted("2", &comment()).await;
    for token in [token(&other), FORGED] {
        for method in ["GET", "PATCH", "DELETE"] {
            let request = at(&server, method, &own.comment.id).json(&json!({"text": "a"})).bearer_auth(token);
            let problem = refused(request).await;
            assert_eq!((problem.status, problem.kind), (403, ProblemKind::NotYours), "{method}");
        }
    }
    assert_eq!(listed(&server).await.0, [own.comment, other.comment]);
}

#[tokio::test]
async fn hidden_and_missing_comments_look_the_same_to_everybody_else() {
    let server = running_with(pre_moderated).await;
    let hidden = server.accepted("k", &comment()).await.comment.id;
    let missing = "00000000-0000-7000-8000-000000000000";
    for id in [&hidden, missing, "x", "%FF", "00000000-0000-7000-8000-00000000000"] {
        for (method, origin) in
            [("GET", "https://s.example"), ("PATCH", "https://s.example"), ("DELETE", "https://evil.example")]
        {
            let request = at(&server, method, id).header("origin", origin).json(&json!({"text": "a"}));
            let problem = refused(request.bearer_auth(FORGED)).await;
            assert_eq!((problem.status, problem.kind), (404, ProblemKind::NotFound), "{method} {id}");
            assert_eq!(problem.detail, "There is nothing at this address.");
        }
        assert_eq!(refused(at(&server, "GET", id)).await.kind, ProblemKind::NotFound);
    }
}

#[tokio::test]
async fn pages_of_other_origins_are_refused() {
    let server = running_with(|settings| {
        settings.sites = vec![site("s", "https://s.example"), site("t", "https://t.example")];
    })
    .await;
    let own = server.accepted("k", &comment()).await;
    for origin in ["https://t.example", "https://evil.example", "null"] {
        for method in ["GET", "PATCH", "DELETE"] {
            let request = at(&server, method, &own.comment.id).bearer_auth(token(&own));
            let problem = refused(request.header("origin", origin).json(&json!({"text": "a"}))).await;
            assert_eq!((problem.status, problem.kind), (403, ProblemKind::OriginNotAllowed), "{origin}");
        }
    }
    let allowed = delete(&server, &own).header("origin", "https://s.example").send().await.unwrap();
    assert_eq!(allowed.status(), StatusCode::NO_CONTENT);
}
