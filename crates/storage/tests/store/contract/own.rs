//! Edits and deletions by a comment's author.

use std::sync::Arc;

use dumka_api::Body;
use dumka_domain::comment::{CommentId, Status, StoredComment, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_domain::thread::ThreadKey;
use dumka_domain::token::TokenHash;
use dumka_storage::{EditError, EditInput, NewCommentRecord, Store, SubmitResult, Visibility};

use crate::fixture::{
    NOW, SetStatus, all_comments, comment, id, insert, list, numbers, reply, thread, whole,
};

fn edit(number: u128, text: &str) -> EditInput {
    EditInput {
        id: id(number),
        text: text.into(),
        body: Body::Plain(text.into()),
        base: EditBase::Any,
        detected: Vec::new(),
        status: Status::Published,
        edited_at: UnixMillis(500_000),
    }
}

async fn edited(store: &Arc<dyn Store>, edit: EditInput) -> StoredComment {
    store.edit(edit).await.expect("the comment can be edited")
}

async fn revision(store: &Arc<dyn Store>) -> Option<u64> {
    store.revision(&thread()).await.unwrap()
}

pub(crate) async fn comment_of_any_status_is_found_with_its_text(store: &Arc<dyn Store>) {
    insert(store, [comment(1), NewCommentRecord { status: Status::Pending, ..comment(2) }]).await;
    for (number, visibility) in [(1, Visibility::Visible), (2, Visibility::Hidden)] {
        let known = store.comment(id(number)).await.unwrap().unwrap();
        assert_eq!((known.thread, known.visibility), (thread(), visibility));
        assert_eq!((known.comment.id, known.text), (id(number), format!("Comment {number}")));
        assert_eq!(known.edit_token_hash.0, [2; 32]);
    }
    assert_eq!(store.comment(id(3)).await.unwrap(), None);
}

pub(crate) async fn edited_comment_has_its_new_text_and_time(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    let before = revision(store).await;
    let now = edited(store, edit(1, "Other")).await;
    assert_eq!((&now.body, now.edited_at), (&Body::Plain("Other".into()), Some(UnixMillis(500_000))));
    let page = list(store, whole(thread())).await;
    assert_eq!((&page.comments[0], page.thread.total), (&now, 2));
    assert!(revision(store).await > before);
    assert_eq!(store.comment(id(1)).await.unwrap().unwrap().text, "Other");
}

pub(crate) async fn later_of_two_edits_of_one_text_is_a_conflict(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let from = |base, text| EditInput { base: EditBase::EditedAt(base), ..edit(1, text) };
    let first = edited(store, from(None, "First")).await;
    let late = store.edit(from(None, "Second")).await;
    assert!(matches!(late, Err(EditError::Conflict)));
    // In the same millisecond, and yet another text to begin from.
    let second = edited(store, from(first.edited_at, "Second")).await;
    assert!(second.edited_at > first.edited_at);
    assert!(matches!(store.edit(from(first.edited_at, "Third")).await, Err(EditError::Conflict)));
    edited(store, edit(1, "Whatever is there")).await;
}

pub(crate) async fn same_text_again_changes_nothing(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    let repeated = EditInput { base: EditBase::EditedAt(None), ..edit(1, "Other") };
    let first = edited(store, repeated.clone()).await;
    let before = revision(store).await;
    assert_eq!(edited(store, repeated).await, first, "a retry is no conflict");
    assert_eq!(revision(store).await, before);
}

pub(crate) async fn edited_comment_that_is_held_leaves_the_thread(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), reply(3, 2)]).await;
    for number in [1, 2] {
        edited(store, EditInput { status: Status::Pending, ..edit(number, "Other") }).await;
    }
    let page = list(store, whole(thread())).await;
    assert_eq!((numbers(&page), page.thread.total), (vec![2, 3], 1), "one is a mark above its reply");
    store.set_status(id(1), Status::Published, NOW).await.unwrap();
    assert_eq!(list(store, whole(thread())).await.comments[0].body, Body::Plain("Other".into()));
}

