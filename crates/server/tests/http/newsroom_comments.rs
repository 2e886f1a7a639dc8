//! `GET /api/v1/newsroom/comments`, `GET` of one, and answers in place

use dumka_api::newsroom::{CommentDetail, NewsroomComment, NewsroomListing, StaffRole, paths};
use dumka_api::{Badge, Listing, ProblemKind};
use serde_json::json;

use crate::newsroom_people::{Asks, Newsroom, granted, newsroom};
use crate::running::refused;

/// The path of one comment.
fn one(id: &str) -> String {
    paths::COMMENT.replace("{id}", id)
}

fn ids(listing: &NewsroomListing) -> Vec<String> {
    listing.comments.iter().map(|it| it.comment.id.to_string()).collect()
}

async fn found(newsroom: &Newsroom, who: &Asks, query: &[(&str, &str)]) -> NewsroomListing {
    granted(newsroom.find(who, paths::COMMENTS, query)).await
}

fn reply(newsroom: &Newsroom, who: &Asks, id: &str, text: &str) -> reqwest::RequestBuilder {
    newsroom.send(who, "POST", &paths::REPLIES.replace("{id}", id), &json!({"text": text}))
}

#[tokio::test]
async fn pages_lose_and_repeat_nothing_while_comments_come_in() {
    let newsroom = newsroom().await;
    let who = newsroom.key("reader", "*", StaffRole::Observer).await;
    let mut posted = Vec::new();
    for number in 0..10 {
        let site = if number % 3 == 0 { "b" } else { "a" };
        posted.insert(0, newsroom.post(site, &format!("Думка {number}")).await.comment.id.to_string());
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for round in 0.. {
        let mut query = vec![("limit", "3")];
        if !cursor.is_empty() {
            query.push(("cursor", &cursor));
        }
        let page = found(&newsroom, &who, &query).await;
        assert_eq!(page.total, 10 + round, "all are counted, wherever the page begins");
        seen.extend(ids(&page));
        newsroom.post("a", &format!("Пізніша {round}")).await;
        let Some(next) = page.next else { break };
        cursor = next;
    }
    assert_eq!(seen, posted);
    let refusal = newsroom.find(&who, paths::COMMENTS, &[("cursor", "x")]);
    assert_eq!(refused(refusal).await.kind, ProblemKind::CursorInvalid);
}

#[tokio::test]
async fn whatever_is_searched_for_is_answered() {
    let newsroom = newsroom().await;
    let who = newsroom.key("reader", "a", StaffRole::Observer).await;
    let bridge = newsroom.post("a", "Мости через річку").await.comment.id.to_string();
    newsroom.post("a", "Інше").await;
    for q in ["міст", "\"мостів\"*", "річкою мости", "МОСТИ'"] {
        let listing = found(&newsroom, &who, &[("q", q)]).await;
        // The vowel changes in the stem, which is then another one.
        let expected: &[String] = if q == "міст" { &[] } else { std::slice::from_ref(&bridge) };
        assert_eq!((ids(&listing).as_slice(), listing.total), (expected, expected.len() as u64), "{q}");
    }
    for q in ["\"", "'", "*", "-- ;", "%", "\\", "&!|():*<->", "🙂"] {
        let listing = found(&newsroom, &who, &[("q", q)]).await;
        assert_eq!((listing.comments.len(), listing.total), (0, 0), "{q}");
    }
    for q in ["a\" OR \"b", "NEAR(a b)", "text: x", "' OR 1=1 --"] {
        assert_eq!(found(&newsroom, &who, &[("q", q)]).await.comments, [], "{q}");
    }
    assert_eq!(found(&newsroom, &who, &[("q", " ")]).await.total, 2, "blank asks for nothing");
    assert_eq!(found(&newsroom, &who, &[("q", &"ї".repeat(200))]).await.total, 0);
    let long = newsroom.find(&who, paths::COMMENTS, &[("q", &"x".repeat(10_000))]);
    let problem = refused(long).await;
    assert_eq!((problem.status, problem.kind, problem.limit), (400, ProblemKind::SearchTooLong, Some(200)));
    assert_eq!(problem.field.as_deref(), Some("q"));
}

#[tokio::test]
async fn comment_of_another_site_is_as_if_it_were_not_there() {
    let newsroom = newsroom().await;
    let who = newsroom.sign_up("Olha", "a", StaffRole::Owner).await;
    let foreign = newsroom.post("b", "Чужа").await.comment.id.to_string();
    let unknown = "01a20b7e-b22b-77e4-a5ee-4034d7d6e50b";
    for id in [&foreign, unknown, "x"] {
        for request in [newsroom.ask(&who, "GET", &one(id)), reply(&newsroom, &who, id, "Так")] {
            let problem = refused(request).await;
            assert_eq!((problem.status, problem.kind), (404, ProblemKind::NotFound), "{id}");
        }
    }
    assert_eq!(found(&newsroom, &who, &[]).await.total, 0);
    assert_eq!(found(&newsroom, &who, &[("author", &foreign)]).await.total, 0);
    let site = refused(newsroom.find(&who, paths::COMMENTS, &[("site", "b")])).await;
    assert_eq!((site.status, site.kind), (404, ProblemKind::NotFound));
}

#[tokio::test]
async fn observer_sees_nothing_private() {
    let newsroom = newsroom().await;
    let observer = newsroom.sign_up("Ihor", "a", StaffRole::Observer).await;
    let moderator = newsroom.sign_up("Maria", "a", StaffRole::Moderator).await;
    let id = newsroom.post("a", "Думка").await.comment.id.to_string();
    let note =
        json!({"comments": [{"id": id, "text_revision": 1}], "decision": "approve", "note": "між нами"});
    let _: serde_json::Value = granted(newsroom.send(&moderator, "POST", paths::DECISIONS, &note)).await;
    let report = newsroom.server.request("POST", &format!("/api/v1/comments/{id}/report"));
    let report = report.bearer_auth("0123456789abcdef").header("origin", "https://a.example");
    let reported = report.json(&json!({"reason": "other", "note": "мій номер"})).send().await.unwrap();
    assert_eq!(reported.status(), 202);
    for (who, sees_private) in [(&moderator, true), (&observer, false)] {
        let detail: CommentDetail = newsroom.read(who, &one(&id)).await;
        let domain = detail.comment.author_of.email.map(|hint| hint.domain);
        assert_eq!(domain.as_deref(), sees_private.then_some("example.org"));
        assert_eq!(detail.reports.len(), 1);
        assert_eq!(detail.reports[0].note.as_deref(), sees_private.then_some("мій номер"));
        assert_eq!(detail.decisions[0].note.as_deref(), sees_private.then_some("між нами"));
        for path in [one(&id), paths::COMMENTS.into(), paths::DECISIONS.into()] {
            let text = newsroom.ask(who, "GET", &path).send().await.unwrap().text().await.unwrap();
            assert!(text.contains(&id) && !text.contains("olha@"), "no address is ever told: {text}");
            assert!(sees_private || !(text.contains("між нами") || text.contains("номер")), "{text}");
        }
    }
}

#[tokio::test]
async fn answer_has_the_badge_of_its_role_and_stands_in_the_thread() {
    let newsroom = newsroom().await;
    let id = newsroom.post("a", "Коли?").await.comment.id.to_string();
    for (role, badge) in [(StaffRole::Author, Badge::Staff), (StaffRole::Moderator, Badge::Moderator)] {
        let who = newsroom.sign_up(role.as_str(), "a", role).await;
        let text = format!("Завтра, каже {}", role.as_str());
        let answer: NewsroomComment = granted(reply(&newsroom, &who, &id, &text)).await;
        assert_eq!(answer.comment.author.badge, Some(badge));
        let again: NewsroomComment = granted(reply(&newsroom, &who, &id, &text)).await;
        assert_eq!(again.comment.id, answer.comment.id, "the same answer again is stored once");
        let thread: Listing =
            newsroom.server.list("site=a&page=p").send().await.unwrap().json().await.unwrap();
        let seen = thread.comments.iter().find(|it| it.id == answer.comment.id).unwrap();
        assert_eq!((seen.author.badge, seen.parent.as_deref()), (Some(badge), Some(id.as_str())));
    }
    let observer = newsroom.sign_up("Ihor", "a", StaffRole::Observer).await;
    assert_eq!(refused(reply(&newsroom, &observer, &id, "Ні")).await.kind, ProblemKind::RoleInsufficient);
}

#[tokio::test]
async fn only_a_published_comment_is_answered() {
    let newsroom = newsroom().await;
    let who = newsroom.key("author", "a", StaffRole::Author).await;
    let id = newsroom.post("a", "Спам").await.comment.id.to_string();
    newsroom.shell_decides(&id, dumka_api::newsroom::Act::Reject).await;
    let problem = refused(reply(&newsroom, &who, &id, "Ні")).await;
    assert_eq!((problem.status, problem.kind), (422, ProblemKind::ParentNotFound));
    let problem = refused(reply(&newsroom, &who, &id, " ")).await;
    assert_eq!(problem.status, 422);
}
