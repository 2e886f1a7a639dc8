//! `GET /api/v1/comments/live`: what it tells.

use dumka_api::{Comment, Listing, LiveComment, LiveDeleted, ProblemKind, Submitted};
use dumka_server::domain::comment::Status;
use dumka_server::moderation::Moderation;
use dumka_server::storage::{self, Store};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::comment::{delete, edit};
use crate::event_stream::{Event, Stream, live};
use crate::moderators;
use crate::reports::spam;
use crate::running::{Running, comment, comment_with, header, refused, running, running_with, site};
use crate::test_store::TestStore;
use crate::votes::vote;

/// A server, and its database as another process sees it.
async fn shared() -> (Running, std::sync::Arc<dyn Store>, TestStore) {
    let kept = TestStore::create().await;
    let server = running_with(|settings| settings.database = kept.url()).await;
    let other = storage::open(kept.url()).await.unwrap();
    (server, other, kept)
}

async fn listing(server: &Running) -> Listing {
    server.list("site=s&page=p").send().await.unwrap().json().await.unwrap()
}

fn id(submitted: &Submitted) -> &str {
    &submitted.comment.id
}

/// The event's name, and the comment in it.
fn told(event: Event) -> (String, Comment, u64) {
    let LiveComment { comment, total, .. } = serde_json::from_value(event.data).unwrap();
    (event.name, comment, total.unwrap())
}

fn deleted(event: Event) -> LiveDeleted {
    assert_eq!(event.name, "deleted");
    serde_json::from_value(event.data).unwrap()
}

#[tokio::test]
async fn new_comment_arrives_as_it_would_be_listed() {
    let server = running().await;
    let mut stream = Stream::open(&server, "").await;
    for total in 1..=3 {
        let submitted = server.accepted(&total.to_string(), &comment()).await;
        let event = stream.event().await.unwrap();
        assert_eq!(event.id, Some(total));
        assert_eq!(told(event), ("comment".into(), submitted.comment, total));
    }
}

