//! Getting the comments: the first answer, the rest of them step by step, and what stands before.

use dumka_api::{Listing, Sort};

use super::action::{Effect, Event, Focus, Form};
use super::failure::Failure;
use super::thread::{Discussion, Earlier, Loaded, Rest};
use super::{Outcome, State};

/// Comments that are shown at once, before the first step: more than a screen has room for.
pub(super) const FIRST_PART: usize = 25;
/// Where nobody sees it yet, none: what stands around them is drawn in a task of its own, in which the browser
/// compiles much of the program.
const UNSEEN_PART: usize = 0;

impl State {
    /// Draws the first answer in steps from the beginning, for a widget that is not seen yet.
    pub fn begin_unseen(&mut self) {
        self.first_part = UNSEEN_PART;
    }

    /// Shows all that is here at once, for a page on which nothing goes on meanwhile.
    pub fn show_at_once(&mut self) {
        if let Discussion::Ready(loaded) = &mut self.discussion {
            loaded.show(usize::MAX);
        }
    }

    pub(super) fn reload(&mut self) -> Vec<Effect> {
        if !matches!(self.discussion, Discussion::Ready(_)) {
            self.discussion = Discussion::Loading;
        }
        vec![self.ask_anew()]
    }

    fn ask_anew(&mut self) -> Effect {
        self.question += 1;
        Effect::List(self.question)
    }

    /// Takes in the answer to the last question; what comes late for one before it may be of another order.
    pub(super) fn listed(&mut self, question: u32, answer: Result<Listing, Failure>) -> Vec<Effect> {
        if question != self.question {
            return vec![];
        }
        match answer {
            Ok(listing) => self.show_anew(listing),
            Err(failure) => {
                self.list_failed(failure.clone());
                self.sort_back().into_iter().chain([Effect::Emit(Event::Error(failure))]).collect()
            }
        }
    }

    fn show_anew(&mut self, listing: Listing) -> Vec<Effect> {
        let ids: Vec<_> = listing.comments.iter().map(|comment| comment.id.clone()).collect();
        let mut loaded = Loaded::new(listing);
        let (mut first_part, mut focus) = (self.first_part, None);
        let is_first = !matches!(self.discussion, Discussion::Ready(_));
        if let Discussion::Ready(before) = &self.discussion {
            loaded.replace(before);
            // As many as stood there, lest the page become shorter under the reader and then longer again.
            first_part = first_part.max(before.list.shown());
            focus = ids.first().filter(|_| before.earlier == Earlier::Loading).cloned();
        }
        let mut effects = loaded.show(first_part);
        effects.extend(focus.map(|id| Effect::Focus(Focus::Comment(id))));
        self.discussion = Discussion::Ready(loaded);
        if self.sort_before.take().is_some() {
            self.outcome = Some(Outcome::Sorted(self.config.sort));
        }
        self.fresh.clear();
        self.show_held();
        for id in &ids {
            self.mark(id);
        }
        self.settle(Form::Panel);
        effects.extend(self.listen());
        if is_first && self.first_part != UNSEEN_PART {
            effects.extend(self.ask_for_held());
        }
        effects
    }

    pub(super) fn rest_listed(&mut self, cursor: &str, answer: Result<Listing, Failure>) -> Vec<Effect> {
        let comments = answer.iter().flat_map(|listing| &listing.comments);
        let ids: Vec<_> = comments.map(|comment| comment.id.clone()).collect();
        let effects = self.with_thread(|loaded| loaded.rest_came(cursor, answer));
        self.show_held();
        for id in &ids {
            self.mark(id);
        }
        self.settle(Form::Panel);
        effects
    }

    pub(super) fn sort_by(&mut self, sort: Sort) -> Vec<Effect> {
        if self.config.sort == sort {
            return vec![];
        }
        self.sort_before.get_or_insert(self.config.sort);
        self.config.sort = sort;
        self.config.comment = None;
        self.outcome = None;
        vec![Effect::SaveSort(sort), self.ask_anew()]
    }

    /// The order of what is shown.
    pub fn shown_sort(&self) -> Sort {
        self.sort_before.unwrap_or(self.config.sort)
    }

    /// What is shown stays in its order when another one does not come.
    fn sort_back(&mut self) -> Option<Effect> {
        self.config.sort = self.sort_before.take()?;
        self.outcome = Some(Outcome::NotListed);
        Some(Effect::SaveSort(self.config.sort))
    }

    fn list_failed(&mut self, failure: Failure) {
        match &mut self.discussion {
            Discussion::Ready(loaded) if loaded.earlier == Earlier::Loading => {
                loaded.earlier = Earlier::Failed(failure);
            }
            // A failed refresh leaves what is on the screen.
            Discussion::Ready(_) => {}
            discussion => *discussion = Discussion::Failed(failure),
        }
    }

    pub(super) fn show_earlier(&mut self) -> Vec<Effect> {
        match &mut self.discussion {
            Discussion::Ready(loaded) if loaded.earlier != Earlier::Loading => {
                loaded.earlier = Earlier::Loading;
                self.config.comment = None;
                vec![self.ask_anew()]
            }
            _ => vec![],
        }
    }

    /// Lets the thread, where there is one, change; says so when the rest sets out and when it is all there.
    pub(super) fn with_thread(&mut self, change: impl FnOnce(&mut Loaded) -> Vec<Effect>) -> Vec<Effect> {
        let Discussion::Ready(loaded) = &mut self.discussion else { return vec![] };
        let was_on_its_way = loaded.rest.is_on_its_way();
        let effects = change(loaded);
        if loaded.rest.is_on_its_way() != was_on_its_way {
            self.outcome = match &loaded.rest {
                Rest::Starting | Rest::Showing => Some(Outcome::RestComes),
                Rest::None if loaded.earlier == Earlier::None => Some(Outcome::AllShown),
                // What is left to do stands there, and has the focus or is an alert.
                _ => None,
            };
        }
        effects
    }
}
