//! The newest comments of a site.

use std::sync::Arc;

use dumka_domain::comment::Status;
use dumka_domain::thread::ThreadKey;
use dumka_storage::{LatestQuery, NewCommentRecord, Store};

use crate::fixture::{NOW, comment, id, insert, reply, thread};

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

async fn latest(store: &Arc<dyn Store>, limit: u32) -> Vec<u128> {
    let query = LatestQuery { site: thread().site, limit };
    let comments = store.latest(&query).await.unwrap();
    comments.iter().map(|placed| placed.comment.id.0.as_u128()).collect()
}
