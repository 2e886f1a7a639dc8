//! What happens in the thread while it is read. What changes changes in its place; what is new waits until the reader
//! asks for it, so that nothing moves under their eyes.

use dumka_api::{Comment, CommentState, Feature, Sort};

use super::State;
use super::action::{Effect, Focus, Happening, Told};
use super::composer::Phase;
use super::thread::Rest;

impl State {
    /// Listens from where the list ends.
    pub(super) fn listen(&self) -> Option<Effect> {
        let event = self.loaded()?.thread.event.clone().unwrap_or_else(|| "0".into());
        self.can(Feature::Live).then_some(Effect::Listen(event))
    }

    /// How many comments came that the reader has not asked for. As long as one of the reader's own is on its way, it
    /// may be among them.
    pub fn new_number(&self) -> usize {
        let mut forms = self.panel.iter().chain([&self.composer]);
        if forms.any(|form| form.phase == Phase::Sending) { 0 } else { self.fresh.len() }
    }

    pub(super) fn heard(&mut self, Happening { what, total }: Happening) -> Vec<Effect> {
        if let (Some(loaded), Some(total)) = (self.loaded_mut(), total) {
            loaded.thread.total = total;
        }
        match what {
            Told::New(comment) => self.is_new(comment),
            Told::Edited(comment) => self.is_other(comment),
            Told::Deleted(id) => {
                self.held.retain(|held| held.id != id);
                self.fresh.retain(|fresh| fresh.id != id);
                if let Some(loaded) = self.loaded_mut() {
                    loaded.list.remove(&id);
                }
            }
            Told::Votes(id, votes) => {
                if let Some(fresh) = self.fresh.iter_mut().find(|fresh| fresh.id == id) {
                    fresh.votes = votes;
                }
                self.judged_by_others(&id, votes);
            }
        }
        vec![]
    }

    fn is_new(&mut self, comment: Comment) {
        self.hold(&comment);
        let is_here = self.loaded().is_some_and(|loaded| loaded.list.holds(&comment.id));
        if is_here || self.fresh.iter().any(|fresh| fresh.id == comment.id) {
            self.is_other(comment);
        } else {
            self.fresh.push(comment);
        }
    }

    fn is_other(&mut self, comment: Comment) {
        if let Some(fresh) = self.fresh.iter_mut().find(|fresh| fresh.id == comment.id) {
            *fresh = comment;
        } else if let Some(loaded) = self.loaded_mut() {
            if comment.state == CommentState::Deleted {
                return loaded.list.mark(&comment.id);
            }
            loaded.list.replace(comment);
        }
    }

    pub(super) fn show_new(&mut self) -> Vec<Effect> {
        if self.fresh.is_empty() {
            return vec![];
        }
        let mut first = None;
        // They come in the order of their last change: a reply may stand before what it answers.
        while let Some(next) = self.next_new() {
            let comment = self.fresh.remove(next);
            let (id, sort, is_reply) = (comment.id.clone(), self.shown_sort(), comment.parent.is_some());
            let Some(loaded) = self.loaded_mut() else { break };
            let is_shown = if loaded.list.holds_parent(&comment) {
                loaded.list.add_reply(comment)
            } else if comment.parent.is_none() || loaded.rest == Rest::None {
                loaded.list.add_own(comment, sort)
            } else {
                // The rest will bring what it answers, and it with it.
                false
            };
            let stands_first = first.is_none() || (sort == Sort::Newest && !is_reply);
            if is_shown && stands_first {
                first = Some(id);
            }
        }
        // What was pressed is gone; those that are not shown come with the rest.
        vec![Effect::Focus(first.map_or(Focus::ShowAll, Focus::Comment))]
    }

    /// The next of the new comments that can be shown: one whose place is here, or else any.
    fn next_new(&self) -> Option<usize> {
        let list = &self.loaded()?.list;
        let has_place = |comment: &Comment| comment.parent.is_none() || list.holds_parent(comment);
        self.fresh.iter().position(has_place).or_else(|| self.fresh.len().checked_sub(1))
    }
}
