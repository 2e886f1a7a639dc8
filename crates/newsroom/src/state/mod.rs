//! The state of the moderators' program, and the one function that changes it. Pure: no browser, no network, no clock.

mod access;
mod action;
mod answered;
mod call;
mod card;
mod context;
mod decide;
mod decided;
mod effect;
mod failure;
mod live;
mod log;
mod outcome;
mod place;
mod queue;
mod staff;
#[cfg(test)]
mod tests;
mod threads;
pub mod time;
mod undo;

use dumka_api::Timestamp;
use dumka_api::newsroom::{Queue, QueueQuery};

pub use access::{Access, Invitation, SignInForm};
pub use action::{
    AccessAction, Action, ChoiceAction, LiveAction, LogAction, QueueAction, ReplyAction, StaffAction, Target,
    ThreadAction, ThreadField,
};
pub use call::{Answer, Call, WireRequest};
pub use card::{Card, Note};
pub use context::{Context, Reply};
pub use decide::{Batch, Choice, NumberChanged};
pub use effect::{Effect, Focus};
pub use failure::Failure;
pub use live::Live;
pub use log::{Log, OfferedSet};
pub use outcome::Outcome;
pub use place::{LogQuery, Place, ThreadAddress, ThreadsQuery};
pub use queue::{CommentList, Loading, Selection};
pub use staff::Staff;
pub use threads::{ThreadForm, Threads};
pub use undo::UndoStack;

use effect::call;

/// Milliseconds until what did not come is asked for again.
const RETRY_MS: u32 = 5_000;

/// Cards that are left when the next page is asked for unasked.
const FEW_CARDS: usize = 5;

/// Everything that the program knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each part is told at its type")]
pub struct State {
    pub access: Access,
    pub sign_in: SignInForm,
    pub place: Place,
    pub list: CommentList,
    pub context: Option<Context>,
    pub choice: Option<Choice>,
    pub reply: Option<Reply>,
    pub number_changed: Option<NumberChanged>,
    pub batches: Vec<Batch>,
    pub undo: UndoStack,
    pub live: Live,
    pub log: Log,
    pub threads: Threads,
    pub thread: ThreadForm,
    pub staff: Staff,
    /// The last outcome, with a number that tells one from the same before it.
    pub outcome: Option<(u32, Outcome)>,
    /// True while the line is lost.
    pub is_offline: bool,
    /// True while the keys are shown.
    pub is_help_open: bool,
    /// The server's time at the sign-in.
    pub skew_from: Option<Timestamp>,
    /// The number of the last decision or undo.
    pub tickets: u32,
    /// Calls that wait until somebody has signed in again.
    pub parked: Vec<Call>,
}

impl State {
    /// Changes the state by what happened; returns what is wanted of the world.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Navigated(place) => self.navigated(&place),
            Action::Answered(what, answer) => self.answered(*what, *answer),
            Action::Access(action) => self.apply_access(action),
            Action::Queue(action) => self.apply_queue(action),
            Action::Choice(action) => self.apply_choice(action),
            Action::Reply(action) => self.apply_reply(action),
            Action::Undo => self.undo_last(),
            Action::DismissUndo => {
                self.undo.dismiss();
                self.focus_current()
            }
            Action::Live(action) => self.apply_live(action),
            Action::Log(action) => self.apply_log(action),
            Action::Thread(action) => self.apply_thread(action),
            Action::Staff(action) => self.apply_staff(action),
            Action::Search => vec![Effect::Focus(Focus::Element("search"))],
            Action::Close => Vec::new(),
            Action::Help(is_open) => {
                self.is_help_open = is_open;
                if is_open {
                    vec![Effect::Focus(Focus::Element("help-heading"))]
                } else {
                    self.focus_current()
                }
            }
            Action::Retry => self.retry(),
        }
    }

    fn navigated(&mut self, place: &Place) -> Vec<Effect> {
        let is_new = std::mem::replace(&mut self.place, place.clone()) != *place;
        let is_inside = matches!(self.access, Access::SignedIn(_));
        if !is_inside || (!is_new && *place != Place::Home) {
            return Vec::new();
        }
        (self.choice, self.context, self.number_changed) = (None, None, None);
        let mut effects = self.load();
        effects.push(Effect::Focus(Focus::Heading));
        effects
    }

    /// Asks for what the place shows.
    fn load(&mut self) -> Vec<Effect> {
        match self.place.clone() {
            Place::Home => vec![Effect::Replace(Place::of_queue(Queue::Pending, None))],
            Place::Queue(query) => {
                self.list = CommentList::ask((*query).clone());
                vec![call(Call::List(query))]
            }
            Place::Comment(id) => {
                self.list =
                    CommentList::ask(QueueQuery { queue: Some(Queue::Mine), ..QueueQuery::default() });
                self.context = Some(Context { id: id.clone(), detail: None });
                vec![call(Call::Comment(id))]
            }
            Place::Threads(query) => {
                self.threads =
                    Threads { query: query.clone(), loading: Loading::First, ..Threads::default() };
                vec![call(Call::Threads(query))]
            }
            Place::Thread(address) => {
                self.thread = ThreadForm::default();
                vec![call(Call::Thread(address))]
            }
            Place::Log(query) => {
                let people = std::mem::take(&mut self.log.people);
                self.log = Log { query: query.clone(), loading: Loading::First, people, ..Log::default() };
                vec![call(Call::Log(query))]
            }
            Place::Staff => vec![call(Call::Staff)],
            Place::Me => vec![call(Call::Sessions)],
        }
    }

    fn apply_queue(&mut self, action: QueueAction) -> Vec<Effect> {
        match action {
            QueueAction::Ask(query) => return vec![Effect::Navigate(Place::Queue(query))],
            QueueAction::Focused(id) => {
                self.list.current = Some(id);
                self.leave_due();
            }
            QueueAction::Step(by) => {
                let focus = self.list.step(by).map(|id| Effect::Focus(Focus::Card(id)));
                self.leave_due();
                return focus.into_iter().collect();
            }
            QueueAction::Toggle(id) => {
                let id = id.or_else(|| self.list.current.clone());
                if let Some(id) = id.filter(|id| self.decides_on_card(id)) {
                    self.list.toggle(&id);
                }
            }
            QueueAction::SelectShown => {
                let ids = self.list.cards.iter().map(|card| card.id().to_owned()).collect();
                self.list.selection = Selection::Some(ids);
            }
            QueueAction::SelectWhole => self.list.selection = Selection::Whole,
            QueueAction::Deselect => {
                (self.list.selection, self.number_changed) = (Selection::None, None);
                return self.focus_current();
            }
            QueueAction::Decide(target, act) => return self.decide(target, act),
            QueueAction::More => return self.more(),
            QueueAction::Refresh => return self.reload(),
            QueueAction::Context(id) => return self.toggle_context(id),
            QueueAction::Author => return self.ask_author(),
            QueueAction::Leave(id) => return self.leave(&id),
            QueueAction::AcceptNumber => return self.accept_number(),
        }
        Vec::new()
    }
}
