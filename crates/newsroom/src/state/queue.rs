//! The list of comments: cards in the order of the query, one of them current, some of them selected.

use dumka_api::newsroom::{Act, NewsroomListing, Queue, QueueQuery, Status};

use super::card::Card;
use super::failure::Failure;

/// A list of comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentList {
    /// The query, without cursor.
    pub query: QueueQuery,
    /// The cards, in the order of the query.
    pub cards: Vec<Card>,
    /// The number of all that the query finds, less those that have left since.
    pub total: u64,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The request under way.
    pub loading: Loading,
    /// The id of the current card.
    pub current: Option<String>,
    /// The selection.
    pub selection: Selection,
    /// The number of comments that came since.
    pub newcomers: u64,
}

/// The state of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Loading {
    /// None is under way.
    #[default]
    Idle,
    /// The first page.
    First,
    /// A further page.
    More,
    /// It failed.
    Failed(Failure),
}

/// The selected comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// None.
    #[default]
    None,
    /// These.
    Some(Vec<String>),
    /// All that the query finds.
    Whole,
}

impl CommentList {
    /// Begins anew with a query.
    pub fn ask(query: QueueQuery) -> Self {
        Self { query, loading: Loading::First, ..Self::default() }
    }

    /// Takes a page.
    pub fn take(&mut self, listing: NewsroomListing, is_more: bool) {
        if !is_more {
            self.cards.clear();
            self.newcomers = 0;
        }
        let known = |id: &str, cards: &[Card]| cards.iter().any(|card| card.id() == id);
        for comment in listing.comments {
            if !known(&comment.comment.id, &self.cards) {
                self.cards.push(Card::new(comment));
            }
        }
        (self.total, self.next, self.loading) = (listing.total, listing.next, Loading::Idle);
        if !self.current.as_deref().is_some_and(|current| known(current, &self.cards)) {
            self.current = self.cards.first().map(|card| card.id().to_owned());
        }
    }

    /// The place of a comment.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.cards.iter().position(|card| card.id() == id)
    }

    /// A card by its comment's id.
    pub fn card_mut(&mut self, id: &str) -> Option<&mut Card> {
        self.cards.iter_mut().find(|card| card.id() == id)
    }

    /// The current card.
    pub fn current_card(&self) -> Option<&Card> {
        self.cards.get(self.position(self.current.as_deref()?)?)
    }

    /// Makes the card so many steps on the current one; at the ends it stays.
    pub fn step(&mut self, by: isize) -> Option<String> {
        let last = self.cards.len().checked_sub(1)?;
        let at = self.current.as_deref().and_then(|id| self.position(id));
        let at = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
        self.current = Some(self.cards[at].id().to_owned());
        self.current.clone()
    }

    /// Takes a card out; the next one becomes current, or else the one before.
    pub fn remove(&mut self, id: &str) -> Option<(usize, Card)> {
        let at = self.position(id)?;
        let card = self.cards.remove(at);
        self.total = self.total.saturating_sub(1);
        if self.current.as_deref() == Some(id) {
            let next = self.cards.get(at).or_else(|| self.cards.last());
            self.current = next.map(|card| card.id().to_owned());
        }
        if let Selection::Some(ids) = &mut self.selection {
            ids.retain(|selected| selected != id);
        }
        Some((at, card))
    }

    /// Puts a card back where it was.
    pub fn put_back(&mut self, at: usize, card: Card) {
        if self.position(card.id()).is_none() {
            self.cards.insert(at.min(self.cards.len()), card);
            self.total += 1;
        }
    }

    /// Tells whether the query finds a comment no longer once this was done to it.
    pub fn is_left_after(&self, act: Act) -> bool {
        let to = match act {
            Act::Approve => Status::Published,
            Act::Reject => Status::Rejected,
            Act::Delete => Status::Deleted,
            _ => return false,
        };
        self.query.status.is_some_and(|asked| asked != to) || !self.holds(to)
    }

    /// Tells whether a card shows a comment that the queue no longer finds, by its status alone.
    pub fn has_lost(&self, card: &Card) -> bool {
        let status = card.comment.status;
        match self.query.queue.unwrap_or_default() {
            Queue::New => status != Status::Published,
            Queue::Pending | Queue::Held => status != Status::Pending,
            Queue::Rejected => status != Status::Rejected,
            Queue::Reported | Queue::Appeals | Queue::All | Queue::Mine => status == Status::Deleted,
        }
    }

    /// Tells whether the queue holds comments of a status that were just decided.
    fn holds(&self, status: Status) -> bool {
        match self.query.queue.unwrap_or_default() {
            Queue::All => status != Status::Deleted,
            Queue::Rejected => status == Status::Rejected,
            Queue::Mine => true,
            Queue::New | Queue::Pending | Queue::Reported | Queue::Held | Queue::Appeals => false,
        }
    }

    /// Tells whether a comment is selected.
    pub fn is_selected(&self, id: &str) -> bool {
        match &self.selection {
            Selection::None => false,
            Selection::Some(ids) => ids.iter().any(|selected| selected == id),
            Selection::Whole => true,
        }
    }

    /// Selects a comment, or does so no longer.
    pub fn toggle(&mut self, id: &str) {
        let mut ids = match std::mem::take(&mut self.selection) {
            Selection::Some(ids) => ids,
            Selection::None => Vec::new(),
            Selection::Whole => self.cards.iter().map(|card| card.id().to_owned()).collect(),
        };
        match ids.iter().position(|selected| selected == id) {
            Some(at) => drop(ids.remove(at)),
            None => ids.push(id.to_owned()),
        }
        self.selection = if ids.is_empty() { Selection::None } else { Selection::Some(ids) };
    }

    /// The number of selected comments.
    pub fn selected_count(&self) -> u64 {
        match &self.selection {
            Selection::None => 0,
            Selection::Some(ids) => ids.len() as u64,
            Selection::Whole => self.total,
        }
    }
}
