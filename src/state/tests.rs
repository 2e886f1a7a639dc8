//! What the state does with what happens to it.
// tidy: length: one list of what can happen to a thread, told in one order.

use dumka_api::{Author, Body, Listing, Problem, Submitted, Thread, Timestamp, Votes};

use super::*;

fn key() -> String {
    "a-fresh-key".into()
}

fn config() -> Config {
    Config { site: "news.example".into(), page: "news/42".into(), ..Config::default() }
}

fn comment(id: &str, parent: Option<&str>) -> Comment {
    Comment {
        id: id.into(),
        parent: parent.map(Into::into),
        author: Author { name: id.to_uppercase(), ..Author::default() },
        created_at: Timestamp("2026-05-01T09:30:00.000Z".into()),
        edited_at: None,
        state: CommentState::Published,
        body: Body::Plain("text".into()),
        votes: Votes::default(),
    }
}

fn listing(ids: &[&str], next: Option<&str>, total: u64) -> Listing {
    Listing {
        thread: Thread { total, ..Thread::default() },
        comments: ids.iter().map(|id| comment(id, None)).collect(),
        next: next.map(Into::into),
    }
}

fn empty() -> State {
    State::new(config(), Draft::default(), "Оля".into(), key)
}

fn with(listing: Listing) -> State {
    let mut state = empty();
    state.apply(Action::Listed(Ok(listing)));
    state
}

fn loaded(state: &State) -> &Loaded {
    match &state.discussion {
        Discussion::Ready(loaded) => loaded,
        other => panic!("not loaded: {other:?}"),
    }
}

fn ids(state: &State) -> Vec<&str> {
    loaded(state).nodes.iter().map(|node| node.comment.id.as_str()).collect()
}

fn write(state: &mut State, text: &str) -> Vec<Effect> {
    state.apply(Action::ToggleComposer);
    state.apply(Action::Typed(Field::Text, text.into()));
    state.apply(Action::Submit)
}

fn sent(effects: &[Effect]) -> &composer::Attempt {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Send(attempt) => Some(attempt),
            _ => None,
        })
        .expect("the comment is sent")
}

fn accepted(id: &str, state: CommentState) -> Action {
    let comment = Comment { state, ..comment(id, None) };
    Action::Submitted(Ok(Submitted { comment, edit_token: None, edit_until: None }))
}

fn problem(kind: ProblemKind, field: Option<&str>) -> Failure {
    let text = String::new;
    Failure::Problem(Box::new(Problem {
        type_uri: text(),
        title: text(),
        status: 422,
        detail: text(),
        kind,
        field: field.map(Into::into),
        limit: None,
        retry_after: None,
    }))
}

#[test]
fn thread_without_comments_is_empty_and_has_no_rest() {
    let state = with(listing(&[], None, 0));
    assert_eq!((loaded(&state).word(), &loaded(&state).rest), ("empty", &Rest::None));
}

#[test]
fn failed_first_answer_is_shown_and_can_be_retried() {
    let mut state = empty();
    state.apply(Action::Listed(Err(Failure::Timeout)));
    assert_eq!(state.discussion, Discussion::Failed(Failure::Timeout));
    assert_eq!(state.apply(Action::Reload), [Effect::List]);
    assert_eq!(state.discussion, Discussion::Loading);
}

#[test]
fn failed_refresh_leaves_the_comments_on_the_screen() {
    let mut state = with(listing(&["a"], None, 1));
    state.apply(Action::Reload);
    state.apply(Action::Listed(Err(Failure::Offline)));
    assert_eq!(ids(&state), ["a"]);
}

#[test]
fn show_all_asks_until_nothing_is_left_and_focuses_the_first_new_comment() {
    let mut state = with(listing(&["a"], Some("c1"), 3));
    assert_eq!(state.apply(Action::ShowAll), [Effect::ListRest("c1".into())]);
    assert!(state.apply(Action::ShowAll).is_empty(), "a second click asks nothing");
    let effects = state.apply(Action::RestListed(Ok(listing(&["b"], Some("c2"), 3))));
    assert_eq!(effects, [Effect::ListRest("c2".into()), Effect::Focus(Focus::Comment("b".into()))]);
    assert_eq!(state.apply(Action::RestListed(Ok(listing(&["c"], None, 3)))), []);
    assert_eq!((ids(&state), &loaded(&state).rest), (vec!["a", "b", "c"], &Rest::None));
}

