//! Tests of the state: what a moderator does, what the server answers, what stays.

mod decisions;
mod elsewhere;
mod places;
mod session;
mod threads;

use dumka_api::newsroom::{
    Act, Actor, ActorKind, CommentAuthor, Decision, DecisionOutcome, DecisionsMade, Me, NewsroomComment,
    NewsroomListing, Queue, SiteRole, StaffRole, Status,
};
use dumka_api::{Author, Body, Comment, Problem, ProblemKind, Timestamp, Votes};

use super::{Access, Action, Answer, Call, Effect, Failure, Place, QueueAction, State, Target};

const SITE: &str = "news.example";

fn comment(id: &str) -> NewsroomComment {
    NewsroomComment {
        comment: Comment {
            id: id.into(),
            parent: None,
            author: Author { name: "Olha".into(), ..Author::default() },
            created_at: Timestamp("2026-11-29T10:00:00.000Z".into()),
            edited_at: None,
            state: dumka_api::CommentState::Pending,
            body: Body::Plain("text".into()),
            votes: Votes::default(),
            featured: false,
            pinned: false,
        },
        site: SITE.into(),
        page: "news/1".into(),
        title: None,
        url: None,
        text: "text".into(),
        text_revision: 1,
        status: Status::Pending,
        detected: Vec::new(),
        reports: 0,
        author_of: CommentAuthor { key: Some("a1".into()), email: None },
    }
}

fn me(id: &str, role: StaffRole) -> Me {
    let given = vec![SiteRole { site: SITE.into(), role }];
    let server_time = Timestamp("2026-11-29T10:00:00.000Z".into());
    Me {
        id: id.into(),
        name: id.into(),
        roles: given.clone(),
        sites: given,
        session_until: None,
        server_time,
    }
}

/// A moderator before the pending queue with these comments; `total` of them in all.
fn at_the_queue(ids: &[&str], total: u64) -> State {
    let place = Place::of_queue(Queue::Pending, None);
    let mut state = State { place: place.clone(), ..State::default() };
    answer(&mut state, Call::Me, Ok(Answer::Me(me("me", StaffRole::Moderator))));
    let Place::Queue(query) = place else { unreachable!("it was made as one") };
    let comments = ids.iter().map(|id| comment(id)).collect();
    answer(
        &mut state,
        Call::List(query),
        Ok(Answer::Listing(NewsroomListing { comments, total, next: None })),
    );
    state
}

fn answer(state: &mut State, call: Call, answer: Result<Answer, Failure>) -> Vec<Effect> {
    state.apply(Action::Answered(Box::new(call), Box::new(answer)))
}

fn act(state: &mut State, act: Act) -> Vec<Effect> {
    state.apply(Action::Queue(QueueAction::Decide(Target::Chosen, act)))
}

fn shown(state: &State) -> Vec<&str> {
    state.list.cards.iter().map(super::Card::id).collect()
}

/// The one call among the effects.
fn sent(effects: &[Effect]) -> Call {
    let calls: Vec<_> =
        effects.iter().filter_map(|it| if let Effect::Call(call) = it { Some(call) } else { None }).collect();
    assert_eq!(calls.len(), 1, "{effects:?}");
    (**calls[0]).clone()
}

fn decision(id: &str, comment: &str, kind: Act, to: Status) -> Decision {
    Decision {
        id: id.into(),
        comment: comment.into(),
        site: SITE.into(),
        text_revision: 1,
        by: Actor { kind: ActorKind::Staff, id: Some("me".into()), name: Some("me".into()) },
        at: Timestamp("2026-11-29T10:00:05.000Z".into()),
        from: Some(Status::Pending),
        to,
        kind,
        reason: None,
        rule: None,
        note: None,
        words: None,
        found_automatically: false,
        decided_automatically: false,
        notice: None,
        undoes: None,
        undone_by: None,
    }
}

fn done(comment: &str, kind: Act, to: Status) -> DecisionOutcome {
    let decision = Some(decision(&["d-", comment].concat(), comment, kind, to));
    DecisionOutcome { id: comment.into(), status: 200, decision, kind: None, comment: None }
}

fn refused(id: &str, kind: ProblemKind, now: Option<NewsroomComment>) -> DecisionOutcome {
    DecisionOutcome {
        id: id.into(),
        status: 409,
        decision: None,
        kind: Some(kind),
        comment: now.map(Box::new),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an answer as calls get it")]
fn made(results: Vec<DecisionOutcome>) -> Result<Answer, Failure> {
    let decided = results.iter().filter(|it| it.decision.is_some()).count() as u64;
    Ok(Answer::Made(DecisionsMade { decided, results }))
}

fn problem(kind: ProblemKind) -> Failure {
    Failure::Problem(Box::new(Problem { kind, status: 409, ..Problem::default() }))
}
