//! New comments, counts, versions and revisions.

use std::sync::Arc;

use dumka_api::Votes;
use dumka_domain::comment::{Marks, Status, StoredComment, UnixMillis};
use dumka_domain::thread::ThreadKey;
use dumka_storage::{NewCommentRecord, Store, StoreError, SubmitError, SubmitResult};
use tokio::task::JoinSet;

use crate::fixture::{NOW, SetStatus, comment, id, insert, list, numbered, reply, submit, thread, whole};

pub(crate) async fn stored_comment_comes_back_as_it_was_sent(store: &Arc<dyn Store>) {
    let odd = "Ім'я \u{1F600} '; DROP TABLE comments --";
    let sent = NewCommentRecord {
        author_name: odd.into(),
        url: Some("https://news.example/42".into()),
        ..comment(1)
    };
    let expected = StoredComment {
        id: sent.id,
        parent: None,
        author_name: odd.into(),
        badge: None,
        created_at: sent.created_at,
        edited_at: None,
        status: Status::Published,
        body: sent.body.clone(),
        marks: Marks::default(),
        votes: Votes::default(),
    };
    assert_eq!(store.submit(sent).await.unwrap(), SubmitResult::Created(expected.clone()));
    let page = list(store, whole(thread())).await;
    assert_eq!(page.comments, [expected]);
    assert_eq!(page.thread.title.as_deref(), Some("Title"));
    assert_eq!(page.thread.url.as_deref(), Some("https://news.example/42"));
    assert_eq!(page.thread.opened_at, Some(UnixMillis(1_000)));
}

pub(crate) async fn same_key_gives_the_same_comment_once(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let retry = NewCommentRecord { id: id(2), created_at: UnixMillis(9_000), ..comment(1) };
    let SubmitResult::Existing(again) = store.submit(retry).await.unwrap() else { panic!("kept twice") };
    assert_eq!((again.id, again.created_at), (id(1), UnixMillis(1_000)));

    let at_once: JoinSet<_> =
        (3..20).map(|n| submit(store, NewCommentRecord { id: id(n), ..comment(30) })).collect();
    let accepted = at_once.join_all().await;
    let kept = accepted.iter().filter(|accepted| matches!(accepted, Ok(SubmitResult::Created(_))));
    assert_eq!(kept.count(), 1);
    assert!(accepted.iter().all(Result::is_ok));
    assert_eq!(list(store, whole(thread())).await.thread.total, 2);
}

pub(crate) async fn same_key_with_another_request_is_refused(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let other = NewCommentRecord { id: id(2), request_hash: [9; 32], ..comment(1) };
    assert!(matches!(store.submit(other).await, Err(SubmitError::KeyReused)));
}

pub(crate) async fn parent_must_be_published_and_in_this_thread(store: &Arc<dyn Store>) {
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [comment(1), NewCommentRecord { thread: elsewhere, ..comment(2) }]).await;
    insert(store, [NewCommentRecord { status: Status::Pending, ..comment(3) }, comment(4), comment(5)]).await;
    store.set_status(id(4), Status::Deleted, NOW).await.unwrap();
    store.set_status(id(5), Status::Rejected, NOW).await.unwrap();
    for parent in [99, 2, 3, 4, 5] {
        let refused = store.submit(reply(100 + parent, parent)).await;
        assert!(matches!(refused, Err(SubmitError::ParentNotFound)), "{parent}");
    }
    insert(store, [reply(6, 1)]).await;
    let page = list(store, whole(thread())).await;
    assert_eq!((page.comments.len(), page.thread.total), (2, 2), "what was refused left no trace");
}

pub(crate) async fn closed_thread_takes_no_comment(store: &Arc<dyn Store>) {
    let after = |moment| Some(UnixMillis(moment));
    insert(store, [NewCommentRecord { refuse_threads_opened_before: after(5_000), ..comment(1) }]).await;
    let late = NewCommentRecord { refuse_threads_opened_before: after(1_001), ..comment(2) };
    assert!(matches!(store.submit(late).await, Err(SubmitError::ThreadClosed)));
    insert(store, [NewCommentRecord { refuse_threads_opened_before: after(1_000), ..comment(3) }]).await;
    assert_eq!(list(store, whole(thread())).await.thread.total, 2);
}

