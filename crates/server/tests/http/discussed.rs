//! `GET /api/v1/comments/discussed`

use dumka_api::{Discussed, ProblemKind, paths};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::json;

use crate::running::{Running, by_a_clock, comment_with, header, refused, site};

fn asked(server: &Running, query: &str) -> RequestBuilder {
    server.get(&format!("{}?{query}", paths::DISCUSSED))
}

async fn pages(server: &Running, query: &str) -> Vec<(String, u64)> {
    let response = asked(server, query).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let Discussed { pages } = response.json().await.unwrap();
    pages.into_iter().map(|page| (page.page, page.comments)).collect()
}

async fn write(server: &Running, pages: &[&str], key: &str) {
    for (number, page) in pages.iter().enumerate() {
        server.accepted(&format!("{key}{number}"), &comment_with("page", *page)).await;
    }
}

#[tokio::test]
async fn pages_with_the_most_comments_of_these_days_come_first() {
    let (server, clock) = by_a_clock(|_| ()).await;
    write(&server, &["old", "old", "old"], "a").await;
    clock.advance_secs(8 * 86_400);
    write(&server, &["busy", "quiet", "busy"], "b").await;
    assert_eq!(pages(&server, "site=s").await, [("busy".into(), 2), ("quiet".into(), 1)]);
    assert_eq!(
        pages(&server, "site=s&days=9").await,
        [("old".into(), 3), ("busy".into(), 2), ("quiet".into(), 1)]
    );
    assert_eq!(pages(&server, "site=s&days=9&limit=1").await, [("old".into(), 3)]);
    assert_eq!(pages(&server, "site=nobody").await, []);
}

#[tokio::test]
async fn answer_is_at_most_half_a_minute_old() {
    let (server, clock) = by_a_clock(|_| ()).await;
    assert_eq!(pages(&server, "site=s").await, []);
    write(&server, &["p"], "a").await;
    clock.advance_secs(30);
    assert_eq!(pages(&server, "site=s").await, [("p".into(), 1)]);
    let first = asked(&server, "site=s").send().await.unwrap();
    let again = asked(&server, "site=s").header("if-none-match", header(&first, "etag"));
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn page_comes_with_its_title_and_with_an_address_of_the_site_alone() {
    let (server, _) = by_a_clock(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    for (page, url) in [("p", "https://s.example/p"), ("q", "https://evil.example/")] {
        let mut comment = comment_with("page", page);
        (comment["title"], comment["url"]) = ("Стаття".into(), url.into());
        server.accepted(page, &comment).await;
    }
    let told: Discussed = asked(&server, "site=s").send().await.unwrap().json().await.unwrap();
    let of = |page: &str| serde_json::to_value(told.pages.iter().find(|it| it.page == page)).unwrap();
    assert_eq!(of("p"), json!({"page": "p", "title": "Стаття", "url": "https://s.example/p", "comments": 1}));
    assert_eq!(of("q")["url"], json!(null));
    assert_eq!(refused(asked(&server, "site=t")).await.kind, ProblemKind::SiteUnknown);
}

#[tokio::test]
async fn days_and_limit_are_judged() {
    let (server, _) = by_a_clock(|_| ()).await;
    for (query, field, most) in [("days=0", "days", 30), ("days=31", "days", 30), ("limit=21", "limit", 20)] {
        let problem = refused(asked(&server, &format!("site=s&{query}"))).await;
        assert_eq!((problem.kind, problem.limit), (ProblemKind::LimitInvalid, Some(most)), "{query}");
        assert_eq!(problem.field.as_deref(), Some(field));
    }
    assert_eq!(refused(asked(&server, "")).await.kind, ProblemKind::SiteEmpty);
}
