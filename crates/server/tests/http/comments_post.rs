//! `POST /api/v1/comments`

use std::sync::Arc;

use dumka_api::{CommentState, ProblemKind, Submitted};
use dumka_server::clock::ManualClock;
use dumka_server::domain::comment::UnixMillis;
use dumka_server::moderation::Moderation;
use dumka_server::server::ServerParts;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::running::{comment, comment_with, header, refused, running, running_with, site, start};

#[tokio::test]
async fn comment_is_answered_as_it_is_kept() {
    let server = running().await;
    let response = server.post("k", &comment()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(header(&response, "cache-control"), "no-store");
    let location = header(&response, "location").to_owned();
    let submitted: Submitted = response.json().await.unwrap();
    assert_eq!(location, format!("/api/v1/comments/{}", submitted.comment.id));
    assert_eq!(submitted.comment.author.name, "Оля");
    assert_eq!(submitted.comment.state, CommentState::Published);
    assert!(submitted.edit_token.is_some() && submitted.edit_until.is_some());
    assert!(submitted.server_time.is_some());
}

#[tokio::test]
async fn same_key_gives_the_same_answer_and_no_second_comment() {
    let server = running().await;
    let first = server.accepted("k", &comment()).await;
    let again = server.accepted("k", &comment()).await;
    assert_eq!(Submitted { server_time: first.server_time.clone(), ..again }, first);
    let listing: Value = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!(listing["thread"]["total"], 1);
}

#[tokio::test]
async fn same_key_with_another_comment_is_a_conflict() {
    let server = running().await;
    server.accepted("k", &comment()).await;
    let problem = refused(server.post("k", &comment_with("text", "Інше"))).await;
    assert_eq!((problem.status, problem.kind), (409, ProblemKind::IdempotencyKeyReused));
}

#[tokio::test]
async fn post_without_a_key_is_refused() {
    let server = running().await;
    let request = server.request("POST", "/api/v1/comments").header("content-type", "application/json");
    let problem = refused(request.body(comment().to_string())).await;
    assert_eq!((problem.status, problem.kind), (400, ProblemKind::IdempotencyKeyMissing));
}

#[tokio::test]
async fn unusable_keys_are_refused() {
    let server = running().await;
    for key in ["", "two words", "ключ", &"k".repeat(129)] {
        let problem = refused(server.post(key, &comment())).await;
        assert_eq!((problem.status, problem.kind), (400, ProblemKind::IdempotencyKeyInvalid), "{key}");
    }
    let problem = refused(server.post("a", &comment()).header("idempotency-key", "b")).await;
    assert_eq!(problem.kind, ProblemKind::IdempotencyKeyInvalid);
}

#[tokio::test]
async fn fields_that_break_a_rule_are_named() {
    let server = running().await;
    let name = |name: &str| json!({"name": name});
    let cases = [
        ("text", json!(""), ProblemKind::TextEmpty, "text", None),
        ("text", json!(" \n\t "), ProblemKind::TextEmpty, "text", None),
        ("text", json!("x".repeat(10_001)), ProblemKind::TextTooLong, "text", Some(10_000)),
        ("text", json!("a\u{0}b"), ProblemKind::ControlCharacters, "text", None),
        ("text", json!("a\u{FFFE}b"), ProblemKind::ControlCharacters, "text", None),
        ("author", name("О\u{FFFF}ля"), ProblemKind::ControlCharacters, "name", None),
        ("page", json!("p\u{1FFFF}"), ProblemKind::ControlCharacters, "page", None),
        ("author", name(" "), ProblemKind::NameEmpty, "name", None),
        ("author", name(&"ї".repeat(81)), ProblemKind::NameTooLong, "name", Some(80)),
        ("author", json!({"name": "Оля", "email": "nowhere"}), ProblemKind::EmailInvalid, "email", None),
        ("site", json!(""), ProblemKind::SiteEmpty, "site", None),
        ("page", json!(""), ProblemKind::PageEmpty, "page", None),
        ("page", json!("ї".repeat(257)), ProblemKind::PageTooLong, "page", Some(512)),
        ("title", json!("x".repeat(301)), ProblemKind::TitleTooLong, "title", Some(300)),
        ("url", json!("javascript:alert(1)"), ProblemKind::UrlInvalid, "url", None),
        ("parent", json!("x"), ProblemKind::ParentNotFound, "parent", None),
        (
            "parent",
            json!("00000000-0000-7000-8000-000000000000"),
            ProblemKind::ParentNotFound,
            "parent",
            None,
        ),
    ];
    for (n, (field, value, kind, at_fault, limit)) in cases.into_iter().enumerate() {
        let problem = refused(server.post(&n.to_string(), &comment_with(field, value))).await;
        assert_eq!((problem.status, problem.kind, problem.limit), (422, kind, limit));
        assert_eq!(problem.field.as_deref(), Some(at_fault));
    }
}

#[tokio::test]
async fn longest_text_and_name_are_taken() {
    let server = running().await;
    server.accepted("1", &comment_with("text", format!(" {} ", "ї".repeat(10_000)))).await;
    server.accepted("2", &comment_with("author", json!({"name": "ї".repeat(80)}))).await;
}

#[tokio::test]
async fn missing_fields_count_as_empty_ones() {
    let server = running().await;
    for (field, kind) in [
        ("text", ProblemKind::TextEmpty),
        ("author", ProblemKind::NameEmpty),
        ("site", ProblemKind::SiteEmpty),
        ("page", ProblemKind::PageEmpty),
    ] {
        let mut comment = comment();
        comment.as_object_mut().unwrap().remove(field);
        assert_eq!(refused(server.post("k", &comment)).await.kind, kind);
    }
    assert_eq!(
        refused(server.post("k", &comment_with("author", json!({})))).await.kind,
        ProblemKind::NameEmpty
    );
}

#[tokio::test]
async fn parent_of_another_thread_is_not_found() {
    let server = running().await;
    let elsewhere = server.accepted("1", &comment_with("page", "other")).await.comment.id;
    let problem = refused(server.post("2", &comment_with("parent", elsewhere.as_str()))).await;
    assert_eq!((problem.status, problem.kind), (422, ProblemKind::ParentNotFound));
}

#[tokio::test]
async fn bidi_overrides_in_a_name_are_harmless() {
    let server = running().await;
    let submitted = server.accepted("k", &comment_with("author", json!({"name": "ab\u{202E}cd"}))).await;
    assert!(!submitted.comment.author.name.contains('\u{202E}'));
}

#[tokio::test]
async fn pre_moderated_comment_is_pending_and_unseen() {
    let server = running_with(|settings| {
        let mut site = site("s", "https://s.example");
        site.moderation = Moderation::Before;
        settings.sites = vec![site];
    })
    .await;
    let submitted = server.accepted("k", &comment()).await;
    assert_eq!(submitted.comment.state, CommentState::Pending);
    let listing: Value = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!((&listing["thread"]["total"], &listing["comments"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn old_thread_is_closed() {
    let clock = Arc::new(ManualClock::at(UnixMillis(1_790_000_000_000)));
    let server =
        start(ServerParts { clock: Arc::clone(&clock) as _, ..ServerParts::default() }, |settings| {
            let mut site = site("s", "https://s.example");
            site.close_after_days = 2;
            settings.sites = vec![site];
        })
        .await;
    server.accepted("1", &comment()).await;
    clock.advance_secs(2 * 86_400 + 1);

    let problem = refused(server.post("2", &comment())).await;

    assert_eq!((problem.status, problem.kind), (403, ProblemKind::ThreadClosed));
    let listing: Value = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!(listing["thread"]["state"], "closed");
}

#[tokio::test]
async fn unknown_site_and_foreign_origin_are_refused() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let unknown = refused(server.post("k", &comment_with("site", "other"))).await;
    assert_eq!((unknown.status, unknown.kind), (404, ProblemKind::SiteUnknown));
    let foreign = refused(server.post("k", &comment()).header("origin", "https://evil.example")).await;
    assert_eq!((foreign.status, foreign.kind), (403, ProblemKind::OriginNotAllowed));
    let listing: Value = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!(listing["thread"]["total"], 0);
}

#[tokio::test]
async fn no_private_field_comes_back() {
    let server = running().await;
    let author = json!({"name": "Оля", "email": "olya@mail.example"});
    let answer =
        server.post("k", &comment_with("author", author)).send().await.unwrap().text().await.unwrap();
    let list = server.list("site=s&page=p").send().await.unwrap().text().await.unwrap();
    assert!(!answer.contains("olya@mail.example") && !list.contains("olya@mail.example"));
    assert!(!list.contains("token") && !list.contains("127.0.0.1"));
}
