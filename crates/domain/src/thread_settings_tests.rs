//! The rules of a thread's settings, and their ends.

use super::*;

const NOW: UnixMillis = UnixMillis(1_777_627_800_000);

fn later(secs: u64) -> Option<Timestamp> {
    Some(NOW.plus_secs(secs).into())
}

fn slow(slow_secs: u32) -> ThreadChange {
    ThreadChange { state: Some(ThreadMode::Slow), slow_secs: Some(slow_secs), ..ThreadChange::default() }
}

fn announcing(notice: &str) -> ThreadChange {
    ThreadChange { notice: Some(notice.into()), ..ThreadChange::default() }
}

fn settings(change: &ThreadChange) -> ThreadSettings {
    ThreadSettings::default().changed(check(change, NOW).unwrap())
}

fn refused(change: &ThreadChange) -> &'static str {
    check(change, NOW).unwrap_err().field
}

#[test]
fn what_a_change_does_not_name_stays() {
    let both = settings(&announcing(" Live\n from\u{202E} court ")).changed(check(&slow(60), NOW).unwrap());
    assert_eq!((both.notice.as_deref(), both.pause_secs()), (Some("Live from court"), Some(60)));
    let open = ThreadChange { state: Some(ThreadMode::Open), ..ThreadChange::default() };
    let open = both.changed(check(&open, NOW).unwrap());
    assert_eq!(
        (open.notice.as_deref(), open.mode, open.slow_secs),
        (Some("Live from court"), ThreadMode::Open, None)
    );
}

#[test]
fn announcement_of_nothing_is_none() {
    for nothing in ["", "  ", "\u{200B}"] {
        assert_eq!(settings(&announcing(nothing)).notice, None);
    }
}

#[test]
fn what_has_an_end_holds_through_it_and_no_longer() {
    let mut change = ThreadChange { state_until: later(10), ..slow(60) };
    (change.notice, change.notice_until) = (Some("Soon over".into()), later(20));
    let settings = settings(&change);
    assert_eq!(settings.first_end(), Some(NOW.plus_secs(10)));
    assert_eq!(settings.clone().at(NOW.plus_secs(10)), settings);
    let after = settings.clone().at(UnixMillis(NOW.plus_secs(10).0 + 1));
    assert_eq!(
        (after.mode, after.pause_secs(), after.first_end()),
        (ThreadMode::Open, None, Some(NOW.plus_secs(20)))
    );
    assert_eq!(settings.at(UnixMillis(NOW.plus_secs(20).0 + 1)), ThreadSettings::default());
}

#[test]
fn field_that_breaks_a_rule_is_named() {
    let closed = ThreadChange { state: Some(ThreadMode::Closed), ..ThreadChange::default() };
    assert_eq!(refused(&slow(0)), "slow_secs");
    assert_eq!(refused(&slow(THREAD_SLOW_MAX_SECS + 1)), "slow_secs");
    assert_eq!(refused(&ThreadChange { slow_secs: None, ..slow(1) }), "slow_secs");
    assert_eq!(refused(&ThreadChange { slow_secs: Some(60), ..closed.clone() }), "slow_secs");
    assert_eq!(refused(&ThreadChange { state_until: later(0), ..closed.clone() }), "state_until");
    assert_eq!(
        refused(&ThreadChange { state_until: Some(Timestamp("soon".into())), ..closed }),
        "state_until"
    );
    assert_eq!(refused(&ThreadChange { state_until: later(1), ..ThreadChange::default() }), "state_until");
    assert_eq!(refused(&ThreadChange { notice_until: later(1), ..ThreadChange::default() }), "notice_until");
    assert_eq!(refused(&announcing("a\u{0}")), "notice");
    assert!(check(&announcing(&"я".repeat(THREAD_NOTICE_MAX_CHARS)), NOW).is_ok());
    let invalid = check(&announcing(&"я".repeat(THREAD_NOTICE_MAX_CHARS + 1)), NOW).unwrap_err();
    assert_eq!((invalid.kind, invalid.limit), (ProblemKind::NoticeTooLong, Some(500)));
}
