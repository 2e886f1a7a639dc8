//! Threads that no single answer holds: what an answer weighs, how it goes on, where a permalink begins it.

use dumka_api::newsroom::ActorKind;
use dumka_api::{Body, Listing, ProblemKind};
use dumka_server::domain::comment::{CommentId, Status, UnixMillis};
use dumka_server::domain::thread::{MetadataSource, ThreadKey};
use dumka_server::storage::{self, DecidedBy, NewCommentRecord};
use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::running::{Running, comment, comment_with, header, refused, running, running_with};
use crate::test_store::TestStore;

const WIRE_MAX_BYTES: usize = 60 * 1_000;
/// Comments that are stored together, so that they share a sync.
const AT_ONCE: usize = 200;

/// A server over a thread with one comment and many replies to it, and its database.
async fn many_replies(number: u32, text: fn(u32) -> String) -> (Running, TestStore) {
    server_over((0..number).map(|number| reply(number, text(number))).collect()).await
}

/// A server over a thread of these comments, and its database. Tasks of a single-threaded runtime
/// start in order, so each comment may answer the one before it.
pub async fn server_over(submissions: Vec<NewCommentRecord>) -> (Running, TestStore) {
    let kept = TestStore::create().await;
    let store = storage::open(kept.url()).await.unwrap();
    for some in submissions.chunks(AT_ONCE) {
        let submit = |submission: &NewCommentRecord| {
            let (store, submission) = (store.clone(), submission.clone());
            async move { store.submit(submission).await }
        };
        for accepted in some.iter().map(submit).collect::<JoinSet<_>>().join_all().await {
            accepted.unwrap();
        }
    }
    store.close().await;
    (running_with(|settings| settings.database = kept.url()).await, kept)
}

/// Comment 0 is the one that all others answer. Ids, names and moments are as unlike as in life.
pub fn reply(number: u32, text: String) -> NewCommentRecord {
    let mut key_hash = [0; 32];
    key_hash[..4].copy_from_slice(&number.to_be_bytes());
    NewCommentRecord {
        thread: ThreadKey { site: "s".into(), page: "p".into() },
        title: None,
        url: None,
        metadata_source: MetadataSource::Unverified,
        id: id(number),
        parent: (number > 0).then(|| id(0)),
        author_name: letters(number, 'а'..='я').take(8).collect(),
        author_email: None,
        body: Body::Plain(text.clone()),
        text,
        badge: None,
        by: DecidedBy::one(ActorKind::Author),
        status: Status::Published,
        detected: Vec::new(),
        created_at: UnixMillis(1_777_627_800_000 + i64::from(number) * 12_345_678),
        key_hash,
        request_hash: [1; 32],
        edit_token_hash: [2; 32],
        author_hash: [3; 32],
        refuse_threads_opened_before: None,
    }
}

pub fn id(number: u32) -> CommentId {
    let chance: Vec<u8> = numbers(number).take(3).flat_map(u32::to_be_bytes).collect();
    CommentId::new(UnixMillis(1_777_627_800_000 + i64::from(number)), chance[..10].try_into().unwrap())
}

/// Numbers without a pattern that compression could find (Knuth's linear congruential generator).
fn numbers(seed: u32) -> impl Iterator<Item = u32> {
    let next = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    std::iter::successors(Some(u64::from(seed) + 1), next)
        .skip(1)
        .filter_map(|state| u32::try_from(state >> 32).ok())
}

fn letters(seed: u32, from: std::ops::RangeInclusive<char>) -> impl Iterator<Item = char> {
    let (first, last) = (*from.start() as u32, *from.end() as u32);
    numbers(seed).filter_map(move |number| char::from_u32(first + number % (last - first + 1)))
}

async fn listing(server: &Running, query: &str) -> Listing {
    server.list(&format!("site=s&page=p&{query}")).send().await.unwrap().json().await.unwrap()
}

fn ids(listing: &Listing) -> Vec<&str> {
    listing.comments.iter().map(|comment| comment.id.as_str()).collect()
}

#[tokio::test]
async fn answer_stays_below_sixty_kilobytes_whatever_was_written() {
    // Short ones; long ones; letters of which every one is a surprise.
    let texts: [fn(u32) -> String; 3] = [
        |number| letters(number, 'а'..='я').take(40).collect(),
        |number| letters(number, 'а'..='я').take(2_000).collect(),
        |number| letters(number, '一'..='龥').take(500).collect(),
    ];
    for text in texts {
        let (server, _directory) = many_replies(400, text).await;
        for query in ["limit=100", "limit=100&format=html&lang=uk"] {
            let request =
                server.list(&format!("site=s&page=p&{query}")).header("accept-encoding", "br, gzip");
            let response = request.send().await.unwrap();
            assert_eq!(header(&response, "content-encoding"), "br");
            let bytes = response.bytes().await.unwrap().len();
            assert!(bytes < WIRE_MAX_BYTES, "{query}: {bytes} bytes");
        }
    }
}

