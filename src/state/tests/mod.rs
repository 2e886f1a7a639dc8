//! What the state does with what happens to it.

use dumka_api::{Author, Body, CommentState, Listing, Problem, ProblemKind, Thread, Timestamp, Votes};

use super::action::{Accepted, Order};
use super::draft::Attempt;

use super::forest::Node;
use super::list::{Chunk, List};
use super::*;

mod arguing;
mod composing;
mod long;
mod planting;
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

/// A listing of comments called by their numbers, of a thread of a thousand.
fn numbered(numbers: std::ops::Range<usize>, next: Option<&str>) -> Listing {
    let ids: Vec<_> = numbers.map(|number| number.to_string()).collect();
    listing(&ids.iter().map(String::as_str).collect::<Vec<_>>(), next, 1_000)
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
    nodes(&loaded(state).list).into_iter().map(|node| node.comment.id.as_str()).collect()
}

/// What is shown, from the top to the bottom of the page, where the newest do not stand first.
fn nodes(list: &List) -> Vec<&Node> {
    fn inner(chunk: &Chunk) -> Vec<&Node> {
        match chunk {
            Chunk::Comments(nodes) => nodes.iter().map(AsRef::as_ref).collect(),
            Chunk::Group(chunks) => chunks.iter().flat_map(inner).collect(),
        }
    }
    list.groups.iter().flat_map(inner).chain(list.own.iter().map(AsRef::as_ref)).collect()
}

/// The answer to what follows a cursor.
fn rest(cursor: &str, listing: Listing) -> Action {
    Action::RestListed(cursor.into(), Ok(listing))
}

/// Lets the browser draw until no step is asked for.
fn draw(state: &mut State) {
    while state.apply(Action::Step(10.0)).contains(&Effect::Step) {}
}

fn write(state: &mut State, text: &str) -> Vec<Effect> {
    state.apply(Action::ToggleComposer);
    state.apply(Action::Typed(Form::Thread, Field::Text, text.into()));
    state.apply(Action::Submit(Form::Thread))
}

fn sent(effects: &[Effect]) -> &Attempt {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Send(_, Order::Add(attempt)) => Some(attempt),
            _ => None,
        })
        .expect("the comment is sent")
}

fn accepted(id: &str, state: CommentState) -> Action {
    let comment = Comment { state, ..comment(id, None) };
    Action::Submitted(Form::Thread, Ok(Some(Accepted { comment, token: None, until_ms: None, now_ms: 0 })))
}

fn problem(kind: ProblemKind, field: Option<&str>) -> Failure {
    let field = field.map(Into::into);
    Failure::Problem(Box::new(Problem { status: 422, kind, field, ..Problem::default() }))
}
