//! The log of decisions against what is stored, whatever happens.

use std::sync::Arc;

use dumka_api::newsroom::Act;
use dumka_domain::comment::{Status, UnixMillis};
use dumka_storage::{DecisionRecord, Store};
use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::decisions::{about, edit, on, pending, report, undo};
use crate::fixture::{all_comments, comment, id, insert, reply};

/// The status columns are what the log adds up to, whatever happens.
pub(crate) async fn log_of_a_random_history_adds_up_to_what_is_stored(store: &Arc<dyn Store>) {
    insert(store, [comment(1), pending(2), reply(3, 1), comment(4), reply(5, 3)]).await;
    let steps = (0_u8..12, 1_u8..=5, any::<u8>());
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(steps, 120).new_tree(&mut runner).unwrap().current();
    for (time, (step, number, pick)) in steps.into_iter().enumerate() {
        random_step(store, (step, number, pick), i64::try_from(time).unwrap()).await;
    }
    let stored = all_comments(store).await;
    assert!(!stored.is_empty());
    for record in stored {
        let mut log = store.log(&about(record.comment.id)).await.unwrap();
        log.reverse();
        let expected = (record.comment.status, record.comment.marks.featured, record.comment.marks.pinned);
        assert_eq!(replay(&log), expected, "{log:#?}");
    }
}

async fn random_step(store: &Arc<dyn Store>, (step, number, pick): (u8, u8, u8), time: i64) {
    const ACTS: [Act; 7] =
        [Act::Approve, Act::Reject, Act::Delete, Act::Feature, Act::Unfeature, Act::Pin, Act::Unpin];
    let comment = id(number.into());
    match step {
        0..=6 => drop(store.decide(on(&[number.into()], ACTS[usize::from(step)], UnixMillis(time))).await),
        7 => edit(store, number.into(), &format!("text {time}"), UnixMillis(time)).await,
        8 => drop(store.report(report(number.into(), pick)).await),
        9 if time > 100 => drop(store.delete_by_author(comment, UnixMillis(time)).await),
        _ => {
            let log = store.log(&about(comment)).await.unwrap();
            let undone = &log[usize::from(pick) % log.len()];
            let _ = undo(store, undone, time).await;
        }
    }
}

/// Adds a log up: the status, and both marks.
fn replay(log: &[DecisionRecord]) -> (Status, bool, bool) {
    let mut status = Status::Deleted;
    let (mut featured, mut pinned) = (false, false);
    for decision in log {
        let undone = log.iter().find(|other| decision.undoes == Some(other.id));
        match (decision.act, undone.map(|undone| undone.act)) {
            (Act::Feature, _) | (Act::Undo, Some(Act::Unfeature)) => featured = true,
            (Act::Unfeature, _) | (Act::Undo, Some(Act::Feature)) => featured = false,
            (Act::Pin, _) | (Act::Undo, Some(Act::Unpin)) => pinned = true,
            (Act::Unpin, _) | (Act::Undo, Some(Act::Pin)) => pinned = false,
            _ => status = decision.to,
        }
    }
    (status, featured, pinned)
}
