//! The log: what was decided, and taking it back, one by one or as a set.

use dumka_api::Timestamp;
use dumka_api::newsroom::{Act, Actor, ActorKind, Decision, DecisionLog, UndoSet};

use super::State;
use super::action::LogAction;
use super::answered::retry_later;
use super::call::Call;
use super::effect::{Effect, Focus, call};
use super::failure::Failure;
use super::place::LogQuery;
use super::queue::Loading;

/// The log as far as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The query.
    pub query: LogQuery,
    /// The decisions, newest first.
    pub decisions: Vec<Decision>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The request under way.
    pub loading: Loading,
    /// Everybody who was seen in the log, to be filtered by.
    pub people: Vec<Actor>,
    /// The set that is offered to be taken back.
    pub set: Option<OfferedSet>,
}

/// A set of decisions that is offered to be taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferedSet {
    /// The number of its decisions, once counted; true where there are more.
    pub count: Option<(usize, bool)>,
}

/// Decisions counted before a set is taken back.
const COUNTED: u32 = 100;

impl Log {
    /// Tells whether a decision can be taken back.
    pub fn is_undoable(decision: &Decision) -> bool {
        let is_moderators = matches!(decision.by.kind, ActorKind::Staff | ActorKind::Key | ActorKind::Shell);
        is_moderators && decision.undone_by.is_none() && decision.kind != Act::Undo
    }

    /// The set that the filter names: a person and a time.
    fn set(&self) -> Option<UndoSet> {
        let (by, since) = (self.query.by.clone()?, self.query.since.clone()?);
        Some(UndoSet { by, since: Timestamp(since), until: None, site: self.query.site.clone() })
    }

    /// Tells whether the filter names a set.
    pub fn names_set(&self) -> bool {
        self.set().is_some()
    }
}

impl State {
    pub(super) fn apply_log(&mut self, action: LogAction) -> Vec<Effect> {
        match action {
            LogAction::More => {
                self.log.loading = Loading::More;
                vec![call(Call::Log(LogQuery { cursor: self.log.next.clone(), ..self.log.query.clone() }))]
            }
            LogAction::Undo(id) => {
                self.tickets += 1;
                vec![call(Call::Undo(id, self.tickets))]
            }
            LogAction::OfferSet => {
                self.log.set = Some(OfferedSet::default());
                let query = LogQuery { limit: Some(COUNTED), cursor: None, ..self.log.query.clone() };
                vec![call(Call::CountSet(query)), Effect::Focus(Focus::Element("set-question"))]
            }
            LogAction::CancelSet => {
                self.log.set = None;
                vec![Effect::Focus(Focus::Heading)]
            }
            LogAction::ConfirmSet => self.undo_set(),
        }
    }

    fn undo_set(&mut self) -> Vec<Effect> {
        self.log.set = None;
        let Some(set) = self.log.set() else { return Vec::new() };
        self.tickets += 1;
        vec![call(Call::UndoSet(set, self.tickets)), Effect::Focus(Focus::Heading)]
    }

    /// Takes a page of the log.
    pub(super) fn logged(&mut self, query: &LogQuery, answer: Result<DecisionLog, Failure>) -> Vec<Effect> {
        let page = match answer {
            Ok(page) => page,
            Err(failure) => {
                self.log.loading = Loading::Failed(failure.clone());
                return retry_later(&failure);
            }
        };
        if query.cursor.is_none() {
            self.log.decisions.clear();
        }
        for decision in &page.decisions {
            let by = &decision.by;
            if by.name.is_some() && !self.log.people.iter().any(|known| known.id == by.id) {
                self.log.people.push(by.clone());
            }
        }
        self.log.decisions.extend(page.decisions);
        (self.log.next, self.log.loading) = (page.next, Loading::Idle);
        Vec::new()
    }

    /// Takes the number of a set.
    pub(super) fn set_counted(&mut self, answer: Result<DecisionLog, Failure>) -> Vec<Effect> {
        match (answer, &mut self.log.set) {
            (Ok(page), Some(set)) => {
                let count = page.decisions.iter().filter(|one| Log::is_undoable(one)).count();
                set.count = Some((count, page.next.is_some()));
            }
            (Err(failure), _) => {
                self.log.set = None;
                self.say(super::Outcome::Failed(failure));
            }
            (Ok(_), None) => {}
        }
        Vec::new()
    }
}
