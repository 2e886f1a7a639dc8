//! Submits forms, and applies the responses.

use dumka_api::{
    Comment, CommentEdit, CommentId, CommentState, NewAuthor, NewComment, ProblemKind, ReportReason,
};

use super::composer::{Phase, Preview};
use super::kind::FormKind;
use crate::state::action::{Accepted, FormSlot};
use crate::state::draft::Draft;
use crate::state::effect::{Effect, Event, Focus, FormRequest};
use crate::state::session::{OwnedComment, SessionChange};
use crate::state::{Announcement, Failure, State};

impl State {
    pub(in crate::state) fn submit(&mut self, form: FormSlot) -> Vec<Effect> {
        let Some(composer) = self.form(form).filter(|it| it.phase != Phase::Sending) else { return vec![] };
        if let Err(problem) = composer.check() {
            return self.reject(form, Failure::Problem(problem));
        }
        let Some(request) = self.build_request(form) else { return vec![] };
        self.announcement = None;
        let mut effects = Vec::new();
        if let Some(composer) = self.form(form) {
            composer.phase = Phase::Sending;
            // One that failed from now on would take the form back.
            if composer.preview == Preview::Loading {
                composer.preview = Preview::Closed;
            }
            if composer.kind.is_comment() {
                effects = composer.save_draft().into_iter().chain([Effect::SaveName]).collect();
            }
        }
        effects.push(Effect::SendForm(form, request));
        effects
    }

    /// Builds the request of a form; `None` if the reader has no right to it any more.
    fn build_request(&mut self, form: FormSlot) -> Option<FormRequest> {
        let composer = self.form(form)?;
        let text = composer.draft.text.clone();
        let token = |id: &str, state: &Self| Some(state.session.owned(id)?.token.clone());
        match composer.kind.clone() {
            FormKind::Comment | FormKind::Reply(_) => {
                let (parent, author) = (composer.kind.parent().cloned(), composer.author());
                let request = self.request(parent, author, text);
                let generate_key = self.generate_key;
                Some(FormRequest::Add(self.form(form)?.attempt(request, generate_key).clone()))
            }
            FormKind::Edit(id, edited_at) => {
                let token = token(&id, self)?;
                Some(FormRequest::Edit(id, token, CommentEdit { text, edited_at }))
            }
            FormKind::Delete(id) => {
                let token = token(&id, self)?;
                Some(FormRequest::Delete(id, token))
            }
            FormKind::Report(id) => {
                let reason = ReportReason::from_word(&composer.reason)?;
                Some(FormRequest::Report(id, reason, Some(text).filter(|note| !note.trim().is_empty())))
            }
        }
    }

    fn request(&self, parent: Option<CommentId>, author: NewAuthor, text: String) -> NewComment {
        let [site, page] = [self.config.site.clone(), self.config.page.clone()];
        let (title, url) = (self.config.title.clone(), self.config.url.clone());
        NewComment { site, page, parent, author, text, title, url }
    }

    pub(in crate::state) fn reject(&mut self, form: FormSlot, failure: Failure) -> Vec<Effect> {
        let focus = failure.field().map_or(Focus::Alert(form), |field| Focus::Field(form, field));
        if let Some(composer) = self.form(form) {
            composer.phase = Phase::Rejected(failure.clone());
        }
        // What came back needs the reader more than what was pressed meanwhile.
        if form == FormSlot::Panel {
            self.queued_action = None;
        }
        vec![Effect::Focus(focus), Effect::Emit(Event::Error(failure))]
    }

    pub(in crate::state) fn on_submitted(
        &mut self,
        form: FormSlot,
        response: Result<Option<Accepted>, Failure>,
    ) -> Vec<Effect> {
        match response {
            Ok(accepted) => self.on_accepted(form, accepted),
            Err(failure) => {
                self.apply_refusal(form, &failure);
                self.reject(form, failure)
            }
        }
    }

    /// Applies the consequences of a refusal.
    fn apply_refusal(&mut self, form: FormSlot, failure: &Failure) {
        let Some(composer) = self.form(form) else { return };
        match failure.kind() {
            // The key belongs to another request; the next try needs one of its own.
            Some(ProblemKind::IdempotencyKeyReused) => composer.draft.attempt = None,
            Some(ProblemKind::ThreadClosed) => self.close_thread(),
            // The reader has been told; sent once more, it is meant.
            Some(ProblemKind::EditConflict) => {
                if let FormKind::Edit(_, base) = &mut composer.kind {
                    *base = None;
                }
            }
            _ => {}
        }
    }

    fn on_accepted(&mut self, form: FormSlot, accepted: Option<Accepted>) -> Vec<Effect> {
        let done = match form {
            FormSlot::Panel => self.take_panel(),
            FormSlot::Thread => {
                self.composer.clear();
                Some(FormKind::Comment)
            }
        };
        let Some(done) = done else { return vec![] };
        let forget = done.draft_name().map(|name| Effect::SaveDraft(name, Draft::default()));
        let mut effects: Vec<_> = forget.into_iter().collect();
        match (done.clone(), accepted) {
            (FormKind::Delete(id), _) => effects.extend(self.on_deleted(&id)),
            (FormKind::Report(id), _) => effects.extend(self.on_reported(id)),
            (FormKind::Edit(..), Some(Accepted { comment, .. })) => effects.extend(self.on_edited(comment)),
            (_, Some(Accepted { comment, token, until_ms, now_ms })) => {
                self.now_ms = now_ms;
                if let (Some(token), Some(until_ms)) = (token, until_ms) {
                    let own = SessionChange::Owned(OwnedComment { id: comment.id.clone(), token, until_ms });
                    self.session.apply(own.clone());
                    effects.push(Effect::SaveSession(own));
                }
                effects.extend(self.on_posted(comment));
            }
            (_, None) => {}
        }
        if form == FormSlot::Panel {
            effects.extend(self.remove_panel_tombstone(&done).map(Effect::Focus));
            effects.extend(self.run_queued_action());
        }
        effects
    }

    fn on_posted(&mut self, comment: Comment) -> Vec<Effect> {
        let is_pending = comment.state == CommentState::Pending;
        self.announcement = Some(if is_pending { Announcement::Pending } else { Announcement::Published });
        let id = comment.id.clone();
        self.track_pending(&comment);
        let told = self.unseen.iter().position(|unseen| unseen.id == id).map(|told| self.unseen.remove(told));
        let sort = self.shown_sort();
        if let Some(loaded) = self.loaded_mut() {
            let is_new = loaded.insert_detached(comment, sort);
            loaded.list.reveal(&id);
            // The stream, where it was faster, has counted it.
            if is_new && !is_pending && told.is_none() {
                loaded.thread.total += 1;
            }
        }
        self.apply_session(&id);
        let mut effects = vec![Effect::Focus(Focus::Comment(id.clone())), Effect::Emit(Event::Posted(id))];
        if self.thread.is_failed() {
            effects.extend(self.reload());
        }
        effects
    }
}
