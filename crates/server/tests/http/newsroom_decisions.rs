//! `/api/v1/newsroom/decisions`: made, listed, taken back

use dumka_api::newsroom::{
    Act, CommentDetail, DecisionLog, DecisionsMade, NewsroomListing, StaffRole, Status, paths,
};
use dumka_api::{Problem, ProblemKind, Submitted};
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::newsroom_people::{Asks, Newsroom, granted, newsroom};
use crate::running::refused;

/// A failure with the outcome of each comment.
#[derive(Deserialize)]
struct NothingDecided {
    #[serde(flatten)]
    problem: Problem,
    #[serde(flatten)]
    made: DecisionsMade,
}

fn decide(newsroom: &Newsroom, who: &Asks, ids: &[&str], decision: &str) -> RequestBuilder {
    let comments: Vec<_> = ids.iter().map(|id| json!({"id": id, "text_revision": 1})).collect();
    newsroom.send(who, "POST", paths::DECISIONS, &json!({"comments": comments, "decision": decision}))
}

fn undo(newsroom: &Newsroom, who: &Asks, decision: &str) -> RequestBuilder {
    newsroom.ask(who, "POST", &paths::DECISION_UNDO.replace("{id}", decision))
}

async fn status(newsroom: &Newsroom, who: &Asks, id: &str) -> Status {
    let detail: CommentDetail = newsroom.read(who, &paths::COMMENT.replace("{id}", id)).await;
    detail.comment.status
}

async fn with_comments(number: usize) -> (Newsroom, Asks, Vec<Submitted>) {
    let newsroom = newsroom().await;
    let who = newsroom.key("moderator", "a", StaffRole::Moderator).await;
    let mut posted = Vec::new();
    for number in 0..number {
        // Of threads of their own, so that each has the first revision.
        posted.push(newsroom.post_on("a", &format!("p{number}"), &format!("Думка {number}")).await);
    }
    (newsroom, who, posted)
}

#[tokio::test]
async fn thousand_comments_are_decided_on_at_once_and_one_more_is_refused() {
    let (newsroom, who, posted) = with_comments(2).await;
    let known: Vec<_> = posted.iter().map(|it| it.comment.id.to_string()).collect();
    let unknown = (0..999).map(|number| format!("01a20b7e-b22b-77e4-a5ee-{number:012}"));
    let mut ids: Vec<_> = known.iter().cloned().chain(unknown).collect();
    // A long revision makes the body as long as it can be.
    let body = |ids: &[String]| {
        let comments: Vec<_> = ids
            .iter()
            .map(|id| json!({"id": id, "text_revision": if known.contains(id) { 1 } else { 9_999_999_999u64 }}))
            .collect();
        newsroom.send(&who, "POST", paths::DECISIONS, &json!({"comments": comments, "decision": "reject"}))
    };
    let problem = refused(body(&ids)).await;
    assert_eq!((problem.status, problem.kind), (422, ProblemKind::CommentsTooMany));
    assert_eq!(problem.limit, Some(1_000));
    assert_eq!(status(&newsroom, &who, &known[0]).await, Status::Published, "nothing was decided");
    ids.pop();
    let made: DecisionsMade = granted(body(&ids)).await;
    assert_eq!((made.decided, made.results.len()), (2, 1_000));
    assert_eq!(
        made.results.iter().map(|it| it.id.to_string()).collect::<Vec<_>>(),
        ids,
        "in the order asked"
    );
    assert!(made.results[2..].iter().all(|it| (it.status, it.kind) == (404, Some(ProblemKind::NotFound))));
}

#[tokio::test]
async fn comments_of_another_site_are_as_if_they_were_not_there() {
    let (newsroom, who, posted) = with_comments(1).await;
    let (own, foreign) =
        (posted[0].comment.id.to_string(), newsroom.post("b", "Чужа").await.comment.id.to_string());
    let made: DecisionsMade = granted(decide(&newsroom, &who, &[&foreign, &own], "reject")).await;
    assert_eq!(made.decided, 1);
    assert_eq!((made.results[0].status, made.results[0].kind), (404, Some(ProblemKind::NotFound)));
    assert_eq!(made.results[0].comment, None);
    let owner = newsroom.key("owner", "*", StaffRole::Owner).await;
    assert_eq!(status(&newsroom, &owner, &foreign).await, Status::Published);
    let query = json!({"query": {"site": "b"}, "expect": 1, "decision": "reject"});
    assert_eq!(refused(newsroom.send(&who, "POST", paths::DECISIONS, &query)).await.status, 404);
    // Without a site, a query is about those of the caller.
    let query = json!({"query": {}, "expect": 1, "decision": "approve"});
    let made: DecisionsMade = granted(newsroom.send(&who, "POST", paths::DECISIONS, &query)).await;
    assert_eq!(made.results[0].id.to_string(), own);
    let decision = newsroom.shell_decides(&foreign, Act::Reject).await.id.0.to_string();
    assert_eq!(refused(undo(&newsroom, &who, &decision)).await.status, 404);
}

