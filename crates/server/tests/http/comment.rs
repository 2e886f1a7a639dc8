//! `GET`, `PATCH` and `DELETE /api/v1/comments/{id}`

use dumka_api::{Body, Comment, CommentState, Listing, ProblemKind, SingleComment, Submitted, Timestamp};
use dumka_server::config::Settings;
use dumka_server::moderation::Moderation;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::running::{
    Running, by_a_clock, comment, comment_with, header, refused, running, running_with, site,
};

pub fn at(server: &Running, method: &str, id: &str) -> RequestBuilder {
    server.request(method, &format!("/api/v1/comments/{id}"))
}

pub fn edit(server: &Running, own: &Submitted, edit: &Value) -> RequestBuilder {
    at(server, "PATCH", &own.comment.id).bearer_auth(token(own)).json(edit)
}

pub fn delete(server: &Running, own: &Submitted) -> RequestBuilder {
    at(server, "DELETE", &own.comment.id).bearer_auth(token(own))
}

pub fn token(own: &Submitted) -> &str {
    own.edit_token.as_deref().unwrap()
}

async fn edited(server: &Running, own: &Submitted, text: &str) -> Submitted {
    let response = edit(server, own, &json!({"text": text})).send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::OK, "no-store"));
    response.json().await.unwrap()
}

async fn deleted(server: &Running, own: &Submitted) {
    let response = delete(server, own).send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::NO_CONTENT, "no-store"));
}

async fn seen(request: RequestBuilder) -> SingleComment {
    let response = request.send().await.unwrap();
    assert_eq!((response.status(), header(&response, "cache-control")), (StatusCode::OK, "no-store"));
    response.json().await.unwrap()
}

pub async fn listed(server: &Running) -> (Vec<Comment>, u64) {
    let listing: Listing = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    (listing.comments, listing.thread.total)
}

fn words(text: &str) -> Body {
    dumka_markup::parse(text)
}

pub fn pre_moderated(settings: &mut Settings) {
    let mut site = site("s", "https://s.example");
    site.moderation = Moderation::Before;
    settings.sites = vec![site];
}

#[tokio::test]
async fn comment_stands_at_the_address_that_its_post_named() {
    let server = running().await;
    let response = server.post("k", &comment()).send().await.unwrap();
    let location = header(&response, "location").to_owned();
    let own: Submitted = response.json().await.unwrap();
    let shown = seen(server.get(&location)).await;
    assert_eq!((shown.comment, shown.text, shown.edit_until), (own.comment, None, None));
}

#[tokio::test]
async fn author_gets_the_text_as_written_even_while_it_is_pending() {
    let server = running_with(pre_moderated).await;
    let own = server.accepted("k", &comment_with("text", "*Привіт*")).await;
    let shown = seen(at(&server, "GET", &own.comment.id).bearer_auth(token(&own))).await;
    assert_eq!((shown.comment, shown.text.as_deref()), (own.comment, Some("*Привіт*")));
    assert_eq!(shown.edit_until, own.edit_until);
    assert!(shown.server_time.is_some());
}

#[tokio::test]
async fn edited_comment_is_everybodys_and_says_so() {
    let (server, clock) = by_a_clock(|_| ()).await;
    let own = server.accepted("k", &comment()).await;
    clock.advance_secs(60);
    let answer = edited(&server, &own, " *Інше* ").await;
    assert_eq!((&answer.edit_token, &answer.edit_until), (&None, &own.edit_until));
    let now = Some(Timestamp("2026-05-01T09:31:00.000Z".into()));
    assert_eq!((&answer.comment.edited_at, &answer.server_time), (&now, &now));
    assert_eq!(
        (&answer.comment.body, listed(&server).await.0),
        (&words("*Інше*"), vec![answer.comment.clone()])
    );
}

#[tokio::test]
async fn later_of_two_editors_is_told() {
    let server = running().await;
    let own = server.accepted("k", &comment()).await;
    let first = edited(&server, &own, "Перше").await;
    let from_the_start = json!({"text": "Друге", "edited_at": null});
    let problem = refused(edit(&server, &own, &from_the_start)).await;
    assert_eq!((problem.status, problem.kind), (409, ProblemKind::EditConflict));
    let from_the_first = json!({"text": "Друге", "edited_at": first.comment.edited_at});
    assert_eq!(edit(&server, &own, &from_the_first).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(listed(&server).await.0[0].body, words("Друге"));
}

#[tokio::test]
async fn of_edits_at_once_from_one_text_one_is_kept() {
    let server = running().await;
    let own = server.accepted("k", &comment()).await;
    let send = |text: &str| edit(&server, &own, &json!({"text": text, "edited_at": null})).send();
    let (one, two, three) = tokio::join!(send("Перше"), send("Друге"), send("Третє"));
    let mut statuses = [one, two, three].map(|answer| answer.unwrap().status().as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409]);
}

#[tokio::test]
async fn same_text_again_is_no_change() {
    let server = running().await;
    let own = server.accepted("k", &comment()).await;
    assert_eq!(edited(&server, &own, "Привіт").await.comment, own.comment);
    let first = edited(&server, &own, "Інше").await;
    let again = edit(&server, &own, &json!({"text": "Інше", "edited_at": null})).send().await.unwrap();
    assert_eq!(again.json::<Submitted>().await.unwrap().comment, first.comment, "an edit may be repeated");
}

