//! `GET /api/v1/comments/counts`

use dumka_api::{ProblemKind, paths};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::running::{Running, comment, header, refused, running};

fn counts(server: &Running, query: &str) -> RequestBuilder {
    server.get(&format!("{}?{query}", paths::COUNTS))
}

#[tokio::test]
async fn every_page_asked_for_has_its_number() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    server.accepted("2", &comment()).await;
    let response = counts(&server, "site=s&page=p&page=%D1%8F").send().await.unwrap();
    assert_eq!(header(&response, "cache-control"), "no-cache");
    assert_eq!(response.json::<Value>().await.unwrap(), json!({"p": 2, "я": 0}));
}

#[tokio::test]
async fn hundred_pages_are_counted_and_no_more() {
    let server = running().await;
    let query = |pages: usize| (0..pages).fold("site=s".into(), |query, n| format!("{query}&page={n}"));
    let response = counts(&server, &query(100)).send().await.unwrap();
    assert_eq!(response.json::<Value>().await.unwrap().as_object().unwrap().len(), 100);
    let problem = refused(counts(&server, &query(101))).await;
    assert_eq!((problem.status, problem.kind, problem.limit), (400, ProblemKind::PagesTooMany, Some(100)));
}

#[tokio::test]
async fn missing_site_or_page_is_refused() {
    let server = running().await;
    assert_eq!(refused(counts(&server, "page=p")).await.kind, ProblemKind::SiteEmpty);
    assert_eq!(refused(counts(&server, "site=s")).await.kind, ProblemKind::PageEmpty);
}

#[tokio::test]
async fn what_can_be_no_page_has_no_comments_and_takes_no_number_from_others() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let long = "x".repeat(600);
    for wrong in ["", "%20", "%00", "%0A%1F", &long] {
        let response = counts(&server, &format!("site=s&page=p&page={wrong}")).send().await.unwrap();
        let counted = response.json::<Value>().await.unwrap();
        let numbers = counted.as_object().unwrap();
        assert_eq!((&numbers["p"], numbers.len()), (&json!(1), 2), "{wrong}");
        assert_eq!(numbers.values().filter_map(Value::as_u64).sum::<u64>(), 1, "{wrong}");
    }
}
