//! A chain of ten thousand replies, each to the one before, in every form in which a thread is read.

use dumka_api::Listing;
use dumka_server::storage::NewCommentRecord;
use reqwest::StatusCode;

use crate::long_threads::{id, reply, server_over};
use crate::running::Running;

const NUMBER: u32 = 10_000;

/// Every comment's text is its number.
fn chain() -> Vec<NewCommentRecord> {
    let parent = |number: u32| number.checked_sub(1).map(id);
    (0..NUMBER)
        .map(|number| NewCommentRecord { parent: parent(number), ..reply(number, number.to_string()) })
        .collect()
}

fn all_ids() -> Vec<String> {
    (0..NUMBER).map(|number| id(number).to_string()).collect()
}

async fn text(server: &Running, address: &str) -> String {
    let response = server.get(address).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{address}");
    response.text().await.unwrap()
}

/// The comments of a drawn thread in its order.
fn drawn(html: &str) -> Vec<String> {
    let ids = html.split("<li id=\"comment-").skip(1).filter_map(|rest| rest.split_once('"'));
    ids.map(|(id, _)| id.to_owned()).collect()
}

/// Nothing is drawn deeper than a screen has room for.
fn assert_is_shallow(html: &str) {
    let depths = html.split(" data-depth=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    for (depth, _) in depths {
        assert!((0..=6).contains(&depth.parse::<u32>().unwrap()), "{depth}");
    }
}

#[tokio::test]
async fn chain_of_ten_thousand_replies_is_read_by_cursors_as_json_and_as_html() {
    let (server, _directory) = server_over(chain()).await;
    let (mut listed, mut seen, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let query = format!("/api/v1/comments?site=s&page=p{cursor}");
        let listing: Listing = serde_json::from_str(&text(&server, &query).await).unwrap();
        assert_eq!(listing.thread.total, u64::from(NUMBER));
        listed.extend(listing.comments);
        let html = text(&server, &format!("{query}&format=html&lang=en")).await;
        assert_is_shallow(&html);
        seen.extend(drawn(&html));
        let Some(next) = listing.next else { break };
        cursor = format!("&cursor={next}");
    }
    let ids: Vec<&str> = listed.iter().map(|comment| comment.id.as_str()).collect();
    assert!(ids == all_ids());
    let parents: Vec<_> = listed.iter().filter_map(|comment| comment.parent.as_deref()).collect();
    assert!(parents == ids[..ids.len() - 1], "each answers the one before it");
    assert!(seen == ids);
}

#[tokio::test]
async fn chain_of_ten_thousand_replies_is_read_page_by_page_without_a_script() {
    let (server, _directory) = server_over(chain()).await;
    let (mut seen, mut address) = (Vec::new(), "/thread?site=s&page=p&lang=en&limit=all".to_owned());
    loop {
        let page = text(&server, &address).await;
        assert_is_shallow(&page);
        seen.extend(drawn(&page));
        let Some((before, _)) = page.split_once("\" class=\"dumka-all\">") else { break };
        let (_, link) = before.rsplit_once("<a href=\"").unwrap();
        address = link.replace("&amp;", "&");
    }
    assert!(seen == all_ids());
}
