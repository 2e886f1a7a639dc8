//! What the state does with what happens to it.

use dumka_api::{Author, Body, Listing, Problem, Submitted, Thread, Timestamp, Votes};

use super::*;

mod composing;
mod reading;

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
        earlier: false,
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
