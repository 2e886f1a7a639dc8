//! The log of decisions: what stands in it, what it adds up to, and what can be taken back.

use std::sync::Arc;

use dumka_api::newsroom::{Act, ActorKind, DecisionReason, Queue};
use dumka_domain::comment::{CommentId, Status, UnixMillis};
use dumka_domain::edit::EditBase;
use dumka_storage::{
    DecideError, DecidedBy, DecidedComments, DecisionInput, DecisionRecord, DecisionRefusal, DecisionResult,
    DecisionWords, EditInput, LogQuery, NewCommentRecord, NewsroomQuery, ReportInput, SeenComment, Store,
    UndoInput, UndoneDecisions,
};
use uuid::Uuid;

use crate::fixture::{NOW, all_comments, comment, everything, id, insert, list, numbers, thread, whole};

pub(crate) async fn every_change_is_a_row_of_the_log(store: &Arc<dyn Store>) {
    insert(store, [comment(1), pending(2), comment(3)]).await;
    edit(store, 1, "another text", NOW).await;
    store.delete_by_author(id(3), NOW).await.unwrap();
    for reader in 1..=2 {
        store.report(report(1, reader)).await.unwrap();
    }
    let input = DecisionInput { words: words(), ..on(&[2], Act::Reject, NOW) };
    store.decide(input).await.unwrap();

    let rows = |log: Vec<DecisionRecord>| {
        let row = |decision: &DecisionRecord| (decision.act, decision.by.kind, decision.from, decision.to);
        log.iter().rev().map(row).collect::<Vec<_>>()
    };
    let (published, waiting) = (Some(Status::Published), Some(Status::Pending));
    let first = [
        (Act::Submit, ActorKind::Author, None, Status::Published),
        (Act::Edit, ActorKind::Author, published, Status::Published),
        (Act::Hold, ActorKind::Reports, published, Status::Pending),
    ];
    assert_eq!(rows(log_of(store, 1).await), first);
    let second = [
        (Act::Submit, ActorKind::Rule, None, Status::Pending),
        (Act::Reject, ActorKind::Staff, waiting, Status::Rejected),
    ];
    assert_eq!(rows(log_of(store, 2).await), second);
    let third = [
        (Act::Submit, ActorKind::Author, None, Status::Published),
        (Act::Delete, ActorKind::Author, published, Status::Deleted),
    ];
    assert_eq!(rows(log_of(store, 3).await), third);
    let rejected = &log_of(store, 2).await[0];
    assert_eq!((&rejected.words, rejected.by.id.as_deref()), (&words(), Some("olha")));
    assert_eq!(log_of(store, 2).await[1].rule.as_deref(), Some("pre_moderation"));
}

pub(crate) async fn outdated_decision_changes_that_comment_alone_not(store: &Arc<dyn Store>) {
    insert(store, [comment(1), comment(2)]).await;
    let seen = seen(store).await;
    edit(store, 1, "another text", NOW).await;
    let input = DecisionInput { comments: DecidedComments::Named(seen), ..on(&[], Act::Reject, NOW) };
    let results = store.decide(input).await.unwrap();
    assert_eq!(outcome(&results, 1), Err(DecisionRefusal::Outdated));
    assert_eq!(outcome(&results, 2), Ok(Status::Rejected));
    assert_eq!(statuses(store).await, [(1, Status::Published), (2, Status::Rejected)]);
    assert_eq!(log_of(store, 1).await.len(), 2, "what was not decided is in no log");
}

pub(crate) async fn second_moderator_finds_what_the_first_did(store: &Arc<dyn Store>) {
    insert(store, [pending(1)]).await;
    decide(store, 1, Act::Approve, 1).await;
    decide(store, 1, Act::Reject, 2).await;
    let log = log_of(store, 1).await;
    assert_eq!((log[0].from, log[0].to), (Some(Status::Published), Status::Rejected));
    assert_eq!((log[1].from, log[1].to), (Some(Status::Pending), Status::Published));
}

