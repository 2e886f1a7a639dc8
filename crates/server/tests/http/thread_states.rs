//! Threads that moderators have closed, slowed down, held or announced something in.

use dumka_api::newsroom::{ThreadChange, ThreadMode};
use dumka_api::{CommentState, LiveThread, ProblemKind, ThreadState};
use dumka_server::domain::comment::UnixMillis;
use reqwest::StatusCode;

use crate::comment::edit;
use crate::event_stream::Stream;
use crate::page_ids::listing;
use crate::running::{comment, comment_with, header, refused};
use crate::steered::{Steered, announcing, slow, state};
use crate::thread_forms::{PAGE, page_of, post, sent};

#[tokio::test]
async fn closed_thread_is_read_and_takes_no_comment_until_it_is_open_again() {
    let steered = Steered::start().await;
    let server = &steered.server;
    server.accepted("1", &comment()).await;
    steered.steer(&state(ThreadMode::Closed)).await;
    assert_eq!(listing(server, "site=s&page=p").await.thread.state, ThreadState::Closed);
    let problem = refused(server.post("2", &comment_with("text", "More"))).await;
    assert_eq!((problem.status, problem.kind), (403, ProblemKind::ThreadClosed));
    // What was stored before is answered as before.
    server.accepted("1", &comment()).await;
    steered.steer(&state(ThreadMode::Open)).await;
    server.accepted("2", &comment_with("text", "More")).await;
}

#[tokio::test]
async fn what_has_an_end_is_gone_after_it_without_any_write() {
    let steered = Steered::start().await;
    let (server, now) = (&steered.server, UnixMillis(1_777_627_800_000));
    let end = |secs| Some(now.plus_secs(secs).into());
    steered.steer(&ThreadChange { state_until: end(60), ..state(ThreadMode::Closed) }).await;
    steered.steer(&ThreadChange { notice_until: end(120), ..announcing("Until noon") }).await;
    let pages = ["/api/v1/comments?site=s&page=p&format=html&lang=en", "/thread?site=s&page=p&lang=en"];
    let shown = async |words: &str| {
        let mut shown = Vec::new();
        for page in pages {
            shown.push(server.get(page).send().await.unwrap().text().await.unwrap().contains(words));
        }
        let thread = listing(server, "site=s&page=p").await.thread;
        (shown, thread.state, thread.notice)
    };
    let notice = Some("Until noon".to_owned());
    assert_eq!(shown("discussion is closed").await, (vec![true; 2], ThreadState::Closed, notice.clone()));
    assert_eq!(shown("Until noon").await.0, [true; 2]);
    steered.clock.advance_secs(61);
    assert_eq!(shown("discussion is closed").await, (vec![false; 2], ThreadState::Open, notice));
    server.accepted("1", &comment()).await;
    steered.clock.advance_secs(60);
    assert_eq!(shown("Until noon").await, (vec![false; 2], ThreadState::Open, None));
}

#[tokio::test]
async fn comment_in_a_held_thread_waits_for_a_moderator() {
    let steered = Steered::with(|settings| settings.limits.edit_window_secs = 900).await;
    let server = &steered.server;
    let before = server.accepted("1", &comment()).await;
    steered.steer(&state(ThreadMode::Held)).await;
    let held = server.accepted("2", &comment_with("text", "More")).await;
    assert_eq!(held.comment.state, CommentState::Pending);
    let thread = listing(server, "site=s&page=p").await.thread;
    assert_eq!((thread.total, thread.state, thread.slow_secs), (1, ThreadState::Open, None));
    let edited = edit(server, &before, &serde_json::json!({"text": "Other"})).send().await.unwrap();
    assert_eq!(edited.json::<dumka_api::Submitted>().await.unwrap().comment.state, CommentState::Pending);
}

