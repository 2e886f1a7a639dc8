//! A thread's title, address and age: they come from its published comments alone.

use std::sync::Arc;

use dumka_domain::comment::{Status, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_domain::thread::MetadataSource;
use dumka_storage::{EditInput, LatestQuery, NewCommentRecord, Store, SubmitError};

use crate::fixture::{NOW, comment, id, insert, list, thread, whole};

/// A comment that calls its page so.
fn naming(number: u8, name: &str, metadata_source: MetadataSource) -> NewCommentRecord {
    let url = Some(format!("https://news.example/{name}"));
    NewCommentRecord { title: Some(name.into()), url, metadata_source, ..comment(number) }
}

fn pending(submission: NewCommentRecord) -> NewCommentRecord {
    NewCommentRecord { status: Status::Pending, ..submission }
}

/// The title, which must be told with the address of the same comment, also beside the newest comments.
async fn name(store: &Arc<dyn Store>) -> Option<String> {
    let told = list(store, whole(thread())).await.thread;
    assert_eq!(told.url, told.title.as_ref().map(|name| format!("https://news.example/{name}")));
    let latest = store.latest(&LatestQuery { site: thread().site, limit: 9 }).await.unwrap();
    assert!(latest.iter().all(|placed| (&placed.title, &placed.url) == (&told.title, &told.url)));
    told.title
}

pub(crate) async fn thread_is_named_by_published_comments_alone(store: &Arc<dyn Store>) {
    insert(store, [pending(naming(1, "a", MetadataSource::Site)), comment(2).without_words()]).await;
    assert_eq!(name(store).await, None);
    let before = store.revision(&thread()).await.unwrap();
    store.set_status(id(1), Status::Rejected, NOW).await.unwrap();
    assert_eq!(name(store).await, None);
    store.set_status(id(1), Status::Published, NOW).await.unwrap();
    assert_eq!(name(store).await.as_deref(), Some("a"));
    store.set_status(id(1), Status::Deleted, NOW).await.unwrap();
    assert_eq!(name(store).await, None);
    assert!(store.revision(&thread()).await.unwrap() > before);
}

pub(crate) async fn later_value_from_the_site_replaces_an_earlier_one(store: &Arc<dyn Store>) {
    insert(store, [naming(1, "a", MetadataSource::Unverified), naming(2, "b", MetadataSource::Unverified)])
        .await;
    assert_eq!(name(store).await.as_deref(), Some("a"), "others fill what is empty alone");
    insert(store, [naming(3, "c", MetadataSource::Site)]).await;
    assert_eq!(name(store).await.as_deref(), Some("c"));
    insert(store, [pending(naming(4, "d", MetadataSource::Site)), naming(5, "e", MetadataSource::Site)])
        .await;
    insert(store, [naming(6, "f", MetadataSource::Unverified), comment(7).without_words()]).await;
    assert_eq!(name(store).await.as_deref(), Some("e"));
    store.set_status(id(4), Status::Published, NOW).await.unwrap();
    assert_eq!(
        name(store).await.as_deref(),
        Some("e"),
        "an earlier word that is published later is not a later one"
    );
}

pub(crate) async fn title_goes_with_its_comment_and_another_replaces_it(store: &Arc<dyn Store>) {
    insert(
        store,
        [
            naming(1, "a", MetadataSource::Unverified),
            naming(2, "b", MetadataSource::Site),
            naming(3, "c", MetadataSource::Site),
        ],
    )
    .await;
    store.edit(EditInput { status: Status::Pending, ..other_text(3) }).await.unwrap();
    assert_eq!(name(store).await.as_deref(), Some("b"));
    assert!(store.delete_by_author(id(2), NOW).await.unwrap());
    assert_eq!(name(store).await.as_deref(), Some("a"));
    store.set_status(id(3), Status::Published, NOW).await.unwrap();
    assert_eq!(name(store).await.as_deref(), Some("c"));
    for number in [3, 1] {
        store.set_status(id(number), Status::Rejected, NOW).await.unwrap();
    }
    assert_eq!(name(store).await, None);
}

pub(crate) async fn missing_title_removes_nothing(store: &Arc<dyn Store>) {
    insert(
        store,
        [naming(1, "a", MetadataSource::Site), naming(2, "a", MetadataSource::Site).without_words()],
    )
    .await;
    let untitled = NewCommentRecord { title: None, ..naming(3, "c", MetadataSource::Site) };
    insert(store, [untitled]).await;
    let told = list(store, whole(thread())).await.thread;
    assert_eq!((told.title.as_deref(), told.url.as_deref()), (Some("a"), Some("https://news.example/c")));
    store.set_status(id(3), Status::Deleted, NOW).await.unwrap();
    assert_eq!(name(store).await.as_deref(), Some("a"));
}

/// A pending comment, written before the article is there, does not close it for its readers.
pub(crate) async fn thread_closes_by_the_age_of_its_published_comments(store: &Arc<dyn Store>) {
    let on_day = |day: i64| UnixMillis(NOW.0 + day * 86_400_000);
    let sent = |number, day| NewCommentRecord {
        created_at: on_day(day),
        refuse_threads_opened_before: Some(on_day(day - 7)),
        ..comment(number)
    };
    insert(store, [pending(sent(1, 0)), sent(2, 1)]).await;
    store.set_status(id(2), Status::Deleted, on_day(2)).await.unwrap();
    assert_eq!(list(store, whole(thread())).await.thread.opened_at, None);
    insert(store, [pending(sent(3, 30))]).await;
    store.set_status(id(1), Status::Published, on_day(30)).await.unwrap();
    assert_eq!(list(store, whole(thread())).await.thread.opened_at, Some(on_day(30)));
    insert(store, [sent(4, 31), sent(5, 37)]).await;
    assert!(matches!(store.submit(sent(6, 38)).await, Err(SubmitError::ThreadClosed)));
    store.set_status(id(1), Status::Rejected, on_day(38)).await.unwrap();
    assert_eq!(list(store, whole(thread())).await.thread.opened_at, Some(on_day(31)));
    insert(store, [sent(7, 38)]).await;
}

fn other_text(number: u128) -> EditInput {
    let (text, body) = ("Other".to_owned(), dumka_api::Body::Plain("Other".into()));
    EditInput {
        id: id(number),
        text,
        body,
        status: Status::Published,
        base: EditBase::Any,
        detected: Vec::new(),
        edited_at: NOW,
    }
}

/// A submission that says nothing of its page.
trait WithoutWords {
    fn without_words(self) -> Self;
}

impl WithoutWords for NewCommentRecord {
    fn without_words(self) -> Self {
        Self { title: None, url: None, ..self }
    }
}
