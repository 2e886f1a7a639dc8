//! The ids of pages: one thread for every spelling of its page and its site, at every door.

use std::collections::BTreeMap;

use dumka_api::{Listing, ProblemKind, paths};
use reqwest::StatusCode;
use serde_json::json;
use url::form_urlencoded::byte_serialize;

use crate::event_stream::Stream;
use crate::running::{Running, comment_with, header, refused, running};

/// Spellings of one page, its form first.
const SPELLINGS: [&str; 6] = [
    "/новини/їжак",
    "/новини/їжак/",
    "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D1%97жак",
    "/%d0%bd%d0%be%d0%b2%d0%b8%d0%bd%d0%b8/%d1%97%d0%b6%d0%b0%d0%ba//",
    "/новини/\u{456}\u{308}жак",
    "/новини/%D1%96%CC%88жак?",
];

pub fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn query(page: &str) -> String {
    format!("site=s&page={}", encoded(page))
}

pub async fn text(server: &Running, path: &str) -> String {
    let response = server.get(path).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.text().await.unwrap()
}

pub async fn listing(server: &Running, query: &str) -> Listing {
    let response = server.list(query).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{query}");
    response.json().await.unwrap()
}

#[tokio::test]
async fn every_spelling_of_a_page_is_one_thread_at_every_door() {
    let server = running().await;
    let mut stream = Stream::of(server.get(&format!("{}?{}", paths::LIVE, query(SPELLINGS[3])))).await;
    for (number, spelling) in (1..).zip(SPELLINGS) {
        server.accepted(&number.to_string(), &comment_with("page", spelling)).await;
        assert_eq!(stream.event().await.unwrap().data["total"], number);
    }
    for spelling in SPELLINGS {
        let query = query(spelling);
        let thread = listing(&server, &query).await.thread;
        assert_eq!((thread.page.as_str(), thread.total), (SPELLINGS[0], 6), "{spelling}");
        for path in
            [format!("{}?{query}&format=html&lang=en", paths::COMMENTS), format!("/thread?{query}&lang=en")]
        {
            let html = text(&server, &path).await;
            assert_eq!(html.matches("class=\"dumka-comment\"").count(), 6, "{path}");
        }
    }
}

#[tokio::test]
async fn form_without_scripts_writes_to_the_same_thread() {
    let server = running().await;
    for (number, spelling) in SPELLINGS.iter().enumerate() {
        let request = server.request("POST", &format!("/thread?{}&lang=en", query(spelling)));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(format!("name=A&email=&text=T{number}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{spelling}");
    }
    assert_eq!(listing(&server, &query(SPELLINGS[0])).await.thread.total, 6);
}

#[tokio::test]
async fn counts_come_under_the_spelling_that_asked() {
    let server = running().await;
    server.accepted("1", &comment_with("page", "/news/42")).await;
    server.accepted("2", &comment_with("page", "/news/42/")).await;
    server.accepted("3", &comment_with("page", "/news?id=7")).await;
    let asked = [
        ("/news/42", 2),
        ("/news/42/", 2),
        ("/news/%34%32", 2),
        ("/news?id=7", 1),
        ("/news", 0),
        ("/news/?id=7", 1),
    ];
    let pages: Vec<_> = asked.iter().map(|(page, _)| format!("&page={}", encoded(page))).collect();
    let counts = text(&server, &format!("{}?site=s{}", paths::COUNTS, pages.concat())).await;
    let counts: BTreeMap<String, u64> = serde_json::from_str(&counts).unwrap();
    assert_eq!(counts, asked.map(|(page, number)| (page.to_owned(), number)).into());
}

#[tokio::test]
async fn pages_are_as_long_as_they_are_read() {
    let server = running().await;
    let long = format!("/новини/{}", "%D0%B9".repeat(80));
    server.accepted("1", &comment_with("page", long.as_str())).await;
    assert_eq!(listing(&server, &query(&long)).await.thread.page, format!("/новини/{}", "й".repeat(80)));
    let too_long = "%D0%B9".repeat(257);
    for request in [
        server.list(&query(&too_long)),
        server.post("2", &comment_with("page", too_long.as_str())),
        server.list(&query(&"%20".repeat(5_000))),
    ] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind, problem.limit), (422, ProblemKind::PageTooLong, Some(512)));
    }
    for (page, kind) in [("/a%00b", None), ("/a%ffb", None), ("/a\0b", Some(ProblemKind::ControlCharacters))]
    {
        let response = server.list(&query(page)).send().await.unwrap();
        assert_eq!(response.status() == StatusCode::OK, kind.is_none(), "{page:?}");
    }
}

#[tokio::test]
async fn pages_that_only_look_alike_stay_apart() {
    let server = running().await;
    let pages =
        ["/a/b", "/a%2Fb", "/a%252Fb", "/a?b", "/a%3Fb", "/a?b=1&c", "/a?b=1%26c", "100%", "100%2541"];
    for (number, page) in pages.iter().enumerate() {
        server.accepted(&number.to_string(), &comment_with("page", *page)).await;
    }
    for page in pages {
        assert_eq!(listing(&server, &query(page)).await.thread.total, 1, "{page}");
    }
}

#[tokio::test]
async fn ready_thread_says_its_page_as_the_script_was_asked() {
    let server = crate::embed_ready::with_widget().await;
    for page in ["/новини", "/новини/", "/%d0%bd%d0%be%d0%b2%d0%b8%d0%bd%d0%b8"] {
        let response = server.get(&format!("/embed.js?{}", query(page))).send().await.unwrap();
        assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
        let script = response.text().await.unwrap();
        assert!(script.contains(&format!("\"page\":{}", json!(page))), "{script}");
    }
}

#[tokio::test]
async fn page_with_what_is_never_shown_is_one_page_and_stays_encoded() {
    let server = running().await;
    for (number, (page, form)) in [
        ("/a%ef%bf%be", "/a%EF%BF%BE"),
        ("/%EF%B7%90x", "/%EF%B7%90x"),
        ("/%f0%9f%bf%bf", "/%F0%9F%BF%BF"),
        ("/%e2%80%ae", "/%E2%80%AE"),
        ("/b\u{202E}", "/b%E2%80%AE"),
        ("/%07", "/%07"),
    ]
    .into_iter()
    .enumerate()
    {
        server.accepted(&number.to_string(), &comment_with("page", page)).await;
        for spelling in [page, form] {
            let thread = listing(&server, &query(spelling)).await.thread;
            assert_eq!((thread.page.as_str(), thread.total), (form, 1), "{spelling}");
        }
    }
}