#[tokio::test]
async fn second_comment_in_a_slow_thread_has_to_wait() {
    let steered = Steered::start().await;
    let server = &steered.server;
    assert_eq!(steered.steer(&slow(90)).await.slow_secs, Some(90));
    assert_eq!(listing(server, "site=s&page=p").await.thread.slow_secs, Some(90));
    server.accepted("1", &comment()).await;
    steered.clock.advance_secs(30);
    let next = comment_with("text", "More");
    let response = server.post("2", &next).send().await.unwrap();
    assert_eq!((response.status(), header(&response, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, "60"));
    let problem = refused(server.post("2", &next)).await;
    assert_eq!((problem.kind, problem.retry_after), (ProblemKind::ThreadSlow, Some(60)));
    server.accepted("1", &comment()).await;
    steered.clock.advance_secs(60);
    server.accepted("2", &next).await;
}

#[tokio::test]
async fn form_of_a_slow_thread_comes_back_with_its_text_and_the_reason() {
    let steered = Steered::start().await;
    steered.steer(&slow(120)).await;
    let page = steered.server.get(PAGE).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("one comment per person every 2 minutes."), "{page}");
    let first = sent(post(&steered.server, PAGE, "name=x&text=first")).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let second = sent(post(&steered.server, PAGE, "name=x&text=second+words")).await;
    assert_eq!(second.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = page_of(second).await;
    assert!(page.contains("second words</textarea>"), "{page}");
    assert!(page.contains("some time must pass between two comments"), "{page}");
    assert!(page.contains("Try again in 120 seconds."), "{page}");
}

#[tokio::test]
async fn announcement_stands_above_the_form_also_where_nobody_wrote() {
    let steered = Steered::start().await;
    steered.steer(&announcing("Live: <b>the court</b>")).await;
    let thread = listing(&steered.server, "site=s&page=p").await.thread;
    assert_eq!((thread.total, thread.notice.as_deref()), (0, Some("Live: <b>the court</b>")));
    let page = steered.server.get(PAGE).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Live: &lt;b&gt;the court&lt;/b&gt;"), "{page}");
    let (at, form) = (page.find("dumka-announcement").unwrap(), page.find("dumka-composer").unwrap());
    assert!(at < form && page.contains("dumka-empty"), "{page}");
}

#[tokio::test]
async fn change_of_the_thread_arrives_in_the_order_of_what_else_happens() {
    let steered = Steered::start().await;
    let server = &steered.server;
    let mut stream = Stream::open(server, "").await;
    steered.steer(&announcing("Live")).await;
    let told = stream.event().await.unwrap();
    assert_eq!((told.name.as_str(), told.id), ("thread", Some(1)));
    server.accepted("1", &comment()).await;
    assert_eq!(stream.event().await.unwrap().name, "comment");
    steered.steer(&slow(60)).await;
    let told = stream.event().await.unwrap();
    let head: LiveThread = serde_json::from_value(told.data).unwrap();
    let expected = LiveThread {
        page: "p".into(),
        state: ThreadState::Open,
        notice: Some("Live".into()),
        slow_secs: Some(60),
    };
    assert_eq!(head, expected);
    // Who comes back is told the present state once, where it changed last.
    let mut late = Stream::open(server, "&after=0").await;
    assert_eq!(late.event().await.unwrap().name, "comment");
    let told = late.event().await.unwrap();
    assert_eq!((told.name.as_str(), told.id), ("thread", Some(3)));
}

#[tokio::test]
async fn thread_closed_by_its_age_is_told_as_closed() {
    let steered = Steered::with(|settings| {
        let closing = crate::running::site("s", "https://s.example");
        settings.sites = vec![dumka_server::config::SiteSettings { close_after_days: 1, ..closing }];
    })
    .await;
    steered.server.accepted("1", &comment()).await;
    steered.clock.advance_secs(2 * 24 * 60 * 60);
    let mut stream = Stream::open(&steered.server, "").await;
    steered.steer(&announcing("Over")).await;
    let told = stream.event().await.unwrap();
    assert_eq!((told.data["state"].as_str(), told.data["notice"].as_str()), (Some("closed"), Some("Over")));
}
