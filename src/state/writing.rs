//! Forms: opening, filling in, sending, and what comes back.

use dumka_api::{
    Body, Comment, CommentEdit, CommentState, EditedAt, NewAuthor, NewComment, ProblemKind, ReportReason,
};

use super::action::{Accepted, Effect, Event, Focus, Form, Order, Press, Source};
use super::composer::{Composer, Field, Phase, Preview, Purpose};
use super::draft::{Draft, Written};
use super::failure::Failure;
use super::session::{Memory, Own};
use super::{Outcome, State};

impl State {
    pub(super) fn adopt(&mut self, written: Option<Written>) -> Vec<Effect> {
        let Some(written) = written else { return vec![] };
        let is_kept = written.text == self.composer.draft.text && written.name == self.composer.name;
        self.composer.adopt(written);
        if is_kept { vec![] } else { save(&self.composer).into_iter().chain([Effect::SaveName]).collect() }
    }

    pub(super) fn toggle_composer(&mut self) -> Vec<Effect> {
        match self.composer.phase {
            Phase::Closed => {
                self.composer.phase = Phase::Open;
                vec![Effect::Focus(Focus::Field(Form::Thread, Field::Text))]
            }
            // A comment on its way keeps its form until the answer comes.
            Phase::Sending => vec![],
            Phase::Open | Phase::Rejected(_) => {
                self.composer.phase = Phase::Closed;
                vec![]
            }
        }
    }

    /// Opens a form under a comment in the place of whichever is open; what is on its way keeps its own.
    pub(super) fn open_panel(&mut self, purpose: Purpose) -> Vec<Effect> {
        if self.panel.as_ref().is_some_and(|panel| panel.phase == Phase::Sending) {
            return vec![];
        }
        let focus = match purpose {
            Purpose::Delete(_) => Focus::Submit(Form::Panel),
            Purpose::Report(_) => Focus::Field(Form::Panel, Field::Reason),
            _ => Focus::Field(Form::Panel, Field::Text),
        };
        let recall = purpose.draft_name().map(Effect::RecallDraft);
        let mut panel = Composer::new(purpose, Draft::default(), self.composer.name.clone());
        panel.email.clone_from(&self.composer.email);
        panel.phase = Phase::Open;
        self.take_panel();
        self.panel = Some(panel);
        self.settle(Form::Panel);
        recall.into_iter().chain([Effect::Focus(focus)]).collect()
    }

    /// Opens a form for a page on which nothing goes on: under its comment where that stands, else the thread's own.
    pub fn open(&mut self, purpose: Purpose) -> Form {
        let stands =
            purpose.comment().is_some_and(|id| self.loaded().is_some_and(|loaded| loaded.list.holds(id)));
        if !stands {
            return Form::Thread;
        }
        self.open_panel(purpose);
        Form::Panel
    }

    /// Puts into a form what came back in it, and why.
    pub fn put_back(&mut self, form: Form, fields: Vec<(Field, String)>, failure: Failure) {
        if let Some(composer) = self.form(form) {
            for (field, value) in fields {
                composer.set(field, value);
            }
            composer.phase = Phase::Rejected(failure);
        }
        self.settle(form);
    }

