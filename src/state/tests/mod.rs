//! Actions and their effects.

use dumka_api::{Author, Body, CommentState, Listing, Problem, ProblemKind, Thread, Timestamp, Votes};

use super::action::{Accepted, LiveChange, LiveEvent};
use super::draft::Attempt;
use super::effect::FormRequest;

use super::list::{Chunk, List};
use super::node::{Node, Replies};
use super::*;

mod composer;
mod deletion;
mod depth;
mod fold;
mod id_map;
mod live;
mod loading;
mod long_threads;
mod own_comments;
mod pending_own;
mod preview;
mod queued_action;
mod replies;
mod reports;
mod session;
mod sort;
mod steered;
mod tree;
mod two_readers;
mod votes;

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
        featured: false,
        pinned: false,
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

/// A listing of these comments and no more.
fn listed(comments: &[(&str, Option<&str>)], next: Option<&str>) -> Listing {
    let total = comments.len() as u64;
    let comments = comments.iter().map(|(id, parent)| comment(id, *parent)).collect();
    Listing { comments, ..listing(&[], next, total) }
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
    state.apply(Action::ListLoaded(state.request_id, Ok(listing)));
    state
}

fn loaded(state: &State) -> &LoadedThread {
    match &state.thread {
        LoadState::Ready(loaded) => loaded,
        other => panic!("not loaded: {other:?}"),
    }
}

fn node<'a>(state: &'a State, id: &str) -> &'a Node {
    loaded(state).list.get(id).expect("the comment is here")
}

/// The form under this comment.
fn panel<'a>(state: &'a State, id: &str) -> Option<&'a Composer> {
    state.panel().filter(|panel| panel.kind.comment() == Some(id))
}

fn ids(state: &State) -> Vec<&str> {
    nodes(&loaded(state).list).into_iter().map(|node| node.comment.id.as_str()).collect()
}

/// The shown comments from the top of the page to its bottom, unless the newest come first.
fn nodes(list: &List) -> Vec<&Node> {
    fn inner(chunk: &Chunk) -> Vec<&Node> {
        match chunk {
            Chunk::Comments(nodes) => nodes.iter().map(AsRef::as_ref).collect(),
            Chunk::Group(chunks) => chunks.iter().flat_map(inner).collect(),
        }
    }
    list.groups.iter().flat_map(inner).chain(list.detached.iter().map(AsRef::as_ref)).collect()
}

/// The answer to what follows a cursor.
fn rest(cursor: &str, listing: Listing) -> Action {
    Action::MoreLoaded(cursor.into(), Ok(listing))
}

/// Lets the browser draw until no step is asked for.
fn draw(state: &mut State) {
    while state.apply(Action::BatchDrawn(10.0)).contains(&Effect::ScheduleBatch) {}
}

fn write(state: &mut State, text: &str) -> Vec<Effect> {
    state.apply(Action::ToggleComposer);
    state.apply(Action::Input(FormSlot::Thread, Field::Text, text.into()));
    state.apply(Action::Submit(FormSlot::Thread))
}

fn press(state: &mut State, press: CommentAction, id: &str) -> Vec<Effect> {
    state.apply(Action::CommentAction(press, id.into()))
}

/// Opens the form for a reply, writes one and sends it.
fn reply(state: &mut State, parent: &str, text: &str) -> Vec<Effect> {
    press(state, CommentAction::Reply, parent);
    state.apply(Action::Input(FormSlot::Panel, Field::Text, text.into()));
    state.apply(Action::Submit(FormSlot::Panel))
}

/// The answer to a form, with a token that is good for fifteen minutes from the beginning of time.
fn taken(form: FormSlot, comment: Comment) -> Action {
    let (token, until_ms) = (Some(["token of ", &comment.id].concat().into()), Some(15 * 60_000));
    Action::Submitted(form, Ok(Some(Accepted { comment, token, until_ms, now_ms: 0 })))
}

/// Writes a comment of the reader's own.
fn own(state: &mut State, id: &str) {
    write(state, "Привіт");
    state.apply(taken(FormSlot::Thread, comment(id, None)));
}

/// Sends what stands in the form under a comment; what the endpoint is asked for.
fn ordered(state: &mut State) -> FormRequest {
    let effects = state.apply(Action::Submit(FormSlot::Panel));
    let order = effects
        .into_iter()
        .find_map(|it| if let Effect::SendForm(_, order) = it { Some(order) } else { None });
    order.expect("the form is sent")
}

/// A thread with these comments and one of the reader's own, called `mine`.
fn with_own(ids: &[&str]) -> State {
    let mut state = with(listing(ids, None, ids.len() as u64));
    own(&mut state, "mine");
    state
}

fn sent(effects: &[Effect]) -> &Attempt {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::SendForm(_, FormRequest::Add(attempt)) => Some(attempt),
            _ => None,
        })
        .expect("the comment is sent")
}

/// A generator of numbers by Marsaglia (xorshift): the same ones in every run.
fn random(seed: &mut u32) -> u32 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    *seed
}

fn accepted(id: &str, state: CommentState) -> Action {
    let comment = Comment { state, ..comment(id, None) };
    Action::Submitted(
        FormSlot::Thread,
        Ok(Some(Accepted { comment, token: None, until_ms: None, now_ms: 0 })),
    )
}

fn problem(kind: ProblemKind, field: Option<&str>) -> Failure {
    let field = field.map(Into::into);
    Failure::Problem(Box::new(Problem { status: 422, kind, field, ..Problem::default() }))
}