pub(crate) async fn decision_is_taken_back_once_and_not_below_another(store: &Arc<dyn Store>) {
    insert(store, [pending(1)]).await;
    let approved = decide(store, 1, Act::Approve, 1).await;
    let rejected = decide(store, 1, Act::Reject, 2).await;
    assert_eq!(undo(store, &approved, 3).await, Err(DecisionRefusal::Superseded));
    assert_eq!(undo(store, &rejected, 4).await, Ok(Status::Published));
    assert_eq!(undo(store, &rejected, 5).await, Err(DecisionRefusal::Superseded));
    assert_eq!(undo(store, &approved, 6).await, Ok(Status::Pending));
    assert_eq!(statuses(store).await, [(1, Status::Pending)]);
    let log = log_of(store, 1).await;
    assert_eq!(log[0].undoes, Some(approved.id));
    assert_eq!(log[2].undone_by, Some(log[1].id));
    let submitted = log.last().unwrap().clone();
    assert_eq!(undo(store, &submitted, 7).await, Err(DecisionRefusal::NotFitting));
    store.delete_by_author(id(1), NOW).await.unwrap();
    let again = undo(store, &approved, 8).await;
    assert_eq!(again, Err(DecisionRefusal::NotThere), "what its author took back is gone");
}

pub(crate) async fn reports_are_open_again_when_their_decision_is_taken_back(store: &Arc<dyn Store>) {
    insert(store, [comment(1)]).await;
    store.report(report(1, 1)).await.unwrap();
    let approved = decide(store, 1, Act::Approve, 1).await;
    assert_eq!(store.open_reports(id(1)).await.unwrap().len(), 0);
    undo(store, &approved, 2).await.unwrap();
    assert_eq!(store.open_reports(id(1)).await.unwrap().len(), 1);
    // The approval does not hold any more: reports alone hold the comment again.
    store.report(report(1, 2)).await.unwrap();
    assert_eq!(statuses(store).await, [(1, Status::Pending)]);
}

pub(crate) async fn set_of_decisions_is_taken_back_as_one(store: &Arc<dyn Store>) {
    insert(store, (1..=6).map(comment)).await;
    store.decide(on(&[1, 2, 3, 4], Act::Reject, UnixMillis(10_000))).await.unwrap();
    decide(store, 4, Act::Approve, 11_000).await;
    store.decide_one(id(5), Act::Reject, DecidedBy::one(ActorKind::Shell), NOW).await.unwrap().unwrap();
    let query = LogQuery {
        by: Some("olha".into()),
        since: Some(UnixMillis(10_000)),
        until: Some(UnixMillis(11_000)),
        limit: 1_000,
        ..LogQuery::default()
    };
    let input = UndoInput {
        decisions: UndoneDecisions::Found(Box::new(query)),
        by: DecidedBy::one(ActorKind::Shell),
        at: NOW,
    };
    let results = store.undo(input.clone()).await.unwrap();
    assert_eq!(outcome(&results, 4), Err(DecisionRefusal::Superseded));
    for number in 1..=3 {
        assert_eq!(outcome(&results, number), Ok(Status::Published));
    }
    let still = [(1..=4), (6..=6)].into_iter().flatten().map(|number| (number, Status::Published));
    let all: Vec<_> = still.chain([(5, Status::Rejected)]).collect();
    let mut statuses = statuses(store).await;
    statuses.sort_by_key(|(number, status)| (*status == Status::Rejected, *number));
    assert_eq!(statuses, all);
    let again = store.undo(input).await.unwrap();
    assert_eq!(again.len(), 1, "what is taken back is no part of the set: {again:?}");
}

