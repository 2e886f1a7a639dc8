//! Answers to decisions: what was decided can be taken back, what was not comes back with the reason.

use dumka_api::ProblemKind;
use dumka_api::newsroom::{DecisionOutcome, DecisionsMade};

use super::State;
use super::call::Ticket;
use super::card::{Card, Note};
use super::decide::{Batch, NumberChanged};
use super::effect::Effect;
use super::failure::Failure;
use super::outcome::Outcome;
use super::undo::UndoEntry;

impl State {
    /// Takes the answer to a decision.
    pub(super) fn decided(&mut self, ticket: Ticket, answer: Result<DecisionsMade, Failure>) -> Vec<Effect> {
        let Some(at) = self.batches.iter().position(|batch| batch.ticket == ticket) else {
            return Vec::new();
        };
        let mut batch = self.batches.remove(at);
        match answer {
            Ok(made) => self.take_results(batch, made),
            Err(failure) if failure.is(ProblemKind::QueryChanged) => {
                self.put_back(std::mem::take(&mut batch.removed), &Note::Nothing);
                let expected = batch.decisions.expect.unwrap_or_default();
                self.number_changed = Some(NumberChanged { decisions: batch.decisions, expected });
                self.reload()
            }
            Err(failure) => {
                let ids = batch.decisions.comments.iter().flatten();
                for id in ids.map(|reference| reference.id.to_string()) {
                    if let Some(card) = self.list.card_mut(&id) {
                        card.note = Note::Failed(failure.clone());
                    }
                }
                self.put_back(batch.removed, &Note::Failed(failure.clone()));
                self.say(Outcome::Failed(failure));
                self.focus_current()
            }
        }
    }

    fn take_results(&mut self, batch: Batch, made: DecisionsMade) -> Vec<Effect> {
        let is_whole = batch.decisions.query.is_some();
        let mut entry = UndoEntry::new(batch.decisions.decision);
        entry.is_whole = is_whole;
        let mut removed = batch.removed;
        let mut failed = 0;
        for outcome in made.results {
            if let Some(decision) = &outcome.decision {
                entry.add(decision);
                if let Some(card) = self.list.card_mut(&outcome.id) {
                    (card.note, ()) =
                        (Note::Nothing, card.take(outcome.comment.map(|it| *it), Some(decision)));
                }
            } else {
                failed += 1;
                self.return_card(&mut removed, outcome);
            }
        }
        entry.removed = removed;
        entry.count = entry.count.max(made.decided);
        self.say(Outcome::Decided { act: entry.act, count: made.decided, failed });
        if made.decided > 0 {
            self.undo.push(entry);
        }
        let mut effects = if failed > 0 { self.focus_current() } else { Vec::new() };
        // More were decided on than were shown.
        effects.extend(if is_whole { self.reload_queue() } else { Vec::new() });
        effects
    }

    /// Lets a card come back that was not decided, as its comment is now.
    fn return_card(&mut self, removed: &mut Vec<(usize, Card)>, outcome: DecisionOutcome) {
        let id = outcome.id.to_string();
        if let Some(at) = removed.iter().position(|(_, card)| card.id() == id) {
            let (at, card) = removed.remove(at);
            self.list.put_back(at, card);
        }
        let Some(card) = self.list.card_mut(&id) else { return };
        card.take(outcome.comment.map(|it| *it), None);
        card.note = match outcome.kind {
            Some(ProblemKind::DecisionOutdated) => Note::Outdated,
            kind => Note::Refused(kind.unwrap_or_default()),
        };
        self.list.current = Some(id);
    }

    /// Puts cards back where they were, each with a note.
    pub(super) fn put_back(&mut self, removed: Vec<(usize, Card)>, note: &Note) {
        if let Some((_, card)) = removed.last() {
            self.list.current = Some(card.id().to_owned());
        }
        for (at, card) in removed {
            self.list.put_back(at, Card { note: note.clone(), ..card });
        }
    }

    /// Decides on the number that the query finds by now.
    pub(super) fn accept_number(&mut self) -> Vec<Effect> {
        let Some(NumberChanged { mut decisions, .. }) = self.number_changed.take() else { return Vec::new() };
        decisions.expect = Some(self.list.total);
        let shown: Vec<String> = self.list.cards.iter().map(|card| card.id().to_owned()).collect();
        self.dispatch(decisions, &shown)
    }
}