    /// Takes the form under a comment away.
    fn take_panel(&mut self) -> Option<Composer> {
        let panel = self.panel.take()?;
        let id = panel.purpose.comment()?.to_owned();
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(&id, &mut |node| node.panel = None);
        }
        Some(panel)
    }

    /// Gives the comment under which a form stands what the form holds now.
    pub(super) fn settle(&mut self, form: Form) {
        let (Form::Panel, Some(panel)) = (form, self.panel.clone()) else { return };
        let Some(id) = panel.purpose.comment().map(ToOwned::to_owned) else { return };
        let panel = std::rc::Rc::new(panel);
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(&id, &mut |node| node.panel = Some(panel.clone()));
        }
    }

    pub(super) fn recalled(&mut self, draft: Draft) -> Vec<Effect> {
        if let Some(panel) = self.panel.as_mut().filter(|_| draft != Draft::default()) {
            panel.draft = draft;
            self.settle(Form::Panel);
        }
        vec![]
    }

    /// Opens the form with the reader's own comment as it was written.
    pub(super) fn source_came(&mut self, id: String, answer: Result<Source, Failure>) -> Vec<Effect> {
        let Source { comment, text } = match answer {
            Ok(source) => source,
            Err(failure) => return self.has_trouble(&id, failure),
        };
        let effects = self.open_panel(Purpose::Edit(id, Some(EditedAt(comment.edited_at))));
        if let Some(panel) = self.panel.as_mut().filter(|_| !effects.is_empty()) {
            panel.draft.text = text;
            self.settle(Form::Panel);
        }
        effects
    }

    pub(super) fn typed(&mut self, form: Form, field: Field, value: String) -> Vec<Effect> {
        let Some(composer) = self.form(form) else { return vec![] };
        composer.set(field, value.clone());
        composer.preview = Preview::Closed;
        let effect = save(composer);
        self.settle(form);
        // Who writes is the same in every form that will be opened.
        match field {
            Field::Text => return effect.into_iter().collect(),
            Field::Name => self.composer.name = value,
            Field::Email => self.composer.email = value,
            Field::Reason => {}
        }
        if field == Field::Name { vec![Effect::SaveName] } else { vec![] }
    }

    pub(super) fn preview(&mut self, form: Form) -> Vec<Effect> {
        let Some(composer) = self.form(form) else { return vec![] };
        let is_closed = composer.preview == Preview::Closed;
        composer.preview = if is_closed { Preview::Loading } else { Preview::Closed };
        let text = composer.draft.text.clone();
        self.settle(form);
        if is_closed { vec![Effect::Preview(form, text)] } else { vec![] }
    }

    pub(super) fn previewed(&mut self, form: Form, answer: Result<Body, Failure>) -> Vec<Effect> {
        let Some(composer) = self.form(form).filter(|it| it.preview == Preview::Loading) else {
            return vec![];
        };
        match answer {
            Ok(body) => composer.preview = Preview::Shown(body),
            Err(failure) => {
                composer.preview = Preview::Closed;
                return self.reject(form, failure);
            }
        }
        self.settle(form);
        vec![]
    }

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

    fn request(&self, parent: Option<String>, author: NewAuthor, text: String) -> NewComment {
        let [site, page] = [self.config.site.clone(), self.config.page.clone()];
        let (title, url) = (self.config.title.clone(), self.config.url.clone());
        NewComment { site, page, parent, author, text, title, url }
    }

    pub(super) fn reject(&mut self, form: Form, failure: Failure) -> Vec<Effect> {
        let focus = failure.field().map_or(Focus::Alert(form), |field| Focus::Field(form, field));
        if let Some(composer) = self.form(form) {
            composer.phase = Phase::Rejected(failure.clone());
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
        let purpose = done.purpose.clone();
        done.clear();
        let mut effects: Vec<_> = save(&done).into_iter().collect();
        if form == Form::Thread {
            self.composer = done;
        }
        match (purpose, accepted) {
            (Purpose::Delete(id), _) => effects.extend(self.has_deleted(&id)),
            (Purpose::Report(id), _) => effects.extend(self.has_reported(id)),
            (Purpose::Edit(..), Some(Accepted { comment, .. })) => effects.extend(self.has_edited(comment)),
            (_, Some(Accepted { comment, token, until_ms })) => {
                if let (Some(token), Some(until_ms)) = (token, until_ms) {
                    let own = Memory::Own(Own { id: comment.id.clone(), token, until_ms });
                    self.session.remember(own.clone());
                    effects.push(Effect::Remember(own));
                }
                effects.extend(self.has_posted(comment));
            }
            (_, None) => {}
        }
        effects
    }

    fn has_posted(&mut self, comment: Comment) -> Vec<Effect> {
        let is_held = comment.state == CommentState::Pending;
        self.outcome = Some(if is_held { Outcome::Held } else { Outcome::Published });
        let id = comment.id.clone();
        let told = self.fresh.iter().position(|fresh| fresh.id == id).map(|told| self.fresh.remove(told));
        let sort = self.config.sort;
        if let Some(loaded) = self.loaded_mut() {
            let is_new = loaded.add_own(comment, sort);
            // The stream, where it was faster, has counted it.
            if is_new && !is_held && told.is_none() {
                loaded.thread.total += 1;
            }
        }
        self.mark(&id);
        vec![Effect::Focus(Focus::Comment(id.clone())), Effect::Emit(Event::Posted(id))]
    }

    pub(super) fn close(&mut self, form: Form) -> Vec<Effect> {
        if form == Form::Thread {
            let is_open = !matches!(self.composer.phase, Phase::Closed | Phase::Sending);
            return if is_open {
                self.composer.phase = Phase::Closed;
                vec![Effect::Focus(Focus::Add)]
            } else {
                vec![]
            };
        }
        let is_idle = self.panel.as_ref().is_some_and(|panel| panel.phase != Phase::Sending);
        let Some(panel) = is_idle.then(|| self.take_panel()).flatten() else { return vec![] };
        let press = match panel.purpose {
            Purpose::Edit(..) => Press::Edit,
            Purpose::Delete(_) => Press::Delete,
            Purpose::Report(_) => Press::Report,
            Purpose::Reply(_) | Purpose::Comment => Press::Reply,
        };
        let id = panel.purpose.comment().unwrap_or_default().to_owned();
        vec![Effect::Focus(Focus::Pressed(press, id))]
    }
}

/// Keeps the draft of a form, where it has one.
fn save(composer: &Composer) -> Option<Effect> {
    Some(Effect::SaveDraft(composer.purpose.draft_name()?, composer.draft.clone()))
}
