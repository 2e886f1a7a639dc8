//! Answers: each goes to the part of the state that asked.

use dumka_api::newsroom::{NewsroomListing, Queue, QueueQuery};

use super::action::Action;
use super::call::{Answer, Call};
use super::effect::{Effect, Focus, call};
use super::{Failure, Loading, Outcome, Place, State};

/// Unpacks the answer of the type that its call brings; `Call::read` gives no other.
macro_rules! only {
    ($answer:expr, $kind:ident) => {
        $answer.and_then(|it| if let Answer::$kind(it) = it { Ok(it) } else { Err(Failure::Malformed) })
    };
}

impl State {
    pub(super) fn answered(&mut self, what: Call, answer: Result<Answer, Failure>) -> Vec<Effect> {
        self.is_offline = matches!(&answer, Err(failure) if failure.is_of_the_line());
        if self.access.me().is_some()
            && matches!(&answer, Err(failure) if failure.asks_to_sign_in())
            && !matches!(what, Call::Me | Call::SignIn(_) | Call::EndPasskeySignIn(_))
        {
            return self.expire(what);
        }
        let mut effects = self.routed(&what, answer);
        // Where nothing else is asked again, something small is, to learn that the line is back.
        if self.is_offline && !effects.iter().any(|effect| matches!(effect, Effect::Later(..))) {
            effects.push(Effect::Later(super::RETRY_MS, Box::new(Action::Retry)));
        }
        effects
    }

    /// Gives an answer to the part that asked.
    fn routed(&mut self, what: &Call, answer: Result<Answer, Failure>) -> Vec<Effect> {
        match what {
            Call::List(query) => self.listed(query, only!(answer, Listing)),
            Call::Comment(id) => self.detailed(id, only!(answer, Detail)),
            Call::Reply(id, _) => self.replied(id, only!(answer, Comment)),
            Call::Decide(_, ticket) => self.decided(*ticket, only!(answer, Made)),
            Call::Undo(_, ticket) | Call::UndoSet(_, ticket) => self.undone(*ticket, only!(answer, Made)),
            Call::Log(query) => self.logged(query, only!(answer, Log)),
            Call::CountSet(_) => self.set_counted(only!(answer, Log)),
            Call::Counters(_) => {
                if let Ok(Answer::Counters(hello)) = answer {
                    self.live.sites = hello.sites;
                }
                Vec::new()
            }
            Call::Threads(query) => self.threads_found(query, only!(answer, Threads)),
            Call::Thread(_) => self.thread_came(false, only!(answer, Thread)),
            Call::ChangeThread(..) => self.thread_came(true, only!(answer, Thread)),
            Call::Staff
            | Call::Invite(_)
            | Call::NewLink(_)
            | Call::ChangeRole(..)
            | Call::Revoke(_)
            | Call::Sessions
            | Call::EndSession(_) => self.staff_answered(answer),
            _ => self.access_answered(what, answer),
        }
    }

    fn listed(&mut self, query: &QueueQuery, answer: Result<NewsroomListing, Failure>) -> Vec<Effect> {
        let asked = QueueQuery { cursor: None, ..query.clone() };
        if asked != self.list.query || matches!(self.place, Place::Comment(_)) {
            // Of a list that was left meanwhile.
            return Vec::new();
        }
        match answer {
            Ok(listing) => {
                self.list.take(listing, query.cursor.is_some());
                Vec::new()
            }
            Err(failure) => {
                self.list.loading = Loading::Failed(failure.clone());
                retry_later(&failure)
            }
        }
    }

    /// Asks again for what did not come.
    pub(super) fn retry(&mut self) -> Vec<Effect> {
        if matches!(self.access, super::Access::Asking) {
            return vec![call(Call::Me)];
        }
        let failed = |loading: &Loading| matches!(loading, Loading::Failed(_));
        match &self.place {
            Place::Queue(_) if failed(&self.list.loading) && !self.list.cards.is_empty() => self.more(),
            Place::Queue(_) if failed(&self.list.loading) => self.reload(),
            Place::Log(_) if failed(&self.log.loading) => self.load(),
            Place::Threads(_) if failed(&self.threads.loading) => self.load(),
            Place::Thread(_) if self.thread.thread.is_none() => self.load(),
            Place::Comment(_) if self.list.cards.is_empty() => self.load(),
            _ if self.is_offline => vec![call(Call::Counters(None))],
            _ => Vec::new(),
        }
    }

    /// Asks for the list anew; what is shown stays until it is there.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        if matches!(self.place, Place::Comment(_)) {
            return self.load();
        }
        self.list.loading = Loading::First;
        vec![call(Call::List(Box::new(self.list.query.clone())))]
    }

    /// The same where a queue is shown.
    pub(super) fn reload_queue(&mut self) -> Vec<Effect> {
        if matches!(self.place, Place::Queue(_)) { self.reload() } else { Vec::new() }
    }

    /// Asks for the next page.
    pub(super) fn more(&mut self) -> Vec<Effect> {
        let Some(cursor) = self.list.next.clone() else { return self.reload() };
        self.list.loading = Loading::More;
        vec![call(Call::List(Box::new(QueueQuery { cursor: Some(cursor), ..self.list.query.clone() })))]
    }

    /// Asks for the next page where few cards are left.
    pub(super) fn fill(&mut self) -> Vec<Effect> {
        let is_wanted = self.list.cards.len() < super::FEW_CARDS && self.list.next.is_some();
        if is_wanted && self.list.loading == Loading::Idle { self.more() } else { Vec::new() }
    }

    /// Moves the focus to the current card, or to the heading where there is none.
    pub(super) fn focus_current(&self) -> Vec<Effect> {
        let card = self.list.current.clone().filter(|id| self.list.position(id).is_some());
        vec![Effect::Focus(card.map_or(Focus::Heading, Focus::Card))]
    }

    /// Asks for all comments of the current one's author.
    pub(super) fn ask_author(&self) -> Vec<Effect> {
        let author = self.list.current_card().and_then(|card| card.comment.author_of.key.clone());
        let Some(author) = author else { return Vec::new() };
        let query = QueueQuery { queue: Some(Queue::All), author: Some(author), ..QueueQuery::default() };
        vec![Effect::Navigate(Place::Queue(Box::new(query)))]
    }

    /// Sets the outcome that is said.
    pub(super) fn say(&mut self, outcome: Outcome) {
        let number = self.outcome.as_ref().map_or(0, |(number, _)| number + 1);
        self.outcome = Some((number, outcome));
    }
}

/// Asks again in a moment where the line is at fault.
pub(super) fn retry_later(failure: &Failure) -> Vec<Effect> {
    let again = failure.is_of_the_line().then(|| Effect::Later(super::RETRY_MS, Box::new(Action::Retry)));
    again.into_iter().collect()
}
