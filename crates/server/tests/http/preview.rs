//! `POST /api/v1/comments/preview`

use dumka_api::{Body, Previewed, ProblemKind, Submitted, paths};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::json;

use crate::running::{Running, comment_with, header, refused, running, running_with, site};

fn preview(server: &Running, text: &str) -> RequestBuilder {
    let request = server.request("POST", paths::PREVIEW);
    request.header("content-type", "application/json").body(json!({ "text": text }).to_string())
}

async fn previewed(server: &Running, text: &str) -> Body {
    let response = preview(server, text).send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::OK, "no-store"));
    response.json::<Previewed>().await.unwrap().body
}

/// The text of the comment after its author has given it another text.
async fn edited(server: &Running, own: &Submitted, text: &str) -> Body {
    let request = server.request("PATCH", &[paths::COMMENTS, "/", &own.comment.id].concat());
    let request = request.bearer_auth(own.edit_token.as_deref().unwrap());
    let request =
        request.header("content-type", "application/json").body(json!({ "text": text }).to_string());
    request.send().await.unwrap().json::<Submitted>().await.unwrap().comment.body
}

#[tokio::test]
async fn preview_is_what_the_comment_becomes_when_it_is_sent_and_when_it_is_edited() {
    let server = running().await;
    let marked = " Цитата:\r\n> *так*\na це я\n\n[сюди](https://news.example/) `код` <b> ";
    let plain = "1914. Перша.\n1939. Друга.\n  5*3=15 https://новини.укр/стаття";
    for (n, text) in [marked, plain].into_iter().enumerate() {
        let published = server.accepted(&n.to_string(), &comment_with("text", text)).await;
        assert_eq!(previewed(&server, text).await, published.comment.body);
        let own = edited(&server, &published, &format!("{text}!")).await;
        assert_eq!(previewed(&server, &format!("{text}!")).await, own);
    }
}

#[tokio::test]
async fn empty_text_is_an_empty_preview() {
    let server = running().await;
    for text in ["", " \n\t", "\u{200B}"] {
        assert_eq!(previewed(&server, text).await, Body::Blocks(Vec::new()), "{text:?}");
    }
}

#[tokio::test]
async fn what_a_post_would_refuse_a_preview_refuses() {
    let server = running().await;
    let problem = refused(preview(&server, &"ї".repeat(10_001))).await;
    assert_eq!((problem.status, problem.kind, problem.limit), (422, ProblemKind::TextTooLong, Some(10_000)));
    for control in ["a\0b", "a\u{FFFE}b", "\u{FFFF}"] {
        let problem = refused(preview(&server, control)).await;
        assert_eq!((problem.kind, problem.field.as_deref()), (ProblemKind::ControlCharacters, Some("text")));
    }
    let body = server.request("POST", paths::PREVIEW).body("{}");
    assert_eq!(refused(body).await.kind, ProblemKind::ContentTypeUnsupported);
}

#[tokio::test]
async fn previews_count_as_reads() {
    let server = running_with(|settings| {
        settings.limits.reads_per_minute = Some(1);
        settings.limits.posts_per_minute = 1;
    })
    .await;
    previewed(&server, "a").await;
    assert_eq!(refused(preview(&server, "a")).await.kind, ProblemKind::RateLimited);
    server.accepted("k", &comment_with("text", "a")).await;
}

#[tokio::test]
async fn only_pages_of_the_sites_preview() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let ours = preview(&server, "a").header("origin", "https://s.example").send().await.unwrap();
    assert_eq!(ours.status(), StatusCode::OK);
    let foreign = preview(&server, "a").header("origin", "https://evil.example");
    assert_eq!(refused(foreign).await.kind, ProblemKind::OriginNotAllowed);
}
