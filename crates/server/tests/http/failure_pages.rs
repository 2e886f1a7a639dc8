//! Failures where a browser goes somewhere with the whole window: pages, with the words of whoever sent a form.

use std::sync::Arc;

use dumka_server::config::Settings;
use dumka_server::server::ServerParts;
use reqwest::{RequestBuilder, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::form_urlencoded::byte_serialize;

use crate::running::{Running, header, problem_of, running, start_over};
use crate::store_failures::Trouble;
use crate::thread_forms::{PAGE, page_of, post, sent, with};

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
    for (letter, number) in [("x", 300_000), ("ї", 360_000), ("😀", 340_000), ("\"", 360_000)] {
        let text = letter.repeat(number);
        let encoded: String = byte_serialize(text.as_bytes()).collect();
        let response = sent(post(&server, PAGE, format!("text={encoded}&name=Ann"))).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE, "{letter}");
        let page = page_of(response).await;
        assert!(page.contains(&format!("{}</textarea>", text.replace('"', "&quot;"))), "{letter}");
        assert!(page.contains("10000 characters") && page.contains("value=\"Ann\""), "{letter}");
    }
}

#[tokio::test]
async fn form_in_parts_that_is_too_large_comes_back_too() {
    let server = running().await;
    let text = "ї".repeat(360_000);
    let body = format!("--b\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--b--\r\n");
    let request = server.request("POST", PAGE).header("content-type", "multipart/form-data; boundary=b");
    let response = sent(request.body(body)).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page_of(response).await.contains(&format!("{text}</textarea>")));
}

/// The answer to a browser that says little of itself, which sends its whole form before it listens.
async fn said_to_socket(server: &Running, lang: &str, (length, body): (Option<usize>, Vec<u8>)) -> String {
    let length =
        length.map_or("transfer-encoding: chunked".into(), |length| format!("content-length: {length}"));
    let head = format!(
        "POST /thread?site=s&page=p&lang={lang} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.expect("the whole body is taken");
    let mut said = Vec::new();
    stream.read_to_end(&mut said).await.expect("the answer is not reset");
    String::from_utf8(said).unwrap()
}

fn form_of(letters: usize) -> Vec<u8> {
    ["text=".into(), "%D1%97".repeat(letters)].concat().into_bytes()
}

#[tokio::test]
async fn socket_that_sends_its_whole_form_first_gets_an_answer_in_its_language() {
    let server = running().await;
    // Shown again, too long for that, and much too long.
    for (letters, is_returned) in [(40_000, true), (360_000, true), (1_000_000, false), (5_000_000, false)] {
        for (lang, limit) in [("uk", "10000 символів"), ("en", "10000 characters")] {
            let form = form_of(letters);
            let said = said_to_socket(&server, lang, (Some(form.len()), form)).await;
            assert!(said.starts_with("HTTP/1.1 413"), "{letters}: {}", &said[..200]);
            assert!(
                said.contains(&format!("<html lang=\"{lang}\"")) && said.contains(limit),
                "{letters} {lang}"
            );
            assert_eq!(said.contains(&"ї".repeat(letters)), is_returned, "{letters}");
        }
    }
}

#[tokio::test]
async fn form_that_does_not_say_its_length_comes_back_too() {
    let server = running().await;
    let form = form_of(360_000);
    let chunked = [format!("{:x}\r\n", form.len()).as_bytes(), &form, b"\r\n0\r\n\r\n"].concat();
    let said = said_to_socket(&server, "uk", (None, chunked)).await;
    assert!(said.starts_with("HTTP/1.1 413") && said.contains(&"ї".repeat(360_000)));
}

#[tokio::test]
async fn many_large_forms_at_once_are_all_answered() {
    let server = Arc::new(running().await);
    let mut senders = JoinSet::new();
    for _ in 0..24 {
        let server = Arc::clone(&server);
        senders.spawn(async move {
            let form = form_of(360_000);
            said_to_socket(&server, "en", (Some(form.len()), form)).await
        });
    }
    for said in senders.join_all().await {
        assert!(said.starts_with("HTTP/1.1 413") && said.contains("10000 characters"));
    }
    let again = said_to_socket(&server, "en", (Some(form_of(360_000).len()), form_of(360_000))).await;
    assert!(again.contains(&"ї".repeat(360_000)), "the room is free again");
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
        let server = start_over(Arc::new(trouble), ServerParts::default(), quick).await;
        let response = sent(post(&server, PAGE, "text=%3Ckept%3E&name=Ann")).await;
        assert_eq!(response.status(), status);
        let page = page_of(response).await;
        assert!(page.contains("&lt;kept&gt;</textarea>"), "{status}: {page}");
        let read = navigating(server.get(PAGE)).send().await.unwrap();
        assert!(read.status().is_server_error());
        assert!(page_of(read).await.contains("role=\"alert\""));
    }
}

#[tokio::test]
async fn page_of_a_failure_says_nothing_in_another_language_but_its_kind() {
    let server = with(|_| ()).await;
    let refused = sent(post(&server, PAGE, "name=Ann&text=kept").header("origin", "https://evil.example"));
    let answers = [
        ("unknown", refused.await),
        ("page_empty", navigating(server.get("/thread?site=s&page=")).send().await.unwrap()),
        ("site_unknown", navigating(server.get("/thread?site=x&page=p")).send().await.unwrap()),
        ("limit_invalid", navigating(server.get("/thread?site=s&page=p&limit=0")).send().await.unwrap()),
        ("not_found", navigating(server.get("/nothing")).send().await.unwrap()),
    ];
    for (kind, answer) in answers {
        let page = page_of(answer).await;
        let (_, alert) = page.split_once("role=\"alert\"").unwrap();
        let said = alert.split_once('>').unwrap().1.split_once("</p>").unwrap().0;
        assert!(said.ends_with("The server refused the request."), "{kind}: {said}");
    }
    let in_ukrainian = navigating(server.get("/thread?site=s&page=&lang=uk")).send().await.unwrap();
    let page = page_of(in_ukrainian).await;
    assert!(page.contains("<p role=\"alert\">Сервер відхилив запит.</p>"), "{page}");
}
