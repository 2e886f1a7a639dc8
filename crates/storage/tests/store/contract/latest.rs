//! The newest comments of a site, and its most discussed pages.

use std::sync::Arc;

use dumka_domain::comment::{CommentId, Status, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_storage::{DiscussedQuery, DiscussedRecord, LatestQuery, NewCommentRecord, Store};

use crate::fixture::{NOW, SetStatus, comment, id, insert, reply, thread};

fn elsewhere(number: u8, site: &str, page: &str) -> NewCommentRecord {
    NewCommentRecord { thread: ThreadKey { site: site.into(), page: page.into() }, ..comment(number) }
}

pub(crate) async fn newest_of_all_pages_come_first(store: &Arc<dyn Store>) {
    let url = Some("https://news.example/43".into());
    let other = NewCommentRecord { title: None, url, ..elsewhere(2, "news.example", "news/43") };
    insert(store, [comment(1), other, reply(3, 1)]).await;
    assert_eq!(latest(store, 10).await, [3, 2, 1]);
    assert_eq!(latest(store, 2).await, [3, 2]);
    let query = LatestQuery { site: thread().site, limit: 10 };
    let placed = store.latest(&query).await.unwrap();
    assert_eq!((placed[0].page.as_str(), placed[0].title.as_deref()), ("news/42", Some("Title")));
    assert_eq!((placed[1].page.as_str(), placed[1].title.as_deref()), ("news/43", None));
    assert_eq!(placed[1].url.as_deref(), Some("https://news.example/43"));
}

pub(crate) async fn only_published_comments_of_the_site_are_listed(store: &Arc<dyn Store>) {
    let pending = NewCommentRecord { status: Status::Pending, ..comment(3) };
    insert(store, [comment(1), elsewhere(2, "other.example", "a"), pending, comment(4)]).await;
    assert_eq!(latest(store, 10).await, [4, 1]);
    store.set_status(id(4), Status::Deleted, NOW).await.unwrap();
    store.set_status(id(3), Status::Published, NOW).await.unwrap();
    assert_eq!(latest(store, 10).await, [3, 1]);
}

pub(crate) async fn pages_with_the_most_published_comments_since_a_time_come_first(store: &Arc<dyn Store>) {
    let at = |seconds: i64, page: &str, number: u8| NewCommentRecord {
        id: CommentId::new(UnixMillis(seconds * 1_000), [number; 10]),
        ..elsewhere(number, "news.example", page)
    };
    let pending = NewCommentRecord { status: Status::Pending, ..at(20, "quiet", 9) };
    insert(store, [at(1, "old", 1), at(2, "old", 2), at(3, "old", 3), at(10, "busy", 4), at(11, "quiet", 5)])
        .await;
    insert(store, [at(12, "busy", 6), at(13, "later", 7), elsewhere(8, "other.example", "a"), pending]).await;
    let since = |seconds: i64, limit| DiscussedQuery {
        site: thread().site,
        since: UnixMillis(seconds * 1_000),
        limit,
    };
    let listed = async |query| -> Vec<(String, u64)> {
        let pages: Vec<DiscussedRecord> = store.discussed(&query).await.unwrap();
        pages.into_iter().map(|page| (page.page, page.comments)).collect()
    };
    let told = |pages: &[(&str, u64)]| -> Vec<(String, u64)> {
        pages.iter().map(|(page, comments)| ((*page).to_owned(), *comments)).collect()
    };
    assert_eq!(listed(since(10, 9)).await, told(&[("busy", 2), ("later", 1), ("quiet", 1)]));
    assert_eq!(listed(since(0, 2)).await, told(&[("old", 3), ("busy", 2)]));
    assert_eq!(listed(since(13, 9)).await, told(&[("later", 1)]));
    let record = &store.discussed(&since(13, 1)).await.unwrap()[0];
    assert_eq!((record.title.as_deref(), record.url.as_deref()), (Some("Title"), None));
}

async fn latest(store: &Arc<dyn Store>, limit: u32) -> Vec<u128> {
    let query = LatestQuery { site: thread().site, limit };
    let comments = store.latest(&query).await.unwrap();
    comments.iter().map(|placed| placed.comment.id.0.as_u128()).collect()
}