pub(crate) async fn pending_comment_stays_pending_when_edited(store: &Arc<dyn Store>) {
    insert(store, [NewCommentRecord { status: Status::Pending, ..comment(1) }]).await;
    assert_eq!(edited(store, edit(1, "Other")).await.status, Status::Pending);
    assert_eq!(list(store, whole(thread())).await.thread.total, 0);
}

pub(crate) async fn removed_comment_is_not_edited(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2), comment(3)]).await;
    store.set_status(id(1), Status::Rejected, NOW).await.unwrap();
    store.set_status(id(2), Status::Deleted, NOW).await.unwrap();
    assert!(store.delete_by_author(id(3), NOW).await.unwrap());
    for number in 1..=4 {
        let refused = store.edit(edit(number, "Other")).await;
        assert!(matches!(refused, Err(EditError::NotThere)), "{number}");
    }
}

pub(crate) async fn comment_deleted_by_its_author_leaves_a_tombstone_above_its_replies(
    store: &Arc<dyn Store>,
) {
    insert(store, [comment(1), reply(2, 1), comment(3)]).await;
    edited(store, edit(1, "Other")).await;
    for number in [1, 3, 1] {
        assert!(store.delete_by_author(id(number), NOW).await.unwrap(), "once more is as good as once");
    }
    let page = list(store, whole(thread())).await;
    assert_eq!((numbers(&page), page.thread.total), (vec![1, 2], 1));
    let mark = &page.comments[0];
    assert_eq!((mark.status, &mark.body), (Status::Deleted, &Body::Blocks(Vec::new())));
    assert_eq!((mark.author_name.as_str(), mark.edited_at), ("", None));
    assert_eq!(store.comment(id(1)).await.unwrap().unwrap().text, "");
    assert!(!store.delete_by_author(id(9), NOW).await.unwrap());
}

pub(crate) async fn comment_deleted_by_its_author_is_not_moderated(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    assert!(store.delete_by_author(id(1), NOW).await.unwrap());
    assert!(!store.set_status(id(1), Status::Published, NOW).await.unwrap());
    assert_eq!(all_comments(store).await.len(), 1);
    store.set_status(id(2), Status::Rejected, NOW).await.unwrap();
    assert!(!store.delete_by_author(id(2), NOW).await.unwrap(), "what a moderator rejected is theirs");
    assert_eq!(all_comments(store).await[0].text, "Comment 2");
}

pub(crate) async fn key_of_a_deleted_comment_makes_no_second_one(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    assert!(store.delete_by_author(id(1), NOW).await.unwrap());
    // Nor does the answer tell whoever guesses the words that they are right.
    for (text, request) in [("Comment 1", 1), ("Other words", 9)] {
        let retry =
            NewCommentRecord { id: id(2), text: text.into(), request_hash: [request; 32], ..comment(1) };
        let Ok(SubmitResult::Existing(same)) = store.submit(retry).await else {
            panic!("not the same answer")
        };
        assert_eq!((same.id, same.status, same.author_name.as_str()), (id(1), Status::Deleted, ""));
    }
    assert_eq!(list(store, whole(thread())).await.thread.total, 0);
}

pub(crate) async fn authors_are_read_from_a_time_on(store: &Arc<dyn Store>) {
    let at = |seconds: i64| UnixMillis(seconds * 1_000);
    let sent = |seconds: i64, author: u8| {
        let (id, created_at) = (CommentId::new(at(seconds), [author; 10]), at(seconds));
        NewCommentRecord { id, created_at, edit_token_hash: [author; 32], ..comment(author) }
    };
    let elsewhere = ThreadKey { page: "elsewhere".into(), ..thread() };
    insert(store, [sent(1_000, 1), sent(2_000, 2), sent(3_000, 3)]).await;
    insert(store, [NewCommentRecord { thread: elsewhere, ..sent(4_000, 4) }]).await;
    let mut told = store.authors_since(&thread(), at(2_000)).await.unwrap();
    told.sort_by_key(|(id, ..)| *id);
    let expected = [(2_000, 2), (3_000, 3)].map(|(seconds, author)| {
        (CommentId::new(at(seconds), [author; 10]), at(seconds), TokenHash([author; 32]))
    });
    assert_eq!(told, expected);
}