#[tokio::test]
async fn edit_and_deletion_arrive() {
    let server = running().await;
    let own = server.accepted("1", &comment()).await;
    let mut stream = Stream::open(&server, "").await;
    let response = edit(&server, &own, &json!({"text": "Інакше"})).send().await.unwrap();
    let edited: Submitted = response.json().await.unwrap();
    assert_eq!(told(stream.event().await.unwrap()), ("edited".into(), edited.comment, 1));

    assert_eq!(delete(&server, &own).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let event = stream.event().await.unwrap();
    assert_eq!(event.data, json!({"page": "p", "id": id(&own), "total": 0}));
    assert_eq!((event.name.as_str(), event.id), ("deleted", Some(3)));
}

#[tokio::test]
async fn votes_arrive_as_numbers_alone() {
    let server = running().await;
    let voted = server.accepted("1", &comment()).await;
    let mut stream = Stream::open(&server, "").await;
    for (reader, value, up, down) in [(1, 1, 1, 0), (2, -1, 1, 1), (1, 0, 0, 1)] {
        vote(&server, id(&voted), reader, value).send().await.unwrap().error_for_status().unwrap();
        let event = stream.event().await.unwrap();
        assert_eq!(event.data, json!({"page": "p", "id": id(&voted), "votes": {"up": up, "down": down}}));
        assert_eq!(event.name, "votes");
    }
}

#[tokio::test]
async fn comment_that_reports_hold_is_taken_from_the_page() {
    let server = running_with(|settings| settings.limits.reports_to_hold = 1).await;
    let reported = server.accepted("1", &comment()).await;
    let mut stream = Stream::open(&server, "").await;
    let report = spam(&server, id(&reported), "0123456789abcdef0123456789abcdef");
    assert_eq!(report.send().await.unwrap().status(), StatusCode::ACCEPTED);
    let expected = LiveDeleted { page: "p".into(), id: id(&reported).into(), total: Some(0), comment: None };
    assert_eq!(deleted(stream.event().await.unwrap()), expected);
}

#[tokio::test]
async fn decisions_of_another_process_arrive_with_the_marks_that_they_leave() {
    let (server, other, _directory) = shared().await;
    let parent = server.accepted("1", &comment()).await;
    let reply = server.accepted("2", &comment_with("parent", id(&parent))).await;
    let mut stream = Stream::open(&server, "").await;
    let decide = async |comment: &Submitted, status| {
        moderators::decide(&*other, id(comment), status).await;
    };

    decide(&parent, Status::Deleted).await;
    let mark = deleted(stream.event().await.unwrap());
    assert_eq!((mark.id.as_str(), mark.total), (id(&parent), Some(1)));
    assert_eq!(mark.comment.as_ref(), Some(&listing(&server).await.comments[0]));

    decide(&reply, Status::Rejected).await;
    for gone in [&parent, &reply] {
        let expected = LiveDeleted { page: "p".into(), id: id(gone).into(), total: Some(0), comment: None };
        assert_eq!(deleted(stream.event().await.unwrap()), expected);
    }

    decide(&reply, Status::Published).await;
    assert_eq!(deleted(stream.event().await.unwrap()), mark);
    assert_eq!(told(stream.event().await.unwrap()), ("comment".into(), reply.comment, 1));
}

#[tokio::test]
async fn what_is_hidden_is_not_told() {
    let kept = TestStore::create().await;
    let server = running_with(|settings| {
        let mut site = site("s", "https://s.example");
        site.moderation = Moderation::Before;
        (settings.sites, settings.database) = (vec![site], kept.url());
    })
    .await;
    let other = storage::open(kept.url()).await.unwrap();
    let mut stream = Stream::open(&server, "").await;
    let [rejected, approved] =
        [server.accepted("1", &comment()).await, server.accepted("2", &comment()).await];
    for (comment, status) in [(&rejected, Status::Rejected), (&approved, Status::Published)] {
        moderators::decide(&*other, id(comment), status).await;
    }
    let (name, comment, total) = told(stream.event().await.unwrap());
    assert_eq!((name.as_str(), comment.id.as_str(), total), ("comment", id(&approved), 1));
}

#[tokio::test]
async fn stream_goes_on_where_the_list_ends() {
    let server = running().await;
    assert_eq!(listing(&server).await.thread.event, None);
    server.accepted("1", &comment()).await;
    let event = listing(&server).await.thread.event.unwrap();
    let second = server.accepted("2", &comment()).await;
    let mut stream = Stream::open(&server, &format!("&after={event}")).await;
    assert_eq!(told(stream.event().await.unwrap()).1.id, id(&second));
    let mut all = Stream::open(&server, "&after=0").await;
    assert_eq!(all.event().await.unwrap().id, Some(1));
    assert_eq!(all.event().await.unwrap().id, Some(2));
}

#[tokio::test]
async fn id_of_a_browser_that_comes_back_goes_before_the_query() {
    let server = running().await;
    for key in ["1", "2", "3"] {
        server.accepted(key, &comment()).await;
    }
    // What is no id is passed over; one of another history loses nothing.
    for (header, first) in [("2", 3), ("x", 2), ("-1", 2), ("99999999999999999999", 2), ("400", 1), ("", 2)] {
        let request = live(&server, "&after=1").header("last-event-id", header);
        assert_eq!(Stream::of(request).await.event().await.unwrap().id, Some(first), "{header}");
    }
    for after in ["x", "-1", "", "+1"] {
        let problem = refused(live(&server, &format!("&after={after}"))).await;
        let told = (problem.status, problem.kind, problem.field.as_deref());
        assert_eq!(told, (400, ProblemKind::QueryInvalid, Some("after")), "{after}");
    }
}

#[tokio::test]
async fn stream_is_for_everybody_and_for_no_cache() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let asked =
        live(&server, "").header("origin", "https://evil.example").header("accept-encoding", "br, gzip");
    let response = asked.send().await.unwrap();
    assert_eq!(header(&response, "content-type"), "text/event-stream");
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(header(&response, "x-accel-buffering"), "no");
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert_eq!(header(&response, "content-encoding"), "");
    let unknown = server.get("/api/v1/comments/live?site=t&page=p");
    assert_eq!(refused(unknown).await.kind, ProblemKind::SiteUnknown);
}

#[tokio::test]
async fn other_threads_are_not_told() {
    let server = running().await;
    let mut stream = Stream::open(&server, "").await;
    server.accepted("1", &comment_with("page", "q")).await;
    server.accepted("2", &comment_with("text", "тут")).await;
    let body: Value = stream.event().await.unwrap().data["body"].clone();
    assert_eq!(body, json!([{"paragraph": ["тут"]}]));
}
