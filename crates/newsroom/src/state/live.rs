//! The stream: counters, and comments that came or were decided on elsewhere.

use dumka_api::newsroom::{Act, CommentChanged, Counters, NewsroomComment, Queue, SiteCounters, Status};

use super::State;
use super::action::{Action, LiveAction, QueueAction};
use super::card::{Card, Note};
use super::effect::Effect;

/// Milliseconds for which a card says that somebody else decided, before it leaves.
const LEAVES_AFTER_MS: u32 = 4_000;

/// The things that the stream has told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// The counters of each site.
    pub sites: Vec<SiteCounters>,
    /// True while it is lost.
    pub is_lost: bool,
}

impl Live {
    /// The number of a queue, on one site or on all; none for queues that are not counted.
    pub fn count(&self, queue: Queue, site: Option<&str>) -> Option<u64> {
        let of = |counters: &Counters| {
            Some(match queue {
                Queue::New => counters.new,
                Queue::Pending => counters.pending,
                Queue::Reported => counters.reported,
                Queue::Held => counters.held,
                Queue::Appeals => counters.appeals,
                Queue::Rejected | Queue::All | Queue::Mine => return None,
            })
        };
        let sites = self.sites.iter().filter(|it| site.is_none_or(|site| it.site == site));
        sites.map(|site| of(&site.counters)).try_fold(0, |sum, number| Some(sum + number?))
    }
}

impl State {
    pub(super) fn apply_live(&mut self, action: LiveAction) -> Vec<Effect> {
        match action {
            LiveAction::Connected(is_there) => {
                let was_lost = std::mem::replace(&mut self.live.is_lost, !is_there);
                self.is_offline &= !is_there;
                if is_there && was_lost { self.catch_up() } else { Vec::new() }
            }
            LiveAction::Counters(hello) => {
                self.live.sites = hello.sites;
                Vec::new()
            }
            LiveAction::Comment(changed) => self.changed(*changed),
        }
    }

    /// Asks again for the list, since the stream tells nothing of what happened meanwhile; not under somebody who writes.
    fn catch_up(&mut self) -> Vec<Effect> {
        let is_list =
            matches!(self.place, super::Place::Queue(_)) && self.list.loading == super::Loading::Idle;
        let is_writing = self.reply.is_some() || self.choice.is_some();
        if is_list && !is_writing { self.reload() } else { Vec::new() }
    }

    fn changed(&mut self, changed: CommentChanged) -> Vec<Effect> {
        let CommentChanged { comment, decision } = changed;
        let id = comment.comment.id.to_string();
        let is_mine = decision.by.id.is_some() && decision.by.id == self.access.me().map(|me| me.id.clone());
        let is_left = self.list.is_left_after(decision.kind);
        let Some(card) = self.list.card_mut(&id) else {
            if !is_mine && self.may_hold(&comment, decision.kind) {
                self.list.newcomers += 1;
            }
            return Vec::new();
        };
        if is_mine || matches!(decision.kind, Act::Submit | Act::Edit | Act::Hold) {
            if decision.kind == Act::Edit && card.comment.text_revision != comment.text_revision {
                card.note = Note::Outdated;
            }
            card.comment = comment;
            return Vec::new();
        }
        card.comment = comment;
        card.note = Note::DecidedElsewhere { decision: Box::new(decision), is_due: false };
        if is_left {
            let leave = Action::Queue(QueueAction::Leave(id));
            return vec![Effect::Later(LEAVES_AFTER_MS, Box::new(leave))];
        }
        Vec::new()
    }

    /// Tells whether the list may hold a comment that is not on it, as far as that can be known here.
    fn may_hold(&self, comment: &NewsroomComment, kind: Act) -> bool {
        let query = &self.list.query;
        let is_new = matches!(kind, Act::Submit | Act::Hold | Act::Edit | Act::Undo);
        let is_of_queue = match query.queue.unwrap_or_default() {
            Queue::New => comment.status == Status::Published,
            Queue::Pending | Queue::Held => comment.status == Status::Pending,
            Queue::All => true,
            _ => false,
        };
        let is_of = |asked: &Option<String>, own: &str| asked.as_deref().is_none_or(|asked| asked == own);
        is_new && is_of_queue && is_of(&query.site, &comment.site) && is_of(&query.page, &comment.page)
    }

    /// Lets a card leave on which somebody else decided; not while it has the focus.
    pub(super) fn leave(&mut self, id: &str) -> Vec<Effect> {
        let is_current = self.list.current.as_deref() == Some(id);
        match self.list.card_mut(id).map(|card| &mut card.note) {
            Some(Note::DecidedElsewhere { is_due, .. }) if is_current => *is_due = true,
            Some(Note::DecidedElsewhere { .. }) => drop(self.list.remove(id)),
            _ => {}
        }
        Vec::new()
    }

    /// Lets all leave that should have left and had the focus.
    pub(super) fn leave_due(&mut self) {
        let current = self.list.current.clone();
        let is_due = |card: &&Card| match card.note {
            Note::DecidedElsewhere { is_due, .. } => is_due,
            Note::Refused(_) => self.list.has_lost(card),
            _ => false,
        };
        let due = self.list.cards.iter().filter(is_due).filter(|card| Some(card.id()) != current.as_deref());
        for id in due.map(|card| card.id().to_owned()).collect::<Vec<_>>() {
            self.list.remove(&id);
        }
    }
}
