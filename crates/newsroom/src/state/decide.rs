//! Decisions: the card leaves at once, and comes back with the reason where the server refuses.

use dumka_api::newsroom::{Act, CommentRef, DecisionReason, NewDecisions, QueueQuery};

use super::State;
use super::action::{ChoiceAction, Target};
use super::call::{Call, Ticket};
use super::card::Card;
use super::effect::{Effect, Focus, call};
use super::queue::Selection;

/// A decision that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub ticket: Ticket,
    /// The body of its request.
    pub decisions: NewDecisions,
    /// The cards that have left for it, with their places.
    pub removed: Vec<(usize, Card)>,
}

/// The choice of a reason, before a comment is rejected or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The comments; several where a selection is decided on.
    pub target: Target,
    /// The act.
    pub act: Act,
    /// The private note.
    pub note: String,
    /// The words to the author.
    pub words: String,
}

/// A decision on a whole query that found another number than expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberChanged {
    /// The decision.
    pub decisions: NewDecisions,
    /// The number expected.
    pub expected: u64,
}

impl State {
    /// Decides, or first offers the choice of a reason.
    pub(super) fn decide(&mut self, target: Target, act: Act) -> Vec<Effect> {
        let Some(target) = self.resolved(target) else { return Vec::new() };
        let act = self.toggled(&target, act);
        match (&self.choice, act) {
            (Some(choice), Act::Reject) if choice.target == target && choice.act == act => {
                self.apply_choice(ChoiceAction::Decide(None))
            }
            (_, Act::Reject) => {
                self.choice = Some(Choice { target, act, note: String::new(), words: String::new() });
                vec![Effect::Focus(Focus::Element("reject-without-reason"))]
            }
            _ => {
                self.choice = None;
                self.send_decision(&target, bare(act))
            }
        }
    }

    /// A target that is there and that the person decides on.
    fn resolved(&self, target: Target) -> Option<Target> {
        let target = match target {
            Target::Chosen if self.list.selection == Selection::None => {
                Target::One(self.list.current_card()?.id().to_owned())
            }
            other => other,
        };
        let is_allowed = match &target {
            Target::One(id) => self.decides_on_card(id),
            Target::Chosen => true,
        };
        is_allowed.then_some(target)
    }

    /// Tells whether a card is there and the person decides on its comment.
    pub(super) fn decides_on_card(&self, id: &str) -> bool {
        let card = self.list.position(id).and_then(|at| self.list.cards.get(at));
        card.is_some_and(|card| self.access.decides_on(&card.comment.site))
    }

    /// Featuring what is featured takes it out, and so for pins.
    fn toggled(&self, target: &Target, act: Act) -> Act {
        let Target::One(id) = target else { return act };
        let card = self.list.position(id).and_then(|at| self.list.cards.get(at));
        match (act, card) {
            (Act::Feature, Some(card)) if card.is_featured() => Act::Unfeature,
            (Act::Pin, Some(card)) if card.is_pinned() => Act::Unpin,
            _ => act,
        }
    }

    pub(super) fn apply_choice(&mut self, action: ChoiceAction) -> Vec<Effect> {
        let Some(choice) = &mut self.choice else { return Vec::new() };
        match action {
            ChoiceAction::Note(note) => choice.note = note,
            ChoiceAction::Words(words) => choice.words = words,
            ChoiceAction::Cancel => {
                self.choice = None;
                return self.focus_current();
            }
            ChoiceAction::Decide(reason) => {
                let Some(Choice { target, act, note, words }) = self.choice.take() else { return Vec::new() };
                return self.send_decision(&target, with_reason(act, reason, (&note, &words)));
            }
        }
        Vec::new()
    }

    fn send_decision(&mut self, target: &Target, mut decisions: NewDecisions) -> Vec<Effect> {
        let chosen = match target {
            Target::One(id) => vec![id.clone()],
            Target::Chosen => self.shown_selection(),
        };
        if *target == Target::Chosen && self.list.selection == Selection::Whole {
            decisions.query = Some(QueueQuery { cursor: None, limit: None, ..self.list.query.clone() });
            decisions.expect = Some(self.list.total);
        } else {
            decisions.comments = Some(self.references(&chosen));
        }
        self.dispatch(decisions, &chosen)
    }

    fn shown_selection(&self) -> Vec<String> {
        let ids = self.list.cards.iter().map(Card::id);
        ids.filter(|id| self.list.is_selected(id)).map(str::to_owned).collect()
    }

    fn references(&self, chosen: &[String]) -> Vec<CommentRef> {
        let cards = self.list.cards.iter().filter(|card| chosen.iter().any(|id| id == card.id()));
        let reference = |card: &Card| CommentRef {
            id: card.comment.comment.id.clone(),
            text_revision: card.comment.text_revision,
        };
        cards.map(reference).collect()
    }

    /// Lets the cards leave, moves the focus on, and sends the decision.
    pub(super) fn dispatch(&mut self, decisions: NewDecisions, chosen: &[String]) -> Vec<Effect> {
        self.tickets += 1;
        self.list.selection = Selection::None;
        let is_whole = decisions.query.is_some();
        let mut removed = Vec::new();
        if self.list.is_left_after(decisions.decision) {
            removed.extend(chosen.iter().filter_map(|id| self.list.remove(id)));
            // From the last one, each stood where it says.
            removed.reverse();
        }
        let (ticket, body) = (self.tickets, Box::new(decisions.clone()));
        self.batches.push(Batch { ticket, decisions, removed });
        let mut effects = vec![call(Call::Decide(body, ticket))];
        effects.extend(self.focus_current());
        // The next page of a query that is decided on as a whole would still hold what is about to leave.
        if !is_whole {
            effects.extend(self.fill());
        }
        effects
    }
}

fn bare(decision: Act) -> NewDecisions {
    NewDecisions {
        comments: None,
        query: None,
        expect: None,
        decision,
        reason: None,
        note: None,
        words: None,
    }
}

fn with_reason(act: Act, reason: Option<DecisionReason>, (note, words): (&str, &str)) -> NewDecisions {
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    NewDecisions { reason, note: filled(note), words: filled(words), ..bare(act) }
}
