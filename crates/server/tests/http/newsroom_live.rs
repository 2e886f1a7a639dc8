//! `GET /api/v1/newsroom/live`

use dumka_api::newsroom::{Act, CommentChanged, LiveHello, StaffRole, Status, paths};

use crate::event_stream::Stream;
use crate::newsroom_people::{Asks, Newsroom, newsroom};

async fn follow(newsroom: &Newsroom, who: &Asks) -> Stream {
    Stream::reading(newsroom.ask(who, "GET", paths::LIVE)).await
}

/// Reads on to the next counters that say this of a site: the numbers of `new` and `pending`.
async fn until_counters(stream: &mut Stream, site: &str, expected: (u64, u64)) {
    loop {
        let event = stream.block().await.expect("the stream goes on");
        if event.name != "counters" {
            continue;
        }
        let hello: LiveHello = serde_json::from_value(event.data).unwrap();
        let counters = hello.sites.iter().find(|it| it.site == site).map(|it| it.counters);
        if counters.is_some_and(|it| (it.new, it.pending) == expected) {
            return;
        }
    }
}

/// Reads on to the next comment.
async fn comment(stream: &mut Stream) -> CommentChanged {
    loop {
        let event = stream.block().await.expect("the stream goes on");
        if event.name == "comment" {
            return serde_json::from_value(event.data).unwrap();
        }
    }
}

#[tokio::test]
async fn counters_comments_and_decisions_of_a_shell_are_told() {
    let newsroom = newsroom().await;
    let who = newsroom.sign_up("Olha", "a", StaffRole::Moderator).await;
    newsroom.post("a", "Перша").await;
    // What comes in the millisecond in which one begins to follow may be news.
    newsroom.clock.advance_secs(1);
    let mut stream = follow(&newsroom, &who).await;
    until_counters(&mut stream, "a", (1, 0)).await;
    let id = newsroom.post("a", "Друга").await.comment.id.to_string();
    let came = comment(&mut stream).await;
    assert_eq!((came.comment.comment.id.to_string(), came.decision.kind), (id.clone(), Act::Submit));
    until_counters(&mut stream, "a", (2, 0)).await;
    newsroom.shell_decides(&id, Act::Reject).await;
    let decided = comment(&mut stream).await;
    assert_eq!((decided.comment.comment.id.to_string(), decided.decision.kind), (id, Act::Reject));
    assert_eq!(decided.comment.status, Status::Rejected);
    until_counters(&mut stream, "a", (1, 0)).await;
}

#[tokio::test]
async fn nobody_is_told_of_a_site_that_is_not_theirs() {
    let newsroom = newsroom().await;
    let who = newsroom.sign_up("Olha", "a", StaffRole::Observer).await;
    let mut stream = follow(&newsroom, &who).await;
    let foreign = newsroom.post("b", "Чужа").await.comment.id.to_string();
    newsroom.shell_decides(&foreign, Act::Approve).await;
    let own = newsroom.post("a", "Своя").await.comment.id.to_string();
    loop {
        let event = stream.block().await.expect("the stream goes on");
        assert!(!event.data.to_string().contains("\"b\""), "{event:?}");
        if event.name == "comment" {
            let came: CommentChanged = serde_json::from_value(event.data).unwrap();
            assert_eq!(came.comment.comment.id.to_string(), own);
            assert_eq!(came.comment.author_of.email, None);
            break;
        }
    }
}
