//! Forms: sent, and what comes back.

use dumka_api::{
    Comment, CommentEdit, CommentId, CommentState, NewAuthor, NewComment, ProblemKind, ReportReason,
};

use super::action::{Accepted, Effect, Event, Focus, Form, Order};
use super::composer::{Phase, Preview, Purpose};
use super::failure::Failure;
use super::session::{Memory, Own};
use super::writing::save;
use super::{Discussion, Outcome, State};

impl State {
    pub(super) fn submit(&mut self, form: Form) -> Vec<Effect> {
        let Some(composer) = self.form(form).filter(|it| it.phase != Phase::Sending) else { return vec![] };
        if let Err(problem) = composer.check() {
            return self.reject(form, Failure::Problem(problem));
        }
        let Some(order) = self.order(form) else { return vec![] };
        self.outcome = None;
        let mut effects = Vec::new();
        if let Some(composer) = self.form(form) {
            composer.phase = Phase::Sending;
            // One that failed from now on would take the form back.
            if composer.preview == Preview::Loading {
                composer.preview = Preview::Closed;
            }
            if composer.purpose.is_comment() {
                effects = save(composer).into_iter().chain([Effect::SaveName]).collect();
            }
        }
        self.settle(form);
        effects.push(Effect::Send(form, order));
        effects
    }

    /// What the form asks the endpoint for; nothing where the reader has no right to it any more.
    fn order(&mut self, form: Form) -> Option<Order> {
        let composer = self.form(form)?;
        let text = composer.draft.text.clone();
        let token = |id: &str, state: &Self| Some(state.session.own(id)?.token.clone());
        match composer.purpose.clone() {
            Purpose::Comment | Purpose::Reply(_) => {
                let (parent, author) = (composer.purpose.parent().cloned(), composer.author());
                let request = self.request(parent, author, text);
                let fresh_key = self.fresh_key;
                Some(Order::Add(self.form(form)?.attempt(request, fresh_key).clone()))
            }
            Purpose::Edit(id, edited_at) => {
                let token = token(&id, self)?;
                Some(Order::Edit(id, token, CommentEdit { text, edited_at }))
            }
            Purpose::Delete(id) => {
                let token = token(&id, self)?;
                Some(Order::Delete(id, token))
            }
            Purpose::Report(id) => {
                let reason = ReportReason::from_word(&composer.reason)?;
                Some(Order::Report(id, reason, Some(text).filter(|note| !note.trim().is_empty())))
            }
        }
    }

    fn request(&self, parent: Option<CommentId>, author: NewAuthor, text: String) -> NewComment {
        let [site, page] = [self.config.site.clone(), self.config.page.clone()];
        let (title, url) = (self.config.title.clone(), self.config.url.clone());
        NewComment { site, page, parent, author, text, title, url }
    }

    pub(super) fn reject(&mut self, form: Form, failure: Failure) -> Vec<Effect> {
        let focus = failure.field().map_or(Focus::Alert(form), |field| Focus::Field(form, field));
        if let Some(composer) = self.form(form) {
            composer.phase = Phase::Rejected(failure.clone());
        }
        // What came back needs the reader more than what was pressed meanwhile.
        if form == Form::Panel {
            self.next_press = None;
        }
        self.settle(form);
        vec![Effect::Focus(focus), Effect::Emit(Event::Error(failure))]
    }

    pub(super) fn submitted(&mut self, form: Form, answer: Result<Option<Accepted>, Failure>) -> Vec<Effect> {
        match answer {
            Ok(accepted) => self.accepted(form, accepted),
            Err(failure) => {
                self.learn_from(form, &failure);
                self.reject(form, failure)
            }
        }
    }

    /// What a refusal says beyond itself.
    fn learn_from(&mut self, form: Form, failure: &Failure) {
        let Some(composer) = self.form(form) else { return };
        match failure.kind() {
            // The key belongs to another request; the next try needs one of its own.
            Some(ProblemKind::IdempotencyKeyReused) => composer.draft.attempt = None,
            Some(ProblemKind::ThreadClosed) => self.close_thread(),
            // The reader has been told; sent once more, it is meant.
            Some(ProblemKind::EditConflict) => {
                if let Purpose::Edit(_, base) = &mut composer.purpose {
                    *base = None;
                }
            }
            _ => {}
        }
    }

    fn accepted(&mut self, form: Form, accepted: Option<Accepted>) -> Vec<Effect> {
        let done = match form {
            Form::Panel => self.take_panel(),
            Form::Thread => Some(self.composer.clone()),
        };
        let Some(mut done) = done else { return vec![] };
        let (purpose, left) = (done.purpose.clone(), done.purpose.clone());
        done.clear();
        let mut effects: Vec<_> = save(&done).into_iter().collect();
        if form == Form::Thread {
            self.composer = done;
        }
        match (purpose, accepted) {
            (Purpose::Delete(id), _) => effects.extend(self.has_deleted(&id)),
            (Purpose::Report(id), _) => effects.extend(self.has_reported(id)),
            (Purpose::Edit(..), Some(Accepted { comment, .. })) => effects.extend(self.has_edited(comment)),
            (_, Some(Accepted { comment, token, until_ms, now_ms })) => {
                self.now_ms = now_ms;
                if let (Some(token), Some(until_ms)) = (token, until_ms) {
                    let own = Memory::Own(Own { id: comment.id.clone(), token, until_ms });
                    self.session.remember(own.clone());
                    effects.push(Effect::Remember(own));
                }
                effects.extend(self.has_posted(comment));
            }
            (_, None) => {}
        }
        if form == Form::Panel {
            effects.extend(self.sweep(&left).map(Effect::Focus));
            effects.extend(self.press_next());
        }
        effects
    }

    fn has_posted(&mut self, comment: Comment) -> Vec<Effect> {
        let is_held = comment.state == CommentState::Pending;
        self.outcome = Some(if is_held { Outcome::Held } else { Outcome::Published });
        let id = comment.id.clone();
        self.hold(&comment);
        let told = self.fresh.iter().position(|fresh| fresh.id == id).map(|told| self.fresh.remove(told));
        let sort = self.shown_sort();
        if let Some(loaded) = self.loaded_mut() {
            let is_new = loaded.add_own(comment, sort);
            // The stream, where it was faster, has counted it.
            if is_new && !is_held && told.is_none() {
                loaded.thread.total += 1;
            }
        }
        self.mark(&id);
        let mut effects = vec![Effect::Focus(Focus::Comment(id.clone())), Effect::Emit(Event::Posted(id))];
        if matches!(self.discussion, Discussion::Failed(_)) {
            effects.extend(self.reload());
        }
        effects
    }
}
