//! Featured and pinned comments, as readers get them.

use dumka_api::newsroom::Act;
use dumka_api::{Feature, Listing};
use serde_json::Value;

use crate::event_stream::Stream;
use crate::page_ids::listing;
use crate::running::{comment, comment_with};
use crate::steered::Steered;

/// Posts three comments and a reply to the second one; returns their ids.
async fn discussion(steered: &Steered) -> Vec<String> {
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(steered.server.accepted(text, &comment_with("text", text)).await.comment.id.to_string());
    }
    let mut reply = comment();
    (reply["parent"], reply["text"]) = (ids[1].clone().into(), "a reply".into());
    ids.push(steered.server.accepted("reply", &reply).await.comment.id.to_string());
    ids
}

fn ids(listing: &Listing) -> Vec<&str> {
    listing.comments.iter().map(|comment| comment.id.as_str()).collect()
}

#[tokio::test]
async fn featured_comments_are_listed_alone_and_offered_where_there_are_some() {
    let steered = Steered::start().await;
    let server = &steered.server;
    let all = discussion(&steered).await;
    assert!(!listing(server, "site=s&page=p").await.thread.features.contains(&Feature::Featured));
    let page = server.get("/thread?site=s&page=p&lang=en").send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("dumka-featured"), "{page}");
    for featured in [&all[3], &all[0]] {
        steered.mark(featured, Act::Feature).await;
    }
    let whole = listing(server, "site=s&page=p").await;
    assert!(whole.thread.features.contains(&Feature::Featured));
    assert_eq!(whole.comments.len(), 4);
    let featured = listing(server, "site=s&page=p&sort=featured").await;
    assert_eq!(ids(&featured), [&all[0], &all[3]]);
    assert_eq!(featured.comments[1].parent.as_deref(), Some(all[1].as_str()));
    let first = listing(server, "site=s&page=p&sort=featured&limit=1").await;
    let rest = format!("site=s&page=p&sort=featured&limit=1&cursor={}", first.next.as_deref().unwrap());
    assert_eq!((ids(&first), ids(&listing(server, &rest).await)), (vec![&*all[0]], vec![&*all[3]]));
    for sort in ["oldest", "featured"] {
        let path = format!("/thread?site=s&page=p&lang=en&sort={sort}");
        let page = server.get(&path).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("class=\"dumka-featured\"") && page.contains("&amp;sort=featured"), "{page}");
        assert_eq!(page.matches("dumka-badge dumka-featured-badge\">featured</span>").count(), 2, "{page}");
    }
}

#[tokio::test]
async fn pinned_comment_stands_first_in_every_order_and_says_so() {
    let steered = Steered::start().await;
    let server = &steered.server;
    let all = discussion(&steered).await;
    steered.mark(&all[2], Act::Pin).await;
    for (sort, second) in [("oldest", 0), ("newest", 1), ("best", 0)] {
        let first = listing(server, &format!("site=s&page=p&sort={sort}&limit=2")).await;
        assert_eq!(ids(&first)[..2], [&*all[2], &*all[second]], "{sort}");
        assert!(first.comments[0].pinned && !first.comments[1].pinned);
        let rest = format!("site=s&page=p&sort={sort}&cursor={}", first.next.as_deref().unwrap());
        let rest = listing(server, &rest).await;
        assert!(!ids(&rest).contains(&&*all[2]), "{sort}");
    }
    let path = "/api/v1/comments?site=s&page=p&format=html&lang=uk";
    let html = server.get(path).send().await.unwrap().text().await.unwrap();
    assert_eq!(html.matches("dumka-badge dumka-pinned-badge\">закріплено</span>").count(), 1, "{html}");
}

#[tokio::test]
async fn marks_are_absent_where_there_are_none() {
    let steered = Steered::start().await;
    let all = discussion(&steered).await;
    steered.mark(&all[0], Act::Feature).await;
    let json: Value = steered.server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!(json["comments"][0]["featured"], true);
    assert!(json["comments"][0].get("pinned").is_none() && json["comments"][1].get("featured").is_none());
    assert!(json["thread"].get("notice").is_none() && json["thread"].get("slow_secs").is_none());
}

#[tokio::test]
async fn mark_arrives_as_an_edit() {
    let steered = Steered::start().await;
    let all = discussion(&steered).await;
    let mut stream = Stream::open(&steered.server, "").await;
    steered.mark(&all[0], Act::Feature).await;
    let told = stream.event().await.unwrap();
    assert_eq!((told.name.as_str(), told.data["id"].as_str()), ("edited", Some(&*all[0])));
    assert_eq!(told.data["featured"], true);
}