pub(crate) async fn decision_by_query_is_made_while_the_number_is_the_one_seen(store: &Arc<dyn Store>) {
    insert(store, [pending(1), pending(2), comment(3)]).await;
    let query = NewsroomQuery { queue: Queue::Pending, limit: 1, ..everything(&["news.example"]) };
    let found = |expected| DecisionInput {
        comments: DecidedComments::Found { query: Box::new(query.clone()), expected },
        ..on(&[], Act::Approve, NOW)
    };
    let refused = store.decide(found(1)).await;
    assert!(matches!(refused, Err(DecideError::QueryChanged { found: 2 })), "{refused:?}");
    assert_eq!(store.decide(found(2)).await.unwrap().len(), 2);
    assert_eq!(numbers(&list(store, whole(thread())).await), [1, 2, 3]);
}

pub(super) fn pending(number: u8) -> NewCommentRecord {
    let detected = vec!["pre_moderation"];
    NewCommentRecord { status: Status::Pending, detected, ..comment(number) }
}

fn olha() -> DecidedBy {
    DecidedBy { kind: ActorKind::Staff, id: Some("olha".into()) }
}

fn words() -> DecisionWords {
    DecisionWords {
        reason: Some(DecisionReason::OffTopic),
        note: Some("again".into()),
        words: Some("Please stay with the article.".into()),
    }
}

pub(super) fn on(comments: &[u128], act: Act, at: UnixMillis) -> DecisionInput {
    let seen = comments.iter().map(|&number| SeenComment { id: id(number), text_revision: None });
    DecisionInput {
        comments: DecidedComments::Named(seen.collect()),
        act,
        by: olha(),
        words: DecisionWords::default(),
        at,
    }
}

pub(super) async fn decide(store: &Arc<dyn Store>, number: u128, act: Act, at: i64) -> DecisionRecord {
    store.decide_one(id(number), act, olha(), UnixMillis(at)).await.unwrap().unwrap()
}

pub(super) async fn undo(
    store: &Arc<dyn Store>,
    decision: &DecisionRecord,
    at: i64,
) -> Result<Status, DecisionRefusal> {
    let decisions = UndoneDecisions::One(decision.id);
    let mut results = store.undo(UndoInput { decisions, by: olha(), at: UnixMillis(at) }).await.unwrap();
    results.pop().unwrap().outcome.map(|undone| undone.to)
}

pub(super) async fn edit(store: &Arc<dyn Store>, number: u128, text: &str, at: UnixMillis) {
    let edit = EditInput {
        id: id(number),
        text: text.into(),
        body: dumka_api::Body::Plain(text.into()),
        base: EditBase::Any,
        status: Status::Published,
        detected: Vec::new(),
        edited_at: at,
    };
    // A comment that a moderator has refused is not edited.
    let _ = store.edit(edit).await;
}

pub(super) fn report(comment: u128, reader: u8) -> ReportInput {
    ReportInput {
        id: Uuid::from_u128(comment * 1_000 + u128::from(reader)),
        comment: id(comment),
        reader_hash: dumka_domain::token::TokenHash([reader; 32]),
        address_hash: [reader; 32],
        reason: dumka_api::ReportReason::Spam,
        note: None,
        created_at: NOW,
        to_hold: 2,
    }
}

pub(super) fn about(comment: CommentId) -> LogQuery {
    LogQuery { comment: Some(comment), limit: 1_000, ..LogQuery::default() }
}

async fn log_of(store: &Arc<dyn Store>, number: u128) -> Vec<DecisionRecord> {
    store.log(&about(id(number))).await.unwrap()
}

async fn seen(store: &Arc<dyn Store>) -> Vec<SeenComment> {
    let seen = all_comments(store).await;
    let seen = seen
        .iter()
        .map(|record| SeenComment { id: record.comment.id, text_revision: Some(record.text_revision) });
    seen.collect()
}

pub(super) fn outcome(results: &[DecisionResult], number: u128) -> Result<Status, DecisionRefusal> {
    let result = results.iter().find(|result| result.comment == id(number)).unwrap();
    result.outcome.as_ref().map(|decision| decision.to).map_err(|refusal| *refusal)
}

async fn statuses(store: &Arc<dyn Store>) -> Vec<(u128, Status)> {
    let all = all_comments(store).await;
    all.iter().rev().map(|record| (record.comment.id.0.as_u128(), record.comment.status)).collect()
}
