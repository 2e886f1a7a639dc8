//! Which pages' scripts may read what.

use dumka_api::{ProblemKind, paths};
use reqwest::{RequestBuilder, Response, StatusCode};

use crate::running::{Running, comment, header, problem_of, running, running_with, site};

const OURS: &str = "https://s.example";

async fn two_sites() -> Running {
    running_with(|settings| settings.sites = vec![site("s", OURS), site("t", "https://t.example")]).await
}

fn preflight(server: &Running, origin: &str) -> RequestBuilder {
    server
        .request("OPTIONS", paths::COMMENTS)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,idempotency-key")
}

fn varies_by_origin(response: &Response) -> bool {
    response.headers().get_all("vary").iter().any(|value| *value == "origin")
}

#[tokio::test]
async fn preflight_of_an_allowed_origin_is_granted() {
    let response = preflight(&two_sites().await, OURS).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "access-control-allow-origin"), OURS);
    assert_eq!(header(&response, "access-control-allow-methods"), "GET,POST,PUT,PATCH,DELETE,OPTIONS");
    assert_eq!(
        header(&response, "access-control-allow-headers"),
        "content-type,idempotency-key,authorization,last-event-id"
    );
    assert_eq!(header(&response, "access-control-max-age"), "86400");
    assert_eq!(header(&response, "access-control-allow-credentials"), "");
}

#[tokio::test]
async fn other_origins_are_neither_granted_nor_reflected() {
    let server = two_sites().await;
    for origin in [
        "https://s.example.evil.example",
        "https://evils.example",
        "http://s.example",
        "https://s.example:8443",
        "https://S.example",
        "null",
        "",
    ] {
        let response = preflight(&server, origin).send().await.unwrap();
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{origin}");
        let response = server.list("site=s&page=p").header("origin", origin).send().await.unwrap();
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{origin}");
        let problem = problem_of(response).await;
        assert_eq!((problem.status, problem.kind), (403, ProblemKind::OriginNotAllowed), "{origin}");
    }
}

#[tokio::test]
async fn origin_of_one_site_may_not_use_another() {
    let server = two_sites().await;
    let response = server.list("site=t&page=p").header("origin", OURS).send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), OURS);
    assert_eq!(problem_of(response).await.kind, ProblemKind::OriginNotAllowed);
}

#[tokio::test]
async fn allowed_origin_reads_answers_and_failures() {
    let server = two_sites().await;
    let requests = [
        server.list("site=s&page=p"),
        server.list("site=s&page="),
        server.get("/nothing"),
        server.request("DELETE", paths::COMMENTS),
        server.post_raw("k", vec![b' '; 70_000]),
    ];
    for request in requests {
        let response = request.header("origin", OURS).send().await.unwrap();
        assert_eq!(header(&response, "access-control-allow-origin"), OURS);
        assert!(varies_by_origin(&response));
    }
}

#[tokio::test]
async fn what_an_answer_tells_in_its_headers_may_be_read() {
    let server = two_sites().await;
    let response = server.post("k", &comment()).header("origin", OURS).send().await.unwrap();
    assert_eq!(header(&response, "access-control-expose-headers"), "location");
    let response = server.list("site=s&page=p").header("origin", OURS).send().await.unwrap();
    assert_eq!(header(&response, "access-control-expose-headers"), "date, age");
}

#[tokio::test]
async fn vary_names_the_origin_even_where_none_is_sent() {
    let response = two_sites().await.list("site=s&page=p").send().await.unwrap();
    assert!(varies_by_origin(&response));
}

#[tokio::test]
async fn without_sites_loopback_pages_alone_are_served() {
    let server = running().await;
    for origin in ["http://localhost:3000", "http://127.0.0.2", "http://[::1]:8080", "http://news.localhost"]
    {
        let response = server.list("site=s&page=p").header("origin", origin).send().await.unwrap();
        assert_eq!(header(&response, "access-control-allow-origin"), origin);
        assert_eq!(response.status(), StatusCode::OK);
    }
    let response =
        server.list("site=s&page=p").header("origin", "https://news.example").send().await.unwrap();
    assert_eq!(problem_of(response).await.kind, ProblemKind::OriginNotAllowed);
}

#[tokio::test]
async fn simple_request_from_elsewhere_changes_nothing() {
    let server = running().await;
    let request = server.request("POST", paths::COMMENTS).header("origin", "https://evil.example");
    let response =
        request.header("content-type", "text/plain").body(comment().to_string()).send().await.unwrap();
    assert!(response.status().is_client_error());
}
