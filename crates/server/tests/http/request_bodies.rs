//! The body of a request, before anybody asks what it says.

use dumka_api::ProblemKind;
use reqwest::StatusCode;

use crate::running::{comment, refused, running};

#[tokio::test]
async fn broken_json_is_refused_with_its_place_and_without_an_echo() {
    let server = running().await;
    let nested = "[".repeat(20_000);
    let nested_deep = format!("{{\"text\": {nested}");
    let bodies: [&[u8]; 10] = [
        b"",
        b"{",
        b"secret",
        b"{\"text\": secret}",
        b"[\"secret\"]",
        b"{\"text\": {\"secret\": 1}}",
        b"{\"text\": \"secret \xff\"}",
        b"{\"text\": \"\\ud800\", \"site\": \"secret\"}",
        nested.as_bytes(),
        nested_deep.as_bytes(),
    ];
    for body in bodies {
        let problem = refused(server.post_raw("k", body.to_vec())).await;
        assert_eq!((problem.status, problem.kind), (400, ProblemKind::JsonInvalid), "{body:?}");
        assert!(problem.detail.contains("line") && !problem.detail.contains("secret"), "{}", problem.detail);
    }
}

#[tokio::test]
async fn other_content_types_are_refused() {
    let server = running().await;
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=koi8-u", ""]
    {
        let request = server.request("POST", "/api/v1/comments").header("idempotency-key", "k");
        let problem = refused(request.header("content-type", content_type).body(comment().to_string())).await;
        assert_eq!(
            (problem.status, problem.kind),
            (415, ProblemKind::ContentTypeUnsupported),
            "{content_type}"
        );
    }
    let encoded = server.post("k", &comment()).header("content-encoding", "gzip");
    assert_eq!(refused(encoded).await.kind, ProblemKind::ContentTypeUnsupported);
}

#[tokio::test]
async fn declared_charset_is_no_obstacle() {
    let server = running().await;
    let request = server.request("POST", "/api/v1/comments").header("idempotency-key", "k");
    let request = request.header("content-type", "application/json; charset=UTF-8");
    assert_eq!(request.body(comment().to_string()).send().await.unwrap().status(), StatusCode::CREATED);
}

#[tokio::test]
async fn body_over_64_kib_is_refused() {
    let server = running().await;
    for length in [65_537, 200_000, 3_000_000] {
        let problem = refused(server.post_raw("k", vec![b' '; length])).await;
        assert_eq!((problem.status, problem.kind), (413, ProblemKind::BodyTooLarge), "{length}");
        assert_eq!(problem.limit, Some(65_536));
    }
}

#[tokio::test]
async fn body_of_exactly_64_kib_is_read() {
    let server = running().await;
    let mut body = comment().to_string();
    body.push_str(&" ".repeat(65_536 - body.len()));
    assert_eq!(server.post_raw("k", body).send().await.unwrap().status(), StatusCode::CREATED);
}