#[test]
fn failed_rest_keeps_what_is_there_and_goes_on_from_the_same_place() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    state.apply(Action::RestListed(Err(Failure::Unreachable)));
    assert_eq!(loaded(&state).rest, Rest::Failed(Failure::Unreachable));
    assert_eq!(state.apply(Action::ShowAll), [Effect::ListRest("c1".into())]);
}

#[test]
fn rest_of_a_list_that_was_asked_for_anew_is_passed_over() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    state.apply(Action::Listed(Ok(listing(&["x"], None, 1))));
    assert!(state.apply(Action::RestListed(Ok(listing(&["b"], None, 2)))).is_empty());
    assert_eq!(ids(&state), ["x"]);
}

#[test]
fn endpoint_whose_cursor_stands_still_is_not_asked_for_ever() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    state.apply(Action::ShowAll);
    let effects = state.apply(Action::RestListed(Ok(listing(&["b"], Some("c1"), 2))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::ListRest(_))));
}

#[test]
fn opening_the_form_puts_the_cursor_in_it_and_closing_keeps_the_text() {
    let mut state = with(listing(&[], None, 0));
    assert_eq!(state.apply(Action::ToggleComposer), [Effect::Focus(Focus::Field(Field::Text))]);
    state.apply(Action::Typed(Field::Text, "Привіт".into()));
    state.apply(Action::ToggleComposer);
    assert_eq!((&state.composer.phase, state.composer.value(Field::Text)), (&Phase::Closed, "Привіт"));
}

#[test]
fn comment_is_sent_once_however_often_it_is_submitted() {
    let mut state = with(listing(&[], None, 0));
    let effects = write(&mut state, "Привіт");
    assert_eq!(sent(&effects).request.text, "Привіт");
    assert_eq!(state.composer.phase, Phase::Sending);
    assert!(state.apply(Action::Submit).is_empty());
    assert!(state.apply(Action::ToggleComposer).is_empty());
}

#[test]
fn accepted_comment_appears_counts_and_has_the_focus() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    let effects = state.apply(accepted("b", CommentState::Published));
    assert!(effects.contains(&Effect::Focus(Focus::Comment("b".into()))));
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "b"], 2));
    assert_eq!((&state.composer.draft, state.composer.value(Field::Name)), (&Draft::default(), "Оля"));
    assert_eq!(state.outcome, Some(Outcome::Published));
}

#[test]
fn held_comment_appears_to_its_author_and_does_not_count() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    state.apply(accepted("b", CommentState::Pending));
    assert_eq!((ids(&state), loaded(&state).thread.total), (vec!["a", "b"], 1));
    assert_eq!(state.outcome, Some(Outcome::Held));
}

#[test]
fn own_comment_stands_once_when_the_rest_brings_it_again() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    write(&mut state, "Привіт");
    state.apply(accepted("mine", CommentState::Published));
    state.apply(Action::ShowAll);
    state.apply(Action::RestListed(Ok(listing(&["b", "mine"], None, 3))));
    assert_eq!(ids(&state), ["a", "b", "mine"]);
}

#[test]
fn own_comment_stays_last_when_the_rest_does_not_bring_it() {
    let mut state = with(listing(&["a"], Some("c1"), 2));
    write(&mut state, "Привіт");
    state.apply(accepted("mine", CommentState::Pending));
    state.apply(Action::ShowAll);
    state.apply(Action::RestListed(Ok(listing(&["b"], None, 2))));
    assert_eq!(ids(&state), ["a", "b", "mine"]);
}

#[test]
fn newest_first_shows_an_own_comment_first() {
    let mut state = with(listing(&["a"], None, 1));
    state.config.sort = dumka_api::Sort::Newest;
    write(&mut state, "Привіт");
    state.apply(accepted("b", CommentState::Published));
    assert_eq!(ids(&state), ["b", "a"]);
}

