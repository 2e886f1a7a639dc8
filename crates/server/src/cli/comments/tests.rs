//! The output of `dumka comments`.

use std::sync::Arc;

use clap::Parser;
use dumka_api::newsroom::ActorKind;
use dumka_api::{Body, ReportReason};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::domain::comment::{CommentId, Status};
use crate::domain::thread::{MetadataSource, ThreadKey};
use crate::domain::token::TokenHash;
use crate::storage::{DecidedBy, NewCommentRecord, ReportInput};

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    action: Action,
}

const NOW: UnixMillis = UnixMillis(1_777_627_800_000);

/// A store with three pending comments, the last by somebody who likes terminals.
async fn store() -> (Arc<dyn Store>, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let store = storage::open(&url).await.unwrap();
    let writers = [(1, "Ada", "one"), (2, "Олена", "два\nтри"), (3, "M\u{1B}[31m\u{202E}", "\u{9B}2J \u{7}")];
    for (number, name, text) in writers {
        store.submit(pending(number, name, text)).await.unwrap();
    }
    (store, directory)
}

fn pending(number: u8, name: &str, text: &str) -> NewCommentRecord {
    NewCommentRecord {
        thread: ThreadKey { site: "news.example".into(), page: format!("news/{number}") },
        title: None,
        url: None,
        metadata_source: MetadataSource::Unverified,
        id: id(number),
        parent: None,
        author_name: name.into(),
        author_email: Some("private@example.org".into()),
        text: text.into(),
        body: Body::Plain(text.into()),
        badge: None,
        by: DecidedBy::one(ActorKind::Author),
        status: Status::Pending,
        detected: Vec::new(),
        created_at: NOW,
        key_hash: [number; 32],
        request_hash: [0; 32],
        edit_token_hash: [0; 32],
        author_hash: [3; 32],
        refuse_threads_opened_before: None,
    }
}

fn id(number: u8) -> CommentId {
    CommentId(Uuid::from_u128(number.into()))
}

async fn approve(store: &dyn Store, id: CommentId) {
    let by = DecidedBy::one(ActorKind::Shell);
    store.decide_one(id, Act::Approve, by, NOW).await.unwrap().unwrap();
}

/// Runs a command; returns its output and its result.
async fn said(store: &dyn Store, line: &str) -> (String, anyhow::Result<()>) {
    let action = Line::try_parse_from(line.split(' ')).unwrap().action;
    let mut out = Vec::new();
    let done = run(&action, store, NOW, &mut out).await;
    (String::from_utf8(out).unwrap(), done)
}

#[tokio::test]
async fn newest_comments_are_listed_first_with_every_line_of_text() {
    let (store, _directory) = store().await;
    let (said, done) = said(&*store, "comments list").await;
    done.unwrap();
    let two = "00000000-0000-0000-0000-000000000002  pending  2026-05-01T09:30:00.000Z  news.example news/2\n\
               Олена:\n    два\n    три\n";
    assert!(said.contains(two), "{said}");
    assert!(said.find("news/2") < said.find("news/1"), "{said}");
    assert!(!said.contains("private"), "{said}");
}

#[tokio::test]
async fn filters_and_limit_narrow_the_list() {
    let (store, _directory) = store().await;
    approve(&*store, id(1)).await;
    let (published, _) = said(&*store, "comments list --status published").await;
    assert!(published.contains("news/1") && !published.contains("news/2"), "{published}");
    let (page, _) = said(&*store, "comments list --site news.example --page news/2").await;
    assert!(page.contains("news/2") && !page.contains("news/1"), "{page}");
    let (one, _) = said(&*store, "comments list --limit 1").await;
    assert!(one.contains("news/3") && !one.contains("news/2"), "{one}");
    let (none, _) = said(&*store, "comments list --site other.example").await;
    assert_eq!(none, "");
}

#[tokio::test]
async fn text_cannot_steer_the_terminal() {
    let (store, _directory) = store().await;
    for line in ["comments list", "comments list --json"] {
        let (said, _) = said(&*store, line).await;
        assert!(!said.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202E}'), "{said:?}");
    }
    let (json, _) = said(&*store, "comments list --json").await;
    let listed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(listed[0]["author"], "M\u{1B}[31m\u{202E}");
    assert_eq!(listed[0]["text"], "\u{9B}2J \u{7}");
}

#[tokio::test]
async fn several_comments_are_decided_at_once() {
    let (store, _directory) = store().await;
    let (said, done) = said(&*store, &format!("comments approve {} {}", id(1), id(2))).await;
    done.unwrap();
    assert_eq!(said, format!("{} is published\n{} is published\n", id(1), id(2)));
    let (published, _) = self::said(&*store, "comments list --status published").await;
    assert!(published.contains("news/1") && published.contains("news/2"), "{published}");
}

