//! Links to comments in prerendered HTML that a site's server puts into an article lead to the article, whatever `<base>` it has.

use dumka_api::ProblemKind;
use serde_json::json;
use url::form_urlencoded;

use crate::running::{Running, comment_with, header, refused, running, running_with, site};

/// A site whose thread `page` has a comment and an answer; the ids of both.
async fn answered(page: &str, url: Option<&str>) -> (Running, [String; 2]) {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let mut sent = comment_with("page", page);
    sent["url"] = json!(url);
    let first = server.accepted("first", &sent).await.comment.id;
    sent["parent"] = json!(first);
    let answer = server.accepted("answer", &sent).await.comment.id;
    (server, [first.into(), answer.into()])
}

fn asked(server: &Running, page: &str, url: Option<&str>) -> reqwest::RequestBuilder {
    let mut query = form_urlencoded::Serializer::new("site=s&format=html&lang=en".to_owned());
    query.append_pair("page", page);
    if let Some(url) = url {
        query.append_pair("url", url);
    }
    server.list(&query.finish())
}

/// The beginning of all links to comments, which is the same for all.
async fn led_to(request: reqwest::RequestBuilder, [first, answer]: &[String; 2]) -> String {
    let html = request.send().await.unwrap().error_for_status().unwrap().text().await.unwrap();
    let hrefs: Vec<_> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let links: Vec<_> = hrefs.into_iter().filter_map(|href| href.split_once("#comment-")).collect();
    let [(begin, one), (parent, two), (own, three)] = links[..] else { panic!("{links:?}") };
    assert_eq!([one, two, three], [&**first, first, answer]);
    assert_eq!([parent, own], [begin, begin]);
    begin.into()
}

#[tokio::test]
async fn address_that_is_given_stands_before_the_one_that_is_known_and_that_before_the_path() {
    let known = "https://s.example/known?id=7";
    let given = "https://s.example/given?a=1&b=%22";
    let written = "https://s.example/given?a=1&amp;b=%22";
    for (page, stored, asked_for, expected) in [
        ("/path", Some(known), Some(given), written),
        ("42", None, Some(given), written),
        ("42", None, Some("https://s.example/a?utm_source=x&id=7#comment-1"), "https://s.example/a?id=7"),
        ("/path", Some(known), None, known),
        ("/path", Some(known), Some(" "), known),
        ("42", Some(known), None, known),
        ("/path", None, None, "/path"),
        ("/новини/?q=їжа", None, None, "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8?q=%D1%97%D0%B6%D0%B0"),
        ("42", None, None, ""),
        ("//elsewhere.example/a", None, None, ""),
        // A route in the fragment leaves no room for another one.
        ("/path", None, Some("https://s.example/#/news/5"), ""),
    ] {
        let (server, ids) = answered(page, stored).await;
        let begin = led_to(asked(&server, page, asked_for), &ids).await;
        assert_eq!(begin, expected, "{page} {stored:?} {asked_for:?}");
    }
}

#[tokio::test]
async fn address_elsewhere_is_no_articles() {
    let (server, ids) = answered("42", Some("https://s.example/known")).await;
    for url in [
        "https://elsewhere.example/",
        "http://s.example/",
        "https://s.example:8443/",
        "https://s.example.net/",
    ] {
        assert_eq!(led_to(asked(&server, "42", Some(url)), &ids).await, "https://s.example/known", "{url}");
    }
}

#[tokio::test]
async fn address_that_is_none_is_refused_by_the_name_of_its_field() {
    let (server, _) = answered("42", None).await;
    let long = format!("https://s.example/{}", "a".repeat(2_048));
    for url in [
        "/news/42",
        "javascript:alert(1)",
        "ftp://s.example/",
        "https://",
        "https://s.example@e.example/",
        &long,
    ] {
        let problem = refused(asked(&server, "42", Some(url))).await;
        assert_eq!((problem.status, problem.kind), (422, ProblemKind::UrlInvalid), "{url}");
        assert_eq!(problem.field.as_deref(), Some("url"), "{url}");
    }
    let twice =
        refused(server.list("site=s&page=42&format=html&url=https://s.example/&url=https://s.example/"))
            .await;
    assert_eq!((twice.kind, twice.field.as_deref()), (ProblemKind::QueryInvalid, Some("url")));
}

#[tokio::test]
async fn scripts_get_links_within_the_page_and_no_ready_answer_is_taken_for_another() {
    let (server, ids) = answered("/path", None).await;
    let given = "https://s.example/given";
    let mut tags = Vec::new();
    // Twice: the second time, all of them are ready.
    for _ in 0..2 {
        for url in [None, Some(given)] {
            let request = asked(&server, "/path", url).header("sec-fetch-dest", "empty");
            tags.push(header(&request.try_clone().unwrap().send().await.unwrap(), "etag").to_owned());
            assert_eq!(led_to(request, &ids).await, "", "{url:?}");
        }
        for (url, expected) in
            [(None, "/path"), (Some(given), given), (Some("https://s.example/b"), "https://s.example/b")]
        {
            for (name, word) in
                [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("x-nothing", "1")]
            {
                assert_eq!(led_to(asked(&server, "/path", url).header(name, word), &ids).await, expected);
            }
        }
    }
    tags.dedup();
    assert_eq!(tags.len(), 1, "a script gets the same whatever the address");
}

#[tokio::test]
async fn tag_of_the_one_form_does_not_confirm_the_other_and_caches_are_told_what_differs() {
    let (server, _) = answered("/path", None).await;
    let page = asked(&server, "/path", None).send().await.unwrap();
    assert!(header(&page, "vary").contains("sec-fetch-dest"));
    let held = asked(&server, "/path", None).header("if-none-match", header(&page, "etag"));
    assert_eq!(held.try_clone().unwrap().send().await.unwrap().status(), 304);
    assert_eq!(held.header("sec-fetch-dest", "empty").send().await.unwrap().status(), 200);
    let json = server.list("site=s&page=%2Fpath").send().await.unwrap();
    assert_eq!(header(&json, "vary"), "accept-encoding");
}

#[tokio::test]
async fn address_that_comes_to_be_known_is_in_the_next_answer() {
    let (server, ids) = answered("42", None).await;
    assert_eq!(led_to(asked(&server, "42", None), &ids).await, "");
    let mut sent = comment_with("page", "42");
    sent["url"] = json!("https://s.example/now");
    let request = server.post("later", &sent).header("origin", "https://s.example");
    assert_eq!(request.send().await.unwrap().status(), 201);
    let html = asked(&server, "42", None).send().await.unwrap().text().await.unwrap();
    assert_eq!(html.matches("href=\"https://s.example/now#comment-").count(), 4, "{html}");
}

#[tokio::test]
async fn threads_own_page_keeps_its_links() {
    let server = running().await;
    let mut sent = comment_with("page", "/path");
    sent["url"] = json!("https://s.example/known");
    let id = server.accepted("k", &sent).await.comment.id;
    let html = server.get("/thread?site=s&page=%2Fpath&lang=en").send().await.unwrap().text().await.unwrap();
    assert!(html.contains(&format!("href=\"#comment-{id}\"")), "{html}");
}
