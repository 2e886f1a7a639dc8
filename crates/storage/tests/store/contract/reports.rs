//! Reports, and their effect on a comment.

use std::sync::Arc;

use dumka_api::ReportReason;
use dumka_domain::comment::{Status, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_domain::token::TokenHash;
use dumka_storage::{EditInput, NewCommentRecord, OpenReport, QueueFilter, ReportError, ReportInput, Store};
use uuid::Uuid;

use crate::fixture::{NOW, comment, id, insert, list, numbers, reply, thread, whole};

/// A report of a comment by a reader at an address of their own, which never holds it.
fn report(comment: u8, reader: u8) -> ReportInput {
    ReportInput {
        id: Uuid::from_u128(u128::from(comment) * 1_000 + u128::from(reader)),
        comment: id(comment.into()),
        reader_hash: TokenHash([reader; 32]),
        address_hash: [reader; 32],
        reason: ReportReason::Hate,
        note: None,
        created_at: UnixMillis(i64::from(reader)),
        to_hold: 0,
    }
}

pub(crate) async fn report_is_stored_with_its_reason_note_and_time(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let noted = ReportInput { reason: ReportReason::Other, note: Some("note".into()), ..report(1, 1) };
    for report in [report(1, 2), noted] {
        store.report(report).await.unwrap();
    }
    let told = |reason, note: Option<&str>, millis| OpenReport {
        reason,
        note: note.map(Into::into),
        created_at: UnixMillis(millis),
    };
    let reports = store.open_reports(id(1)).await.unwrap();
    assert_eq!(reports, [told(ReportReason::Other, Some("note"), 1), told(ReportReason::Hate, None, 2)]);
}

pub(crate) async fn reader_reports_a_comment_once(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    store.report(report(1, 1)).await.unwrap();
    let again = ReportInput { id: Uuid::nil(), reason: ReportReason::Spam, ..report(1, 1) };
    assert!(matches!(store.report(again).await, Err(ReportError::AlreadyReported)));
    store.report(report(2, 1)).await.unwrap();
    assert_eq!(store.open_reports(id(1)).await.unwrap().len(), 1);
}

pub(crate) async fn only_published_comments_are_reported(store: &Arc<dyn Store>) {
    insert(store, [NewCommentRecord { status: Status::Pending, ..comment(1) }, comment(2)]).await;
    store.set_status(id(2), Status::Deleted, NOW).await.unwrap();
    for number in [1, 2, 3] {
        assert!(matches!(store.report(report(number, 1)).await, Err(ReportError::NotPublished)), "{number}");
    }
}

pub(crate) async fn comment_is_held_when_enough_addresses_reported_it(store: &Arc<dyn Store>) {
    insert(store, [comment(1), reply(2, 1), comment(3)]).await;
    let of_two =
        |reader, address| ReportInput { to_hold: 2, address_hash: [address; 32], ..report(1, reader) };
    store.report(of_two(1, 1)).await.unwrap();
    // Another browser at the same address.
    store.report(of_two(2, 1)).await.unwrap();
    assert_eq!(shown(store).await, (vec![1, 2, 3], 3));
    let before = store.revision(&thread()).await.unwrap();

    store.report(of_two(3, 2)).await.unwrap();

    assert_eq!(list(store, whole(thread())).await.comments[0].status, Status::Pending);
    assert_eq!(shown(store).await, (vec![1, 2, 3], 2));
    assert!(store.revision(&thread()).await.unwrap() > before);
    assert!(matches!(store.report(of_two(4, 3)).await, Err(ReportError::NotPublished)));
}

pub(crate) async fn decision_resolves_the_reports_before_it(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let of_two = |reader| ReportInput { to_hold: 2, ..report(1, reader) };
    for reader in [1, 2] {
        store.report(of_two(reader)).await.unwrap();
    }
    store.set_status(id(1), Status::Published, NOW).await.unwrap();
    assert_eq!(store.open_reports(id(1)).await.unwrap(), []);

    store.report(of_two(3)).await.unwrap();
    assert_eq!(shown(store).await, (vec![1], 1));
    assert!(matches!(store.report(of_two(1)).await, Err(ReportError::AlreadyReported)));
    assert_eq!(store.open_reports(id(1)).await.unwrap().len(), 1);
}

pub(crate) async fn approved_text_is_not_held_by_reports_and_its_next_one_is(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    let of_two = |comment, reader| ReportInput { to_hold: 2, ..report(comment, reader) };
    // Whether it waited or not: what a moderator says is said.
    store.set_status(id(1), Status::Published, NOW).await.unwrap();
    store.set_status(id(2), Status::Published, NOW).await.unwrap();
    store.set_status(id(2), Status::Pending, NOW).await.unwrap();
    store.set_status(id(2), Status::Published, NOW).await.unwrap();
    for (comment, reader) in [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)] {
        store.report(of_two(comment, reader)).await.unwrap();
    }
    assert_eq!(shown(store).await, (vec![1, 2], 2));
    assert_eq!(queued(store, true).await, [(2, 3), (1, 3)], "the moderators see the reports all the same");

    let (text, body) = ("Other".to_owned(), dumka_api::Body::Plain("Other".into()));
    let edit = EditInput {
        id: id(1),
        text,
        body,
        status: Status::Published,
        base: EditBase::Any,
        detected: Vec::new(),
        edited_at: NOW,
    };
    store.edit(edit).await.unwrap();
    store.report(of_two(1, 4)).await.unwrap();
    assert_eq!(shown(store).await, (vec![2], 1));
    store.set_status(id(2), Status::Rejected, NOW).await.unwrap();
    assert_eq!(shown(store).await, (vec![], 0), "a moderator may think again");
}

pub(crate) async fn comment_deleted_by_its_author_has_no_open_reports(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    for comment in [1, 2] {
        store.report(report(comment, 1)).await.unwrap();
    }
    assert!(store.delete_by_author(id(1), NOW).await.unwrap());
    assert_eq!(store.open_reports(id(1)).await.unwrap(), []);
    assert_eq!(store.open_reports(id(2)).await.unwrap().len(), 1);
}

pub(crate) async fn queue_counts_open_reports(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), comment(3)]).await;
    for (comment, reader) in [(1, 1), (1, 2), (2, 1)] {
        store.report(report(comment, reader)).await.unwrap();
    }
    store.set_status(id(2), Status::Published, NOW).await.unwrap();
    assert_eq!(queued(store, false).await, [(3, 0), (2, 0), (1, 2)]);
    assert_eq!(queued(store, true).await, [(1, 2)]);
}

/// The comments of the thread as shown, and their number as told.
async fn shown(store: &Arc<dyn Store>) -> (Vec<u128>, u64) {
    let page = list(store, whole(thread())).await;
    (numbers(&page), page.thread.total)
}

/// The queue, and how many open reports each comment has.
async fn queued(store: &Arc<dyn Store>, reported: bool) -> Vec<(u128, u64)> {
    let filter = QueueFilter { reported, limit: 10, ..QueueFilter::default() };
    let comments = store.queue(&filter).await.unwrap();
    comments.iter().map(|queued| (queued.comment.id.0.as_u128(), queued.open_reports)).collect()
}