#[tokio::test]
async fn missing_comment_is_named_and_the_others_are_decided() {
    let (store, _directory) = store().await;
    let (said, done) = said(&*store, &format!("comments delete {} {}", id(9), id(1))).await;
    assert_eq!(said, format!("{} is not there\n{} is deleted\n", id(9), id(1)));
    assert_eq!(done.unwrap_err().to_string(), "1 of 2 comments were not decided on");
}

fn report(comment: u8, reader: u8, note: Option<&str>) -> ReportInput {
    ReportInput {
        id: Uuid::from_bytes([comment * 16 + reader; 16]),
        comment: id(comment),
        reader_hash: TokenHash([reader; 32]),
        address_hash: [reader; 32],
        reason: ReportReason::PersonalData,
        note: note.map(Into::into),
        created_at: NOW,
        to_hold: 0,
    }
}

/// The store with the first two comments published and the second reported.
async fn reported() -> (Arc<dyn Store>, TempDir) {
    let (store, directory) = store().await;
    for number in [1, 2] {
        approve(&*store, id(number)).await;
    }
    store.report(report(2, 1, Some("мій\nномер\u{1B}[2J"))).await.unwrap();
    store.report(report(2, 2, None)).await.unwrap();
    (store, directory)
}

#[tokio::test]
async fn open_reports_are_counted_and_on_demand_told() {
    let (store, _directory) = reported().await;
    let (all, _) = said(&*store, "comments list").await;
    assert!(all.contains("news/2  (open reports: 2)\nОлена:\n    два\n    три\n\n"), "{all}");
    assert!(all.contains("news/1\n"), "{all}");
    let (some, _) = said(&*store, "comments list --reported").await;
    let reports = "    три\n  reported as personal_data  2026-05-01T09:30:00.000Z\n    мій\n    номер\\u{1b}[2J\n  \
                   reported as personal_data  2026-05-01T09:30:00.000Z\n\n";
    assert!(some.contains(reports) && !some.contains("news/1"), "{some}");
    let (json, _) = said(&*store, "comments list --reported --json").await;
    let listed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&listed[0]["open_reports"], &listed[0]["reports"][1]["note"]), (&2.into(), &().into()));
}

#[tokio::test]
async fn every_decision_settles_the_reports() {
    for decision in ["approve", "reject", "delete"] {
        let (store, _directory) = reported().await;
        let (_, done) = said(&*store, &format!("comments {decision} {}", id(2))).await;
        done.unwrap();
        assert_eq!(said(&*store, "comments list --reported").await.0, "", "{decision}");
    }
}

#[test]
fn unknown_status_and_malformed_id_are_wrong_usage() {
    assert!(Line::try_parse_from(["comments", "list", "--status", "new"]).is_err());
    assert!(Line::try_parse_from(["comments", "reject", "7"]).is_err());
    assert!(Line::try_parse_from(["comments", "reject"]).is_err());
}

#[tokio::test]
async fn decision_has_its_words_and_is_taken_back() {
    let (store, _directory) = store().await;
    let reject = format!("comments reject {} --reason off_topic --note again", id(1));
    assert_eq!(said(&*store, &reject).await.0, format!("{} is rejected\n", id(1)));
    let (log, _) = said(&*store, &format!("comments log --comment {}", id(1))).await;
    assert!(
        log.contains("shell  reject") && log.contains("pending → rejected\n    off_topic\n    again"),
        "{log}"
    );
    let undo = format!("comments reject {} --undo", id(1));
    assert_eq!(said(&*store, &undo).await.0, format!("{} is pending\n", id(1)));
    let (again, done) = said(&*store, &undo).await;
    assert!(again.ends_with("was decided on again, or the decision was taken back\n"), "{again}");
    done.unwrap_err();
    let (log, _) = said(&*store, "comments log --by shell").await;
    assert!(log.contains("(taken back)") && log.contains("shell  undo"), "{log}");
}

#[tokio::test]
async fn everything_of_somebody_since_a_time_is_taken_back() {
    let (store, _directory) = store().await;
    said(&*store, &format!("comments approve {} {} {}", id(1), id(2), id(3))).await.1.unwrap();
    let (undone, done) = said(&*store, "comments undo --by shell --since 2026-05-01T00:00:00Z").await;
    done.unwrap();
    assert_eq!(undone.lines().count(), 3, "{undone}");
    let (pending, _) = said(&*store, "comments list --status pending").await;
    assert!(["news/1", "news/2", "news/3"].iter().all(|page| pending.contains(page)), "{pending}");
    let (none, _) = said(&*store, "comments undo --by shell --since 2026-06-01T00:00:00Z").await;
    assert_eq!(none, "");
}

#[tokio::test]
async fn comments_are_found_by_a_word_in_any_form() {
    let (store, _directory) = store().await;
    let (found, _) = said(&*store, "comments list --search Олену").await;
    assert!(found.contains("news/2") && !found.contains("news/1"), "{found}");
    assert!(said(&*store, "comments list --search !").await.1.is_err());
}
