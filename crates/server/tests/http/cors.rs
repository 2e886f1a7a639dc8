//! CORS: the origins whose scripts may read a response.

use dumka_api::{ProblemKind, paths};
use reqwest::{RequestBuilder, Response, StatusCode};

use crate::running::{Running, comment, header, problem_of, running, running_with, site};

const OURS: &str = "https://s.example";
const STRANGERS: [&str; 7] = [
    "https://s.example.evil.example",
    "https://evils.example",
    "http://s.example",
    "https://s.example:8443",
    "https://S.example",
    "null",
    "",
];

async fn two_sites() -> Running {
    running_with(|settings| settings.sites = vec![site("s", OURS), site("t", "https://t.example")]).await
}

fn preflight(server: &Running, path: &str, origin: &str, method: &str, headers: &str) -> RequestBuilder {
    let request = server.request("OPTIONS", path).header("origin", origin);
    let request = request.header("access-control-request-method", method);
    if headers.is_empty() { request } else { request.header("access-control-request-headers", headers) }
}

fn varies_by_origin(response: &Response) -> bool {
    response.headers().get_all("vary").iter().any(|value| value.to_str().unwrap().contains("origin"))
}

/// Every address that tells what everybody may know; the comment is published.
fn public_reads(id: &str) -> Vec<String> {
    let comments = paths::COMMENTS;
    vec![
        format!("{comments}?site=s&page=p"),
        format!("{comments}?site=s&page=p&format=html"),
        format!("{comments}/{id}"),
        format!("{comments}/counts?site=s&page=p"),
        format!("{comments}/latest?site=s"),
        format!("{comments}/live?site=s&page=p"),
        "/thread?site=s&page=p".into(),
        "/thread?site=s&page=p&scripted".into(),
        paths::OPENAPI.into(),
    ]
}

#[tokio::test]
async fn public_reads_are_the_same_for_every_page() {
    let server = two_sites().await;
    let id = server.accepted("k", &comment()).await.comment.id;
    for path in public_reads(&id) {
        for origin in [None, Some(OURS), Some("https://evil.example"), Some("null")] {
            let request = server.get(&path);
            let request = if let Some(origin) = origin { request.header("origin", origin) } else { request };
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!(header(&response, "access-control-allow-origin"), "*", "{path} {origin:?}");
            assert!(!varies_by_origin(&response), "{path} {origin:?}");
        }
    }
}

#[tokio::test]
async fn failures_of_reads_may_be_read_by_every_page_too() {
    let server = two_sites().await;
    for path in
        ["/api/v1/comments?site=s&page=", "/api/v1/comments?site=x&page=p", "/nothing", "/thread?site=x"]
    {
        let response = server.get(path).header("origin", "https://evil.example").send().await.unwrap();
        assert!(response.status().is_client_error());
        assert_eq!(header(&response, "access-control-allow-origin"), "*", "{path}");
    }
}

#[tokio::test]
async fn unchanged_answer_is_for_every_page_as_well() {
    let server = two_sites().await;
    let first = server.list("site=s&page=p").header("origin", OURS).send().await.unwrap();
    let tag = header(&first, "etag").to_owned();
    let again =
        server.list("site=s&page=p").header("origin", "https://evil.example").header("if-none-match", tag);
    let response = again.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
}

#[tokio::test]
async fn preflight_of_a_read_is_granted_to_everybody_with_whatever_headers_a_page_adds() {
    let server = two_sites().await;
    for headers in ["", "last-event-id", "x-requested-with, traceparent"] {
        let asked = preflight(&server, paths::LIVE, "https://evil.example", "GET", headers);
        let response = asked.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "access-control-allow-origin"), "*");
        assert_eq!(header(&response, "access-control-allow-methods"), "GET,HEAD");
        assert_eq!(header(&response, "access-control-allow-headers"), "*");
    }
}

#[tokio::test]
async fn preflight_of_a_write_is_granted_to_an_allowed_origin() {
    let server = two_sites().await;
    let headers = "content-type,idempotency-key";
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let response = preflight(&server, paths::COMMENTS, OURS, method, headers).send().await.unwrap();
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
}

#[tokio::test]
async fn writes_of_other_origins_are_neither_granted_nor_reflected() {
    let server = two_sites().await;
    for origin in STRANGERS {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let response = preflight(&server, paths::COMMENTS, origin, method, "").send().await.unwrap();
            assert_eq!(header(&response, "access-control-allow-origin"), "", "{method} {origin}");
        }
        let response = server.post("k", &comment()).header("origin", origin).send().await.unwrap();
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{origin}");
        assert!(varies_by_origin(&response));
        let problem = problem_of(response).await;
        assert_eq!((problem.status, problem.kind), (403, ProblemKind::OriginNotAllowed), "{origin}");
    }
}

#[tokio::test]
async fn comment_of_a_token_is_its_authors_to_read_from_the_sites_pages_alone() {
    let server = two_sites().await;
    let submitted = server.accepted("k", &comment()).await;
    let path = format!("{}/{}", paths::COMMENTS, submitted.comment.id);
    let token = format!("Bearer {}", submitted.edit_token.unwrap().as_str());
    for (origin, allowed) in [(OURS, OURS), ("https://evil.example", ""), ("null", "")] {
        let asked = preflight(&server, &path, origin, "GET", "authorization").send().await.unwrap();
        assert_eq!(header(&asked, "access-control-allow-origin"), allowed);
        let read =
            server.get(&path).header("origin", origin).header("authorization", &token).send().await.unwrap();
        assert_eq!(header(&read, "access-control-allow-origin"), allowed);
        assert_eq!(header(&read, "cache-control"), "no-store");
        assert!(varies_by_origin(&read));
        assert_eq!(read.status() == StatusCode::OK, origin == OURS);
    }
}

#[tokio::test]
async fn token_changes_nothing_about_an_answer_that_is_for_all() {
    let server = two_sites().await;
    let list = server
        .list("site=s&page=p")
        .header("origin", OURS)
        .header("authorization", "Bearer 0123456789abcdef");
    let response = list.send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert!(!varies_by_origin(&response));
}

#[tokio::test]
async fn origin_of_one_site_may_not_write_in_another() {
    let server = two_sites().await;
    let other = crate::running::comment_with("site", "t");
    let response = server.post("k", &other).header("origin", OURS).send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), OURS);
    assert_eq!(problem_of(response).await.kind, ProblemKind::OriginNotAllowed);
}

#[tokio::test]
async fn allowed_origin_reads_what_is_answered_to_its_writes() {
    let server = two_sites().await;
    let requests = [
        server.post("k", &comment()),
        server.post("k", &crate::running::comment_with("text", "")),
        server.request("DELETE", paths::COMMENTS),
        server.request("POST", "/nothing"),
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
async fn without_sites_loopback_pages_alone_may_write() {
    let server = running().await;
    for (key, origin) in
        ["http://localhost:3000", "http://127.0.0.2", "http://[::1]:8080", "http://news.localhost"]
            .iter()
            .enumerate()
    {
        let response =
            server.post(&key.to_string(), &comment()).header("origin", *origin).send().await.unwrap();
        assert_eq!(header(&response, "access-control-allow-origin"), *origin);
        assert_eq!(response.status(), StatusCode::CREATED);
    }
    let response =
        server.post("k", &comment()).header("origin", "https://news.example").send().await.unwrap();
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

#[tokio::test]
async fn no_page_of_a_site_reads_how_the_server_is() {
    let server = two_sites().await;
    for path in ["/metrics", "/healthz", "/readyz"] {
        let response = server.get(path).header("origin", OURS).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{path}");
    }
}