#[tokio::test]
async fn next_leads_through_a_tree_that_no_answer_holds() {
    let (server, _directory) = many_replies(701, |number| format!("{number}")).await;
    let (mut seen, mut query) = (Vec::new(), "limit=1".to_owned());
    loop {
        let part = listing(&server, &query).await;
        assert!(part.comments.len() <= 300 && part.thread.total == 701 && !part.earlier);
        seen.extend(ids(&part).iter().map(ToString::to_string));
        let Some(next) = part.next else { break };
        query = format!("limit=1&cursor={next}");
    }
    assert_eq!(seen, (0..701).map(|number| id(number).to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn permalink_to_a_far_reply_begins_there() {
    let (server, _directory) = many_replies(701, |number| format!("{number}")).await;
    let asked = id(650).to_string();
    let part = listing(&server, &format!("comment={asked}")).await;
    assert_eq!((ids(&part)[0], part.comments.len(), part.earlier), (asked.as_str(), 51, true));
    let page = server.get(&format!("/thread?site=s&page=p&comment={asked}")).send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains(&format!("id=\"comment-{asked}\"")) && !page.contains(&id(649).to_string()));
    let (before, _) = page.split_once("\" class=\"dumka-show-earlier\">").unwrap();
    let (_, beginning) = before.rsplit_once("<a href=\"").unwrap();
    let beginning = server.get(&beginning.replace("&amp;", "&")).send().await.unwrap().text().await.unwrap();
    assert!(
        beginning.contains(&id(0).to_string()) && !beginning.contains("dumka-show-earlier"),
        "{beginning}"
    );
}

#[tokio::test]
async fn permalink_begins_at_the_top_level_comment_it_stands_under() {
    let server = running().await;
    let mut written = Vec::new();
    for key in ["1", "2", "3"] {
        written.push(server.accepted(key, &comment()).await.comment.id);
    }
    let reply = server.accepted("4", &comment_with("parent", written[1].as_str())).await.comment.id;
    let part = listing(&server, &format!("comment={reply}")).await;
    assert_eq!((ids(&part), part.earlier), (vec![written[1].as_str(), &reply, &written[2]], true));
    let first = listing(&server, &format!("comment={}", written[0])).await;
    assert_eq!((first.comments.len(), first.earlier), (4, false));
}

#[tokio::test]
async fn dead_permalink_shows_the_thread() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let other = server.accepted("2", &comment_with("page", "other")).await.comment.id;
    let whole = server.list("site=s&page=p").send().await.unwrap();
    for dead in [other.as_str(), "", "x", "%00", "00000000-0000-7000-8000-000000000000"] {
        let response = server.list(&format!("site=s&page=p&comment={dead}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{dead}");
        assert_eq!(header(&response, "etag"), header(&whole, "etag"), "{dead}");
    }
}

#[tokio::test]
async fn list_begins_at_a_comment_or_at_a_cursor_not_at_both() {
    let server = running().await;
    let id = server.accepted("1", &comment()).await.comment.id;
    let problem = refused(server.list(&format!("site=s&page=p&comment={id}&cursor={id}"))).await;
    assert_eq!((problem.status, problem.kind), (400, ProblemKind::QueryInvalid));
}

#[tokio::test]
async fn form_leads_to_its_comment_where_no_page_holds_all() {
    let server = running().await;
    for key in 0..30 {
        server.accepted(&key.to_string(), &comment_with("text", "ї".repeat(9_999))).await;
    }
    let post = server.request("POST", "/thread?site=s&page=p&lang=uk&sort=oldest");
    let post = post.header("content-type", "application/x-www-form-urlencoded").body("text=last&name=x");
    // The client follows the redirect as a browser does.
    let response = post.send().await.unwrap();
    let (_, place) = response.url().as_str().split_once("&comment=").unwrap();
    let id = place.split('&').next().unwrap().to_owned();
    let page = response.text().await.unwrap();
    assert!(page.contains(&format!("id=\"comment-{id}\"")) && page.contains("<p>last</p>"), "{page}");
    assert_eq!(page.matches("class=\"dumka-comment\"").count(), 1);
}