#[tokio::test]
async fn edit_is_held_to_the_rules_of_a_post() {
    let server = running().await;
    let own = server.accepted("k", &comment()).await;
    let cases = [
        (json!({}), 422, ProblemKind::TextEmpty, Some("text"), None),
        (json!({"text": " \n"}), 422, ProblemKind::TextEmpty, Some("text"), None),
        (json!({"text": "x".repeat(10_001)}), 422, ProblemKind::TextTooLong, Some("text"), Some(10_000)),
        (json!({"text": "a\u{0}b"}), 422, ProblemKind::ControlCharacters, Some("text"), None),
        (json!({"text": "a\u{FFFE}b"}), 422, ProblemKind::ControlCharacters, Some("text"), None),
        (json!({"text": "a", "edited_at": "now"}), 422, ProblemKind::ValueInvalid, Some("edited_at"), None),
        (json!({"text": 5}), 400, ProblemKind::JsonInvalid, None, None),
        (json!(["a", null]), 400, ProblemKind::JsonInvalid, None, None),
    ];
    for (body, status, kind, field, limit) in cases {
        let problem = refused(edit(&server, &own, &body)).await;
        assert_eq!((problem.status, problem.kind, problem.limit), (status, kind, limit), "{body}");
        assert_eq!(problem.field.as_deref(), field, "{body}");
    }
    assert_eq!(listed(&server).await.0, [own.comment]);
}

#[tokio::test]
async fn edit_on_a_pre_moderated_site_waits_for_a_moderator() {
    let server = running_with(pre_moderated).await;
    let own = server.accepted("k", &comment()).await;
    let answer = edited(&server, &own, "Інше").await;
    assert_eq!((answer.comment.state, answer.comment.body), (CommentState::Pending, words("Інше")));
    assert_eq!(listed(&server).await, (vec![], 0));
}

#[tokio::test]
async fn deleted_comment_is_gone_and_its_words_with_it() {
    let server = running().await;
    let (own, other) = (server.accepted("1", &comment()).await, server.accepted("2", &comment()).await);
    deleted(&server, &own).await;
    deleted(&server, &own).await;
    assert_eq!(listed(&server).await, (vec![other.comment], 1));
    for request in [at(&server, "GET", &own.comment.id), edit(&server, &own, &json!({"text": "a"}))] {
        assert_eq!(refused(request).await.kind, ProblemKind::NotFound);
    }
}

#[tokio::test]
async fn deleted_comment_that_was_answered_is_an_empty_mark() {
    let server = running().await;
    let own = server.accepted("1", &comment()).await;
    let reply = server.accepted("2", &comment_with("parent", own.comment.id.as_str())).await;
    deleted(&server, &own).await;
    let (comments, total) = listed(&server).await;
    assert_eq!((comments[0].state, comments[0].author.name.as_str()), (CommentState::Deleted, ""));
    assert_eq!((&comments[1], total), (&reply.comment, 1));
    for request in
        [at(&server, "GET", &own.comment.id), at(&server, "GET", &own.comment.id).bearer_auth(token(&own))]
    {
        let shown = seen(request).await;
        assert_eq!((&shown.comment, shown.text), (&comments[0], None));
    }
    let problem = refused(edit(&server, &own, &json!({"text": "a"}))).await;
    assert_eq!((problem.status, problem.kind), (404, ProblemKind::NotFound));
}

#[tokio::test]
async fn after_the_window_nothing_changes_any_more() {
    let (server, clock) = by_a_clock(|settings| settings.limits.edit_window_secs = 60).await;
    let own = server.accepted("1", &comment()).await;
    let gone = server.accepted("2", &comment()).await;
    clock.advance_secs(60);
    edited(&server, &own, "Вчасно").await;
    deleted(&server, &gone).await;
    clock.advance_secs(1);
    for request in [edit(&server, &own, &json!({"text": "Запізно"})), delete(&server, &own)] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (403, ProblemKind::EditWindowOver));
    }
    assert_eq!(listed(&server).await.0[0].body, words("Вчасно"));
    deleted(&server, &gone).await;
}

#[tokio::test]
async fn without_a_window_nobody_edits() {
    let (server, _) = by_a_clock(|settings| settings.limits.edit_window_secs = 0).await;
    let own = server.accepted("1", &comment()).await;
    let problem = refused(edit(&server, &own, &json!({"text": "Інше"}))).await;
    assert_eq!(problem.kind, ProblemKind::EditWindowOver);
    let listing: Listing = server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert!(!listing.thread.features.contains(&dumka_api::Feature::Edit));
}

#[tokio::test]
async fn edits_and_deletions_count_as_posts() {
    let server = running_with(|settings| settings.limits.posts_per_minute = 3).await;
    let own = server.accepted("k", &comment()).await;
    edited(&server, &own, "Інше").await;
    deleted(&server, &own).await;
    for request in [edit(&server, &own, &json!({"text": "a"})), delete(&server, &own)] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (429, ProblemKind::RateLimited));
    }
    assert_eq!(refused(at(&server, "GET", &own.comment.id)).await.kind, ProblemKind::NotFound);
}

#[tokio::test]
async fn retry_of_a_post_after_an_edit_makes_no_second_comment() {
    let server = running().await;
    let own = server.accepted("k", &comment()).await;
    let now = edited(&server, &own, "Інше").await;
    assert_eq!(server.accepted("k", &comment()).await.comment, now.comment);
    let problem = refused(server.post("k", &comment_with("text", "Інше"))).await;
    assert_eq!((problem.status, problem.kind), (409, ProblemKind::IdempotencyKeyReused));
    assert_eq!(listed(&server).await.1, 1);
}
