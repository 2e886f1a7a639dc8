//! `GET /api/v1/comments/latest`

use dumka_api::{Latest, ProblemKind, paths};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::json;

use crate::running::{Running, comment, comment_with, header, refused, running, running_with, site};

fn asked(server: &Running, query: &str) -> RequestBuilder {
    server.get(&format!("{}?{query}", paths::LATEST))
}

async fn latest(server: &Running, query: &str) -> Latest {
    let response = asked(server, query).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.unwrap()
}

#[tokio::test]
async fn comments_of_all_pages_come_with_their_page_and_beginning() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let mut long = comment_with("text", "*слово* ".repeat(100));
    long["title"] = "Стаття".into();
    long["url"] = "https://s.example/p".into();
    let submitted = server.accepted("1", &long).await;
    let mut foreign = comment_with("page", "q");
    foreign["url"] = "https://evil.example/".into();
    server.accepted("2", &foreign).await;

    let latest = latest(&server, "site=s").await;

    let of = |page: &str| latest.comments.iter().find(|comment| comment.page == page).unwrap();
    let told = serde_json::to_value(of("p")).unwrap();
    let excerpt = format!("{}…", ["слово"; 23].join(" "));
    let expected = json!({
        "id": submitted.comment.id, "page": "p", "title": "Стаття", "url": "https://s.example/p",
        "author": {"name": "Оля", "badge": null, "avatar": null},
        "created_at": submitted.comment.created_at, "excerpt": excerpt,
    });
    assert_eq!(told, expected);
    assert_eq!((of("q").url.as_deref(), of("q").excerpt.as_str()), (None, "Привіт"));
}

#[tokio::test]
async fn beginning_says_what_was_typed() {
    let server = running().await;
    let typed = [
        ("1914. Перша.\n1939. Друга.", "1914. Перша. 1939. Друга."),
        ("+ 100500, згоден\n---\n5*3=15", "+ 100500, згоден --- 5*3=15"),
        ("> цитата\n- *раз*\n- два\nа це вже я", "цитата - раз - два а це вже я"),
        ("¯\\_(ツ)_/¯ https://b.example/__init__.py", "¯\\_(ツ)_/¯ https://b.example/__init__.py"),
    ];
    for (n, (text, beginning)) in typed.into_iter().enumerate() {
        server.accepted(&n.to_string(), &comment_with("text", text)).await;
        let latest = latest(&server, "site=s").await;
        assert!(latest.comments.iter().any(|comment| comment.excerpt == beginning), "{latest:?}");
    }
}

#[tokio::test]
async fn write_is_seen_by_the_next_request_and_nothing_new_is_not_sent_again() {
    let server = running().await;
    for n in 1..=6 {
        server.accepted(&n.to_string(), &comment()).await;
        assert_eq!(latest(&server, "site=s&limit=20").await.comments.len(), n);
    }
    assert_eq!(latest(&server, "site=s").await.comments.len(), 5);
    let first = asked(&server, "site=s").send().await.unwrap();
    assert_eq!(header(&first, "cache-control"), "no-cache, no-transform");
    let again = asked(&server, "site=s").header("if-none-match", header(&first, "etag"));
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn limit_and_site_are_judged() {
    let server = running().await;
    for limit in ["0", "21", "x", ""] {
        let problem = refused(asked(&server, &format!("site=s&limit={limit}"))).await;
        assert_eq!((problem.kind, problem.limit), (ProblemKind::LimitInvalid, Some(20)), "{limit}");
    }
    assert_eq!(refused(asked(&server, "")).await.kind, ProblemKind::SiteEmpty);
    assert_eq!(latest(&server, "site=nobody").await.comments, []);
}

#[tokio::test]
async fn sites_are_apart() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    assert_eq!(refused(asked(&server, "site=t")).await.kind, ProblemKind::SiteUnknown);
}