#[tokio::test]
async fn changed_text_is_refused_for_that_comment_alone() {
    let (newsroom, who, posted) = with_comments(2).await;
    let [changed, same] = [0, 1].map(|number| posted[number].comment.id.to_string());
    let edit = newsroom.server.request("PATCH", &format!("/api/v1/comments/{changed}"));
    let edit = edit.bearer_auth(posted[0].edit_token.as_deref().unwrap()).json(&json!({"text": "Інша"}));
    assert_eq!(edit.header("origin", "https://a.example").send().await.unwrap().status(), 200);
    let made: DecisionsMade = granted(decide(&newsroom, &who, &[&changed, &same], "approve")).await;
    assert_eq!(made.decided, 1);
    let [outdated, decided] = [&made.results[0], &made.results[1]];
    assert_eq!((outdated.status, outdated.kind), (409, Some(ProblemKind::DecisionOutdated)));
    assert_eq!(outdated.comment.as_ref().unwrap().text, "Інша", "it comes as it is now");
    assert_eq!((decided.status, decided.decision.as_ref().unwrap().kind), (200, Act::Approve));
    let alone = decide(&newsroom, &who, &[&changed], "approve").send().await.unwrap();
    assert_eq!(alone.status(), 409);
    let alone: NothingDecided = alone.json().await.unwrap();
    assert_eq!(alone.problem.kind, ProblemKind::DecisionOutdated);
    let now = alone.made.results[0].comment.as_ref().unwrap().text_revision;
    let seen = json!({"comments": [{"id": changed, "text_revision": now}], "decision": "approve"});
    let made: DecisionsMade = granted(newsroom.send(&who, "POST", paths::DECISIONS, &seen)).await;
    assert_eq!(made.decided, 1);
}

#[tokio::test]
async fn query_decides_on_all_that_it_finds_or_on_none() {
    let (newsroom, who, _) = with_comments(3).await;
    let reject = |expect: u64| {
        let body = json!({"query": {"queue": "new", "q": "думка"}, "expect": expect, "decision": "reject"});
        newsroom.send(&who, "POST", paths::DECISIONS, &body)
    };
    let problem = refused(reject(2)).await;
    assert_eq!((problem.status, problem.kind, problem.limit), (409, ProblemKind::QueryChanged, Some(3)));
    let left: NewsroomListing = newsroom.read(&who, &format!("{}?queue=rejected", paths::COMMENTS)).await;
    assert_eq!(left.total, 0, "nothing was decided");
    let made: DecisionsMade = granted(reject(3)).await;
    assert_eq!(made.decided, 3);
    assert_eq!(refused(reject(3)).await.limit, Some(0));
    for body in [
        json!({"query": {"queue": "new"}, "decision": "reject"}),
        json!({"decision": "reject"}),
        json!({"comments": [], "query": {}, "expect": 0, "decision": "reject"}),
        json!({"comments": [], "decision": "submit"}),
        json!({"comments": [], "decision": "undo"}),
    ] {
        assert_eq!(refused(newsroom.send(&who, "POST", paths::DECISIONS, &body)).await.status, 422, "{body}");
    }
}

#[tokio::test]
async fn decision_is_taken_back_once() {
    let (newsroom, who, posted) = with_comments(1).await;
    let id = posted[0].comment.id.to_string();
    let made: DecisionsMade = granted(decide(&newsroom, &who, &[&id], "reject")).await;
    let decision = made.results[0].decision.as_ref().unwrap().id.clone();
    let undone: DecisionsMade = granted(undo(&newsroom, &who, &decision)).await;
    assert_eq!(undone.results[0].decision.as_ref().unwrap().undoes.as_ref(), Some(&decision));
    assert_eq!(status(&newsroom, &who, &id).await, Status::Published);
    let again: Problem = refused(undo(&newsroom, &who, &decision)).await;
    assert_eq!((again.status, again.kind), (409, ProblemKind::DecisionSuperseded));
    // Decided again since: what came first cannot be taken back any more.
    let first: DecisionsMade = granted(decide(&newsroom, &who, &[&id], "reject")).await;
    let _: DecisionsMade = granted(decide(&newsroom, &who, &[&id], "approve")).await;
    let first = first.results[0].decision.as_ref().unwrap().id.clone();
    assert_eq!(refused(undo(&newsroom, &who, &first)).await.kind, ProblemKind::DecisionSuperseded);
    assert_eq!(status(&newsroom, &who, &id).await, Status::Published);
}

