//! A new comment's way in, over a real store.

use std::net::Ipv4Addr;
use std::sync::Arc;

use dumka_api::{CommentState, NewAuthor, ProblemKind, Timestamp};
use tempfile::TempDir;

use super::*;
use crate::clock::ManualClock;
use crate::domain::comment::UnixMillis;
use crate::entropy::CountingEntropy;
use crate::moderation::Moderation;
use crate::storage::{self, ListQuery, PageLimits, PageStart};

const START: UnixMillis = UnixMillis(1_777_627_800_000);
const POLICY: SitePolicy = SitePolicy { edit_window_secs: 900, ..SitePolicy::OPEN };

struct Desk {
    context: Context,
    clock: Arc<ManualClock>,
    _directory: TempDir,
}

async fn desk() -> Desk {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let store = storage::open(&url).await.unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let context = Context::new(store, clock.clone(), Arc::new(CountingEntropy::default())).await.unwrap();
    Desk { context, clock, _directory: directory }
}

async fn post(
    context: &Context,
    policy: &SitePolicy,
    new: &NewComment,
    key: &str,
) -> Result<Submitted, SubmissionError> {
    let actor = Actor::Guest { token: None, address: Ipv4Addr::LOCALHOST.into() };
    Ok(submit(context, policy, &actor, Post::new(new)?.with_key(key)).await?.into_submitted())
}

fn new_comment() -> NewComment {
    NewComment {
        site: "news.example".into(),
        page: "news/42".into(),
        parent: None,
        author: NewAuthor { name: "Олена".into(), email: Some("olena@example.org".into()) },
        text: "Моя *думка*".into(),
        title: None,
        url: None,
    }
}

#[tokio::test]
async fn accepted_comment_comes_back_parsed_and_dated() {
    let desk = desk().await;
    let submitted = post(&desk.context, &POLICY, &new_comment(), "key").await.unwrap();
    let comment = submitted.comment;
    assert_eq!((comment.author.name.as_str(), comment.state), ("Олена", CommentState::Published));
    assert_eq!(comment.created_at, Timestamp("2026-05-01T09:30:00.000Z".into()));
    assert_eq!(submitted.edit_until, Some(Timestamp("2026-05-01T09:45:00.000Z".into())));
    assert_eq!(submitted.server_time, Some(Timestamp("2026-05-01T09:30:00.000Z".into())));
    assert_eq!(comment.body, dumka_markup::parse("Моя *думка*"));
}

#[tokio::test]
async fn retry_gets_the_very_same_answer_later_and_after_a_restart() {
    let desk = desk().await;
    let first = post(&desk.context, &POLICY, &new_comment(), "key").await.unwrap();
    desk.clock.advance_secs(60);
    let again = post(&desk.context, &POLICY, &new_comment(), "key").await.unwrap();
    let a_minute_later =
        Submitted { server_time: Some(Timestamp("2026-05-01T09:31:00.000Z".into())), ..first };
    assert_eq!(again, a_minute_later);

    // Other dice: the secret must come from the store.
    let restarted =
        Context::new(desk.context.store.clone(), desk.clock.clone(), Arc::new(crate::entropy::SystemEntropy));
    let again = post(&restarted.await.unwrap(), &POLICY, &new_comment(), "key").await.unwrap();
    assert_eq!(again, a_minute_later);
}

#[tokio::test]
async fn every_comment_has_its_own_id_and_token() {
    let desk = desk().await;
    let one = post(&desk.context, &POLICY, &new_comment(), "one").await.unwrap();
    let two = post(&desk.context, &POLICY, &new_comment(), "two").await.unwrap();
    assert_ne!(one.comment.id, two.comment.id);
    assert_ne!(one.edit_token, two.edit_token);
    assert!(one.edit_token.is_some_and(|token| token.len() == 43));
}

#[tokio::test]
async fn key_of_another_comment_is_refused() {
    let desk = desk().await;
    post(&desk.context, &POLICY, &new_comment(), "key").await.unwrap();
    let other = NewComment { text: "Інша думка".into(), ..new_comment() };
    let refused = post(&desk.context, &POLICY, &other, "key").await;
    assert!(matches!(refused, Err(SubmissionError::Store(SubmitError::KeyReused))));
}

#[tokio::test]
async fn pre_moderated_comment_is_shown_to_its_author_alone() {
    let desk = desk().await;
    let policy = SitePolicy { moderation: Moderation::Before, ..POLICY };
    let submitted = post(&desk.context, &policy, &new_comment(), "key").await.unwrap();
    assert_eq!(submitted.comment.state, CommentState::Pending);
    assert_eq!(submitted.comment.author.name, "Олена");
    let thread = ThreadKey { site: "news.example".into(), page: "news/42".into() };
    let limits = PageLimits { top_level: 10, comments: 10, text_bytes: 1_000 };
    let query = ListQuery { thread, sort: dumka_api::Sort::Oldest, start: PageStart::Top, limits };
    assert_eq!(desk.context.store.list(&query).await.unwrap().comments, []);
}

#[tokio::test]
async fn thread_closes_after_its_days() {
    let desk = desk().await;
    let policy = SitePolicy { close_after_days: 7, ..POLICY };
    post(&desk.context, &policy, &new_comment(), "first").await.unwrap();
    desk.clock.advance_secs(7 * 24 * 60 * 60);
    post(&desk.context, &policy, &new_comment(), "in time").await.unwrap();
    desk.clock.advance_secs(1);
    let late = post(&desk.context, &policy, &new_comment(), "late").await;
    assert!(matches!(late, Err(SubmissionError::Store(SubmitError::ThreadClosed))));
}

#[tokio::test]
async fn broken_rule_names_its_field_and_nothing_is_kept() {
    let desk = desk().await;
    let blank = NewComment { text: " \n".into(), ..new_comment() };
    let Err(SubmissionError::Invalid(invalid)) = post(&desk.context, &POLICY, &blank, "key").await else {
        panic!("a blank text was kept")
    };
    assert_eq!((invalid.kind, invalid.field), (ProblemKind::TextEmpty, "text"));
    post(&desk.context, &POLICY, &new_comment(), "key").await.expect("the key is still free");
}