pub(crate) async fn counts_come_in_the_order_asked(store: &Arc<dyn Store>) {
    let on_page = |number, page: &str| NewCommentRecord {
        thread: ThreadKey { page: page.into(), ..thread() },
        ..comment(number)
    };
    insert(store, [on_page(1, "a"), on_page(2, "b"), on_page(3, "b")]).await;
    let pages = ["b", "none", "a", "b"].map(String::from);
    assert_eq!(store.counts("news.example", &pages).await.unwrap(), [2, 0, 1, 2]);
    assert_eq!(store.counts("other.example", &pages).await.unwrap(), [0, 0, 0, 0]);
    assert_eq!(store.counts("news.example", &[]).await.unwrap(), [0; 0]);
}

pub(crate) async fn version_is_later_after_every_write_and_the_same_between(store: &Arc<dyn Store>) {
    let mut known = store.version().await.unwrap();
    for number in 1..4 {
        insert(store, [comment(number)]).await;
        let now = store.version().await.unwrap();
        assert!(now.generation == known.generation && now.writes > known.writes, "{known:?} {now:?}");
        assert_eq!(store.version().await.unwrap(), now);
        known = now;
    }
    store.set_status(id(1), Status::Deleted, NOW).await.unwrap();
    assert_ne!(store.version().await.unwrap(), known);
}

pub(crate) async fn revisions_come_in_the_order_asked(store: &Arc<dyn Store>) {
    let at = |site: &str, page: &str| ThreadKey { site: site.into(), page: page.into() };
    let own = thread();
    let other = at("other.example", &own.page);
    let in_other = |number| NewCommentRecord { thread: other.clone(), ..comment(number) };
    insert(store, [comment(1), comment(2), in_other(3)]).await;
    let nowhere = at(&own.site, "nobody wrote here");
    let asked = [other.clone(), nowhere, own.clone(), own];
    assert_eq!(store.revisions(&asked).await.unwrap(), [Some(1), None, Some(2), Some(2)]);
    assert_eq!(store.revisions(&[]).await.unwrap(), []);
    // More than one statement takes.
    let many: Vec<_> = (0..1_200).map(|page| at("other.example", &page.to_string())).chain([other]).collect();
    let revisions = store.revisions(&many).await.unwrap();
    assert_eq!((revisions.len(), revisions.last()), (1_201, Some(&Some(1))));
}

pub(crate) async fn revision_is_the_threads_own(store: &Arc<dyn Store>) {
    let revision = async || store.revision(&thread()).await.unwrap();
    assert_eq!(revision().await, None);
    insert(store, [comment(1)]).await;
    let first = revision().await;
    assert_eq!(list(store, whole(thread())).await.thread.revision, first);
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [NewCommentRecord { thread: elsewhere, ..comment(2) }]).await;
    assert_eq!(revision().await, first);
    insert(store, [reply(3, 1)]).await;
    let second = revision().await;
    assert!(first.is_some() && second > first);
    store.set_status(id(3), Status::Rejected, NOW).await.unwrap();
    assert!(revision().await > second);
}

pub(crate) async fn first_comments_at_once_open_one_thread(store: &Arc<dyn Store>) {
    let at_once: JoinSet<_> = (1..=20).map(|number| submit(store, comment(number))).collect();
    assert!(at_once.join_all().await.iter().all(Result::is_ok));
    let page = list(store, whole(thread())).await;
    assert_eq!((page.comments.len(), page.thread.total), (20, 20));
}

pub(crate) async fn concurrent_comments_are_all_stored(store: &Arc<dyn Store>) {
    let in_ten_threads = |number: u32| NewCommentRecord {
        thread: ThreadKey { page: format!("page/{}", number % 10), ..thread() },
        ..numbered(number)
    };
    let at_once: JoinSet<_> = (1..=200).map(|number| submit(store, in_ten_threads(number))).collect();
    assert!(at_once.join_all().await.iter().all(Result::is_ok));
    let pages: Vec<_> = (0..10).map(|page| format!("page/{page}")).collect();
    assert_eq!(store.counts("news.example", &pages).await.unwrap(), [20; 10]);
}

pub(crate) async fn secret_is_stored_the_first_time(store: &Arc<dyn Store>) {
    assert_eq!(store.init_secret([7; 32]).await.unwrap(), [7; 32]);
    assert_eq!(store.init_secret([8; 32]).await.unwrap(), [7; 32]);
}

pub(crate) async fn store_that_works_answers_a_ping(store: &Arc<dyn Store>) {
    store.ping().await.unwrap();
}

pub(crate) async fn closed_store_says_that_it_is_unavailable(store: &Arc<dyn Store>) {
    store.close().await;
    let refused = store.submit(comment(1)).await;
    assert!(matches!(refused, Err(SubmitError::Store(StoreError::Unavailable(_)))));
    assert!(matches!(store.counts("news.example", &["a".into()]).await, Err(StoreError::Unavailable(_))));
}