#[tokio::test]
async fn everything_that_somebody_decided_is_taken_back_at_once() {
    let (newsroom, who, posted) = with_comments(3).await;
    let ids: Vec<_> = posted.iter().map(|it| it.comment.id.to_string()).collect();
    newsroom.shell_decides(&ids[0], Act::Reject).await;
    newsroom.clock.advance_secs(60);
    let since = dumka_api::Timestamp::from(newsroom.context.clock.now());
    for id in &ids[1..] {
        newsroom.shell_decides(id, Act::Reject).await;
    }
    let set = json!({"by": "shell", "since": since});
    let undo = || newsroom.send(&who, "POST", paths::DECISIONS_UNDO, &set);
    assert_eq!(granted::<DecisionsMade>(undo()).await.decided, 2);
    let mut states = Vec::new();
    for id in &ids {
        states.push(status(&newsroom, &who, id).await);
    }
    assert_eq!(states, [Status::Rejected, Status::Published, Status::Published]);
    assert_eq!(granted::<DecisionsMade>(undo()).await.decided, 0, "it was taken back already");
}

#[tokio::test]
async fn log_is_filtered_and_comes_in_pages() {
    use Act::{Approve, Feature, Reject, Submit};
    let (newsroom, who, posted) = with_comments(3).await;
    let ids: Vec<_> = posted.iter().map(|it| it.comment.id.to_string()).collect();
    for (id, act) in [(&ids[0], Act::Reject), (&ids[1], Act::Reject), (&ids[2], Act::Feature)] {
        newsroom.clock.advance_secs(10);
        newsroom.shell_decides(id, act).await;
    }
    let _: DecisionsMade = granted(decide(&newsroom, &who, &[&ids[2]], "approve")).await;
    let log = async |query: &[(&str, &str)]| -> Vec<Act> {
        let page: DecisionLog = granted(newsroom.find(&who, paths::DECISIONS, query)).await;
        page.decisions.into_iter().map(|it| it.kind).collect()
    };
    assert_eq!(log(&[]).await, [Approve, Feature, Reject, Reject], "authors' own acts are left out");
    assert_eq!(log(&[("by", "shell")]).await, [Feature, Reject, Reject]);
    assert_eq!(log(&[("kind", "reject")]).await, [Reject, Reject]);
    assert_eq!(log(&[("comment", &ids[2])]).await, [Approve, Feature, Submit]);
    let all: DecisionLog = newsroom.read(&who, paths::DECISIONS).await;
    let key = all.decisions[0].by.id.clone().unwrap();
    assert_eq!(all.decisions[0].by.name.as_deref(), Some("moderator"));
    assert_eq!(log(&[("by", &key)]).await, [Approve]);
    let second = all.decisions[2].at.0.clone();
    assert_eq!(log(&[("since", &second), ("by", "shell")]).await, [Feature, Reject]);
    assert_eq!(log(&[("until", &second)]).await, [Reject]);
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut query = vec![("limit", "1")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page: DecisionLog = granted(newsroom.find(&who, paths::DECISIONS, &query)).await;
        seen.extend(page.decisions.into_iter().map(|it| it.id));
        // Decisions of one millisecond are in no order of time.
        newsroom.clock.advance_secs(1);
        newsroom.shell_decides(&ids[0], Act::Approve).await;
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, all.decisions.iter().map(|it| it.id.clone()).collect::<Vec<_>>());
    let foreign = newsroom.find(&who, paths::DECISIONS, &[("site", "b")]);
    assert_eq!(refused(foreign).await.status, 404);
}

#[tokio::test]
async fn while_the_database_is_locked_none_of_many_is_decided_and_that_is_said() {
    let (newsroom, who, _) = with_comments(100).await;
    let Some(mut lock) = newsroom.database.lock().await else { return };
    let body = json!({"query": {"queue": "new"}, "expect": 100, "decision": "reject"});
    let decide = || newsroom.send(&who, "POST", paths::DECISIONS, &body);
    let locked = decide().send().await.unwrap();
    assert!(locked.headers().contains_key("retry-after"), "{locked:?}");
    let problem = crate::running::problem_of(locked).await;
    assert_eq!((problem.status, problem.kind), (503, ProblemKind::StoreUnavailable));
    let listing: NewsroomListing = newsroom.read(&who, &format!("{}?queue=new", paths::COMMENTS)).await;
    assert_eq!(listing.total, 100, "reading goes on, and none was decided");
    lock.release().await;
    let made: DecisionsMade = granted(decide()).await;
    assert_eq!(made.decided, 100);
    let log: Value = newsroom.read(&who, &format!("{}?kind=reject&limit=100", paths::DECISIONS)).await;
    assert_eq!(log["decisions"].as_array().unwrap().len(), 100, "each was recorded once");
}
