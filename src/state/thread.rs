//! What is known of the thread: its comments so far and whether more follow.

use dumka_api::{Comment, CommentState, Listing, Sort, Thread};

use super::action::{Effect, Event, Focus};
use super::failure::Failure;
use super::list::List;
use super::pace::Pace;

/// Comments that wait to be shown, below which the next answer is asked for.
const ENOUGH_WAITING: usize = 60;

/// What is known of the thread.
#[derive(Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one per widget")]
pub enum Discussion {
    /// Nothing yet.
    Loading,
    /// Nothing, and why.
    Failed(Failure),
    /// The thread and its first comments at least.
    Ready(Loaded),
}

impl Discussion {
    /// Value of the element's `data-state`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Failed(_) => "failed",
            Self::Ready(loaded) if loaded.list.is_empty() => "empty",
            Self::Ready(_) => "ready",
        }
    }

    /// Whether it is shown as far as the first answer goes.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Loading => false,
            Self::Failed(_) => true,
            Self::Ready(loaded) => loaded.is_past_first_answer,
        }
    }
}

/// A thread with the comments that are here.
#[derive(Debug, PartialEq)]
pub struct Loaded {
    /// The thread.
    pub thread: Thread,
    /// Its comments.
    pub list: List,
    /// What is known of the rest.
    pub rest: Rest,
    /// What is known of what stands before.
    pub earlier: Earlier,
    /// The cursor of what follows those that are here.
    pub(super) next: Option<String>,
    /// The cursor of the request that is under way.
    asked: Option<String>,
    pace: Pace,
    /// Whether a step was asked for that has not come.
    is_step_due: bool,
    is_past_first_answer: bool,
}

/// What is known of the comments that are not shown.
#[derive(Debug, PartialEq)]
pub enum Rest {
    /// There are none, or they come by themselves.
    None,
    /// There are some.
    Waiting,
    /// They were asked for, and none of them is shown yet.
    Starting,
    /// They are being shown, step by step.
    Showing,
    /// There are some; the reader had seen enough.
    Stopped,
    /// They did not come, and why.
    Failed(Failure),
}

/// What is known of the comments before the first one that is here.
#[derive(Debug, PartialEq)]
pub enum Earlier {
    /// There are none.
    None,
    /// There are some.
    Some,
    /// The thread is on its way from its beginning.
    Loading,
    /// It did not come, and why.
    Failed(Failure),
}

impl Rest {
    /// Whether the reader waits for it.
    pub fn is_on_its_way(&self) -> bool {
        matches!(self, Self::Starting | Self::Showing)
    }
}

impl Loaded {
    /// The thread as its first answer tells it. Nothing is shown before the first step.
    pub fn new(listing: Listing) -> Self {
        Self {
            thread: listing.thread,
            list: List::new(listing.comments),
            rest: if listing.next.is_some() { Rest::Waiting } else { Rest::None },
            earlier: if listing.earlier { Earlier::Some } else { Earlier::None },
            next: listing.next,
            asked: None,
            pace: Pace::careful(),
            is_step_due: false,
            is_past_first_answer: false,
        }
    }

    /// Takes the place of `before`, whose steps, where one is due, become its own.
    pub(super) fn replace(&mut self, before: &Self) {
        self.is_step_due = before.is_step_due;
    }

    /// Begins to show the rest, or goes on, unless that is under way.
    pub(super) fn start_rest(&mut self) -> Vec<Effect> {
        if self.rest == Rest::None || self.rest.is_on_its_way() {
            return vec![];
        }
        self.rest = Rest::Starting;
        // What was pressed makes room for what stops it.
        let mut effects = vec![Effect::Focus(Focus::Stop)];
        effects.extend(self.go_on());
        effects
    }

    /// Leaves what is shown, and keeps what is here for the next time.
    pub(super) fn stop_rest(&mut self) -> Vec<Effect> {
        if !self.rest.is_on_its_way() {
            return vec![];
        }
        self.rest = Rest::Stopped;
        vec![Effect::Focus(Focus::ShowAll)]
    }

    /// Takes in what follows `cursor`; an answer that nobody waits for, since the thread was asked for anew
    /// meanwhile, is passed over.
    pub(super) fn rest_came(&mut self, cursor: &str, answer: Result<Listing, Failure>) -> Vec<Effect> {
        if self.asked.take_if(|asked| asked == cursor).is_none() {
            return vec![];
        }
        match answer {
            Ok(listing) => {
                self.append(listing);
                self.go_on()
            }
            Err(failure) => {
                if self.rest != Rest::Stopped {
                    self.rest = Rest::Failed(failure.clone());
                }
                vec![Effect::Emit(Event::Error(failure))]
            }
        }
    }

    fn append(&mut self, listing: Listing) {
        self.list.add(listing.comments);
        self.thread.total = listing.thread.total.max(self.thread.total);
        // An endpoint that points to the same place for ever would be asked for ever.
        self.next = listing.next.filter(|next| self.next.as_ref() != Some(next));
    }

    /// Shows the next comments, after a step that took so long.
    pub(super) fn step(&mut self, took_ms: f64) -> Vec<Effect> {
        self.is_step_due = false;
        self.pace.learn(took_ms);
        if self.rest == Rest::Stopped { vec![] } else { self.show(self.pace.next()) }
    }

    /// Shows so many of those that wait, and asks for what that needs next.
    pub(super) fn show(&mut self, number: usize) -> Vec<Effect> {
        let first_new = self.list.show(number);
        let mut effects = Vec::new();
        if let (Rest::Starting, Some(first_new)) = (&self.rest, first_new) {
            self.rest = Rest::Showing;
            // The reader stands at the first new comment while the others arrive below.
            effects.push(Effect::Focus(Focus::Comment(first_new)));
        }
        effects.extend(self.go_on());
        effects
    }

    /// Asks for the next step where comments wait, and for the next answer before they run out.
    fn go_on(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let waiting = self.list.waiting();
        if waiting > 0 && !self.is_step_due && self.rest != Rest::Stopped {
            self.is_step_due = true;
            effects.push(Effect::Step);
        }
        if waiting == 0 && !self.is_past_first_answer {
            self.is_past_first_answer = true;
            effects.push(Effect::Emit(Event::Ready));
        }
        if waiting == 0 && self.next.is_none() {
            self.rest = Rest::None;
        }
        if self.rest.is_on_its_way() && waiting < ENOUGH_WAITING && self.asked.is_none() {
            self.asked.clone_from(&self.next);
            effects.extend(self.next.clone().map(Effect::ListRest));
        }
        effects
    }

    /// Shows a comment written here: a reply under what it answers, another one where its order puts it; whether it is
    /// a new one.
    pub(super) fn add_own(&mut self, comment: Comment, sort: Sort) -> bool {
        if self.list.holds_parent(&comment) {
            self.list.add_reply(comment)
        } else {
            self.list.add_own(comment, sort)
        }
    }

    /// Takes a comment that was deleted here off the screen.
    pub(super) fn delete(&mut self, id: &str) {
        let counted = self.list.node(id).is_some_and(|node| node.comment.state == CommentState::Published);
        self.list.remove(id);
        self.thread.total -= u64::from(counted).min(self.thread.total);
    }
}
