//! Failures where a browser goes somewhere with the whole window: pages, with the words of whoever sent a form.

use std::sync::Arc;

use dumka_server::app::Parts;
use dumka_server::config::Settings;
use reqwest::{RequestBuilder, StatusCode};

use crate::forms::{PAGE, page_of, post, sent, with};
use crate::running::{header, problem_of, running, start_over};
use crate::store_trouble::Trouble;

/// A browser's request of a page.
fn navigating(request: RequestBuilder) -> RequestBuilder {
    request.header("sec-fetch-mode", "navigate").header("accept", "text/html,*/*;q=0.8")
}

#[tokio::test]
async fn navigation_never_ends_on_json() {
    let server = with(|settings| settings.limits.reads_per_minute = Some(9)).await;
    for (path, status) in [
        ("/thread?site=x&page=p", 404),
        ("/thread?site=s&page=", 422),
        ("/thread?site=s&page=p&limit=0", 400),
        ("/thread?site=s&site=s&page=p", 400),
        ("/thread?site=s&page=%FF", 400),
        ("/api/v1/comments?site=s&page=p&sort=x", 400),
        ("/api/v1/comments/nothing", 404),
        ("/nothing", 404),
        ("/assets/x/y", 404),
        ("/api/v1/comments/preview", 405),
    ] {
        for lang in ["uk", "en-GB,en;q=0.9"] {
            let response = navigating(server.get(path)).header("accept-language", lang).send().await.unwrap();
            let is_limited = response.status() == StatusCode::TOO_MANY_REQUESTS;
            assert!(is_limited || response.status() == status, "{path}: {}", response.status());
            assert_eq!(header(&response, "retry-after").is_empty(), !is_limited);
            assert_eq!(header(&response, "allow").is_empty(), status != 405);
            let page = page_of(response).await;
            assert!(page.starts_with(&format!("<!DOCTYPE html><html lang=\"{}\"", &lang[..2])), "{page}");
            assert!(page.contains("role=\"alert\"") && !page.contains("<script"), "{page}");
        }
    }
}

#[tokio::test]
async fn programs_get_problems_as_ever() {
    let server = with(|_| ()).await;
    for request in [
        server.get("/thread?site=x&page=p"),
        server.get("/nothing").header("accept", "*/*"),
        server.get("/nothing").header("accept", "text/html").header("sec-fetch-mode", "cors"),
        post(&server, "/thread?site=x&page=p", "text=a").header("sec-fetch-mode", "cors"),
        post(&server, "/thread?site=x&page=p&scripted", "text=a"),
        server.request("POST", "/thread?site=x&page=p").header("content-type", "application/json").body("{}"),
    ] {
        problem_of(sent(request).await).await;
    }
}

#[tokio::test]
async fn words_come_back_whatever_befalls_their_form() {
    let server = with(|_| ()).await;
    let words = "text=%3C%2Ftextarea%3E%3Cb%3E+my+words&name=Ann+%22A%22&email=a%40b.example&parent=p%26q";
    for (path, status) in [
        ("/thread?site=x&page=p", 404),
        ("/thread?page=p&lang=uk", 422),
        ("/thread?site=s&page=p&limit=0", 400),
        ("/thread?site=s&page=p&sort=x", 400),
        ("/thread?site=s&page=%FF", 400),
    ] {
        let response = sent(post(&server, path, words)).await;
        assert_eq!(response.status(), status, "{path}");
        let page = page_of(response).await;
        for kept in [
            "&lt;/textarea&gt;&lt;b&gt; my words</textarea>",
            "name=\"name\" value=\"Ann &quot;A&quot;\"",
            "name=\"email\" value=\"a@b.example\"",
            "type=\"hidden\" name=\"parent\" value=\"p&amp;q\"",
        ] {
            assert!(page.contains(kept), "{path} {kept}: {page}");
        }
        let query = path.split_once('?').unwrap().1.replace('&', "&amp;");
        assert!(page.contains(&format!("action=\"?{query}\"")), "{page}");
    }
}

#[tokio::test]
async fn form_that_is_too_large_comes_back_as_long_as_it_is() {
    let server = running().await;
    let text = "x".repeat(300_000);
    let response = sent(post(&server, PAGE, format!("text={text}&name=Ann"))).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page_of(response).await.contains(&format!("{text}</textarea>")));
    let response = sent(post(&server, PAGE, format!("text={}", "x".repeat(2_000_000)))).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    page_of(response).await;
}

#[tokio::test]
async fn forms_of_other_kinds_are_refused_as_pages() {
    let server = running().await;
    for content_type in ["multipart/form-data", "text/plain"] {
        let request = server.request("POST", PAGE).header("content-type", content_type).body("text=a");
        let response = sent(request).await;
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{content_type}");
        page_of(response).await;
    }
}

#[tokio::test]
async fn words_come_back_when_the_server_itself_fails() {
    for (trouble, status) in
        [(Trouble::Panicking, 500), (Trouble::Silent, 503), (Trouble::Gone, 503), (Trouble::Full, 507)]
    {
        let quick = |settings: &mut Settings| settings.limits.request_secs = 1;
        let server = start_over(Arc::new(trouble), Parts::default(), quick).await;
        let response = sent(post(&server, PAGE, "text=%3Ckept%3E&name=Ann")).await;
        assert_eq!(response.status(), status);
        let page = page_of(response).await;
        assert!(page.contains("&lt;kept&gt;</textarea>"), "{status}: {page}");
        let read = navigating(server.get(PAGE)).send().await.unwrap();
        assert!(read.status().is_server_error());
        assert!(page_of(read).await.contains("role=\"alert\""));
    }
}
