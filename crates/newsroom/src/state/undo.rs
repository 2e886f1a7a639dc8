//! Taking decisions back: the last one first, sets as well as single ones.

use dumka_api::newsroom::{Act, Decision, DecisionsMade, UndoSet};

use super::State;
use super::call::{Call, Ticket};
use super::card::{Card, Note};
use super::effect::{Effect, call};
use super::failure::Failure;
use super::outcome::Outcome;
use super::time;

/// Decisions that can be taken back together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoEntry {
    /// The act.
    pub act: Act,
    /// The number of decisions.
    pub count: u64,
    /// The first decision.
    first: Option<String>,
    /// The times of the earliest and the latest one, in milliseconds.
    span: Option<(i64, i64)>,
    /// The cards that have left, with their places.
    pub removed: Vec<(usize, Card)>,
    /// True where all that a query found was decided on, shown or not.
    pub is_whole: bool,
}

/// Entries that can be taken back, and the one whose answer is awaited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoStack {
    entries: Vec<UndoEntry>,
    awaited: Option<(Ticket, UndoEntry)>,
    is_dismissed: bool,
}

impl UndoEntry {
    /// Creates an entry without decisions.
    pub fn new(act: Act) -> Self {
        Self { act, count: 0, first: None, span: None, removed: Vec::new(), is_whole: false }
    }

    /// Adds a decision.
    pub fn add(&mut self, decision: &Decision) {
        self.count += 1;
        self.first.get_or_insert_with(|| decision.id.clone());
        if let Some(at) = time::ms(&decision.at) {
            let (from, to) = self.span.unwrap_or((at, at));
            self.span = Some((from.min(at), to.max(at)));
        }
    }

    /// The call that takes it back: by its id, or as all that this person decided in that span.
    fn undo_call(&self, me: &str, ticket: Ticket) -> Option<Call> {
        if self.count == 1 {
            return Some(Call::Undo(self.first.clone()?, ticket));
        }
        let (from, to) = self.span?;
        let (since, until) = (time::timestamp(from), Some(time::timestamp(to + 1)));
        Some(Call::UndoSet(UndoSet { by: me.into(), since, until, site: None }, ticket))
    }
}

impl UndoStack {
    /// The entry that is offered.
    pub fn offered(&self) -> Option<&UndoEntry> {
        self.entries.last().filter(|_| !self.is_dismissed)
    }

    /// Adds an entry, which is offered.
    pub fn push(&mut self, entry: UndoEntry) {
        self.is_dismissed = false;
        self.entries.push(entry);
    }

    /// Offers nothing until the next decision.
    pub fn dismiss(&mut self) {
        self.is_dismissed = true;
    }
}

impl State {
    /// Takes the last decision back.
    pub(super) fn undo_last(&mut self) -> Vec<Effect> {
        let Some(me) = self.access.me().map(|me| me.id.clone()) else { return Vec::new() };
        if self.undo.awaited.is_some() {
            return Vec::new();
        }
        let Some(entry) = self.undo.entries.pop() else { return Vec::new() };
        self.tickets += 1;
        let Some(what) = entry.undo_call(&me, self.tickets) else { return Vec::new() };
        self.undo.awaited = Some((self.tickets, entry));
        vec![call(what)]
    }

    /// Takes the answer to it.
    pub(super) fn undone(&mut self, ticket: Ticket, answer: Result<DecisionsMade, Failure>) -> Vec<Effect> {
        let is_awaited = matches!(&self.undo.awaited, Some((awaited, _)) if *awaited == ticket);
        let entry = if is_awaited { self.undo.awaited.take() } else { None };
        match answer {
            Ok(made) => {
                self.say(if made.decided > 0 { Outcome::Undone(made.decided) } else { Outcome::NotUndone });
                self.take_undone(entry.map(|(_, entry)| entry), made)
            }
            Err(failure) => {
                self.undo.entries.extend(entry.map(|(_, entry)| entry));
                self.say(Outcome::Failed(failure));
                Vec::new()
            }
        }
    }

    fn take_undone(&mut self, entry: Option<UndoEntry>, made: DecisionsMade) -> Vec<Effect> {
        let is_whole = entry.as_ref().is_some_and(|entry| entry.is_whole);
        if let Some(entry) = entry {
            let back = |card: &Card| {
                made.results.iter().any(|outcome| outcome.decision.is_some() && &*outcome.id == card.id())
            };
            let removed = entry.removed.into_iter().filter(|(_, card)| back(card)).collect();
            self.put_back(removed, &Note::Nothing);
        }
        for outcome in made.results {
            let Some(card) = self.list.card_mut(&outcome.id) else { continue };
            card.note = outcome.kind.map_or(Note::Nothing, Note::Refused);
            card.take(outcome.comment.map(|it| *it), outcome.decision.as_ref());
        }
        if matches!(self.place, super::Place::Log(_)) {
            return self.load();
        }
        let mut effects = self.focus_current();
        effects.extend(if is_whole { self.reload_queue() } else { Vec::new() });
        effects
    }
}