#[test]
fn blank_text_is_refused_at_its_field_without_asking_the_server() {
    let mut state = with(listing(&[], None, 0));
    let effects = write(&mut state, "  \n ");
    assert!(effects.contains(&Effect::Focus(Focus::Field(Field::Text))));
    assert_eq!(state.composer.failure().and_then(Failure::kind), Some(ProblemKind::TextEmpty));
}

#[test]
fn text_is_bounded_in_characters_not_bytes() {
    let mut state = with(listing(&[], None, 0));
    write(&mut state, &"ї".repeat(10_001));
    assert_eq!(state.composer.failure().and_then(Failure::kind), Some(ProblemKind::TextTooLong));
    state.apply(Action::Typed(Field::Text, "ї".repeat(10_000)));
    assert_eq!(state.composer.phase, Phase::Open, "the reason goes with what it was about");
    sent(&state.apply(Action::Submit));
}

#[test]
fn refused_name_is_pointed_at() {
    let mut state = with(listing(&[], None, 0));
    write(&mut state, "Привіт");
    let effects = state.apply(Action::Submitted(Err(problem(ProblemKind::NameTooLong, Some("name")))));
    assert!(effects.contains(&Effect::Focus(Focus::Field(Field::Name))));
    assert_eq!(state.composer.value(Field::Text), "Привіт");
}

#[test]
fn retry_of_the_same_words_is_the_same_request_under_the_same_key() {
    let mut state = with(listing(&[], None, 0));
    let first = sent(&write(&mut state, "Привіт")).clone();
    state.apply(Action::Submitted(Err(Failure::Timeout)));
    state.config.title = Some("changed since".into());
    assert_eq!(*sent(&state.apply(Action::Submit)), first);
}

#[test]
fn retry_after_a_reload_is_still_the_same_request() {
    let mut state = with(listing(&[], None, 0));
    let first = sent(&write(&mut state, "Привіт")).clone();
    let kept = serde_json::to_string(&state.composer.draft).unwrap();
    let mut after =
        State::new(config(), serde_json::from_str(&kept).unwrap(), "Оля".into(), || "another".into());
    after.apply(Action::Listed(Ok(listing(&[], None, 0))));
    after.apply(Action::ToggleComposer);
    assert_eq!(*sent(&after.apply(Action::Submit)), first);
}

#[test]
fn changed_words_are_another_request() {
    let mut state = State::new(config(), Draft::default(), "Оля".into(), || "fresh".into());
    state.apply(Action::Listed(Ok(listing(&[], None, 0))));
    state.composer.draft.attempt = Some(composer::Attempt {
        key: "old".into(),
        request: sent(&write(&mut empty(), "Привіт")).request.clone(),
    });
    assert_eq!(sent(&write(&mut state, "Привіт!")).key, "fresh");
}

#[test]
fn thread_that_closed_meanwhile_keeps_the_words() {
    let mut state = with(listing(&["a"], None, 1));
    write(&mut state, "Привіт");
    state.apply(Action::Submitted(Err(problem(ProblemKind::ThreadClosed, None))));
    assert_eq!(loaded(&state).thread.state, ThreadState::Closed);
    assert_eq!((state.composer.phase.word(), state.composer.value(Field::Text)), ("rejected", "Привіт"));
}

#[test]
fn replies_stand_under_their_parents_with_their_depth() {
    let comments = vec![
        comment("a", None),
        comment("b", Some("a")),
        comment("c", Some("b")),
        comment("d", Some("a")),
        comment("e", None),
        comment("f", Some("nowhere")),
        comment("g", Some("a")),
    ];
    let nodes = forest::plant(Vec::new(), comments);
    let depths: Vec<_> = nodes.iter().map(|node| node.depth).collect();
    assert_eq!(depths, [0, 1, 2, 1, 0, 0, 1]);
    assert_eq!(nodes[2].answers.as_ref().map(|parent| parent.id.as_str()), Some("b"));
}

#[test]
fn chain_of_ten_thousand_replies_is_planted() {
    let chain =
        (0..10_000_u32).map(|n| comment(&n.to_string(), n.checked_sub(1).map(|p| p.to_string()).as_deref()));
    let nodes = forest::plant(Vec::new(), chain.collect());
    assert_eq!(nodes.last().map(|node| node.depth), Some(9_999));
}
