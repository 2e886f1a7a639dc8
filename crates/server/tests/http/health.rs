//! `/healthz`, `/readyz`, `/metrics`, and what every answer has in common.

use dumka_api::ProblemKind;
use reqwest::StatusCode;

use crate::running::{comment, header, problem_of, refused, running, running_with};

#[tokio::test]
async fn running_server_is_alive_and_ready() {
    let server = running().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(server.get(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn server_that_is_about_to_stop_says_so_and_serves_on() {
    let server = running_with(|settings| settings.limits.drain_secs = 0).await;
    server.drain().await;
    let problem = refused(server.get("/readyz")).await;
    assert_eq!((problem.status, problem.kind), (503, ProblemKind::StoreUnavailable));
    assert_eq!(server.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    server.accepted("1", &comment()).await;
}

#[tokio::test]
async fn metrics_count_answers_and_comments() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let text = server.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(text.contains("dumka_comments_accepted_total 1"), "{text}");
    assert!(text.contains("dumka_requests_total{route=\"/api/v1/comments\",status=\"201\"} 1"), "{text}");
    assert!(text.contains("dumka_request_duration_seconds_bucket"), "{text}");
}

#[tokio::test]
async fn unknown_path_is_not_found() {
    let server = running().await;
    for path in ["/", "/api/v1/nothing", "/api/v1/comments/", "/assets/x", "/embed.js.map"] {
        let problem = refused(server.get(path)).await;
        assert_eq!((problem.status, problem.kind), (404, ProblemKind::NotFound), "{path}");
    }
}

#[tokio::test]
async fn wrong_method_is_told_the_right_ones() {
    let server = running().await;
    for (method, path, allow) in [
        ("DELETE", "/api/v1/comments", "GET,HEAD,POST"),
        ("POST", "/api/v1/comments/counts", "GET,HEAD"),
        ("PUT", "/embed.js", "GET,HEAD"),
    ] {
        let response = server.request(method, path).send().await.unwrap();
        assert_eq!(header(&response, "allow"), allow, "{path}");
        let problem = problem_of(response).await;
        assert_eq!((problem.status, problem.kind), (405, ProblemKind::MethodNotAllowed));
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_an_id() {
    let server = running().await;
    for path in ["/healthz", "/nothing", "/api/v1/comments?site=s&page=p", "/thread"] {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        assert_eq!(
            header(&response, "content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'"
        );
        let has_failed = response.status().is_client_error();
        assert_eq!(header(&response, "x-request-id").len(), if has_failed { 36 } else { 0 }, "{path}");
        assert_eq!((header(&response, "server"), header(&response, "set-cookie")), ("", ""));
    }
}

#[tokio::test]
async fn script_is_told_no_policies_of_documents() {
    let server = running().await;
    for path in ["/api/v1/comments?site=s&page=p", "/api/v1/comments?site=s&page=p&format=html", "/nothing"] {
        let response = server.get(path).header("sec-fetch-dest", "empty").send().await.unwrap();
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            (header(&response, "referrer-policy"), header(&response, "content-security-policy")),
            ("", "")
        );
    }
    let page = server.get("/thread?site=s&page=p").header("sec-fetch-dest", "empty").send().await.unwrap();
    assert!(
        header(&page, "content-security-policy").contains("form-action"),
        "it is a document for whoever opens it"
    );
}

#[tokio::test]
async fn id_of_a_client_is_not_taken_over() {
    let server = running().await;
    let response = server.get("/nothing").header("x-request-id", "mine").send().await.unwrap();
    assert_ne!(header(&response, "x-request-id"), "mine");
}
