//! Opens, fills and closes forms.

use std::rc::Rc;

use dumka_api::{CommentId, CommentState, EditedAt};

use super::composer::{Composer, Phase};
use super::kind::FormKind;
use crate::state::action::{CommentAction, FormSlot, Source};
use crate::state::draft::{Draft, TypedForm};
use crate::state::effect::{Effect, Focus};
use crate::state::{Failure, Field, State};

impl State {
    /// Takes over the input of the prerendered form. The hidden widget is drawn like the prerendered thread; comments
    /// that only their author sees are requested after that.
    pub(in crate::state) fn hydrate(&mut self, written: Option<TypedForm>) -> Vec<Effect> {
        let mut effects = self.request_pending_own();
        let Some(written) = written else { return effects };
        let is_kept = written.text == self.composer.draft.text && written.name == self.composer.name;
        self.composer.hydrate(written);
        if !is_kept {
            effects.extend(self.composer.save_draft().into_iter().chain([Effect::SaveName]));
        }
        effects
    }

    pub(in crate::state) fn toggle_composer(&mut self) -> Vec<Effect> {
        match self.composer.phase {
            Phase::Closed => {
                self.composer.phase = Phase::Open;
                vec![Effect::Focus(Focus::Field(FormSlot::Thread, Field::Text))]
            }
            // A comment on its way keeps its form until the answer comes.
            Phase::Sending => vec![],
            Phase::Open | Phase::Rejected(_) => {
                self.composer.phase = Phase::Closed;
                vec![]
            }
        }
    }

    /// Returns `true` while the request of the form under a comment is under way.
    pub(in crate::state) fn is_panel_sending(&self) -> bool {
        self.panel().is_some_and(|panel| panel.phase == Phase::Sending)
    }

    /// Runs the action that the reader chose while a form was being sent.
    pub(in crate::state) fn run_queued_action(&mut self) -> Vec<Effect> {
        let Some((press, id)) = self.queued_action.take() else { return vec![] };
        if self.has_comment(&id) { self.on_comment_action(press, id) } else { vec![] }
    }

    /// Opens a form under a comment, and closes the one that was open.
    pub(in crate::state) fn open_panel(&mut self, kind: FormKind) -> Vec<Effect> {
        let focus = match kind {
            FormKind::Delete(_) => Focus::Submit(FormSlot::Panel),
            FormKind::Report(_) => Focus::Field(FormSlot::Panel, Field::Reason),
            _ => Focus::Field(FormSlot::Panel, Field::Text),
        };
        let recall = kind.draft_name().map(Effect::LoadDraft);
        let mut panel = Composer::new(kind, Draft::default(), self.composer.name.clone());
        panel.email.clone_from(&self.composer.email);
        panel.phase = Phase::Open;
        let left = self.take_panel();
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.panel = Some(Rc::new(panel));
        }
        if let Some(left) = left {
            self.remove_panel_tombstone(&left);
        }
        recall.into_iter().chain([Effect::Focus(focus)]).collect()
    }

    /// Returns `true` if the comment stands here.
    pub fn has_comment(&self, id: &str) -> bool {
        self.loaded().is_some_and(|loaded| loaded.list.contains(id))
    }

    /// Opens a form on a page without scripts: under its comment if that is loaded, or else the thread's own.
    pub fn open_form(&mut self, kind: FormKind) -> FormSlot {
        if !kind.comment().is_some_and(|id| self.has_comment(id)) {
            return FormSlot::Thread;
        }
        self.open_panel(kind);
        FormSlot::Panel
    }

    /// Fills a form with values and the failure of its last request.
    pub fn fill(&mut self, form: FormSlot, fields: Vec<(Field, String)>, failure: Option<Failure>) {
        if let Some(composer) = self.form(form) {
            for (field, value) in fields {
                composer.set(field, value);
            }
            if let Some(failure) = failure {
                composer.phase = Phase::Rejected(failure);
            }
        }
    }

    /// Removes the form under a comment, and returns its kind.
    pub(in crate::state) fn take_panel(&mut self) -> Option<FormKind> {
        self.loaded_mut()?.list.panel.take().map(|panel| panel.kind.clone())
    }

    /// Removes a tombstone that was kept for the form under it alone; returns the new target of the focus.
    pub(in crate::state) fn remove_panel_tombstone(&mut self, kind: &FormKind) -> Option<Focus> {
        let id = kind.comment()?;
        let is_mark = self.loaded()?.list.get(id)?.comment.state == CommentState::Deleted;
        let focus = is_mark.then(|| self.remove_and_refocus(id, |loaded, id| loaded.list.remove(id)));
        focus.filter(|focus| *focus != Focus::Comment(id.into()))
    }

    pub(in crate::state) fn on_draft_loaded(&mut self, draft: Draft) -> Vec<Effect> {
        if let Some(panel) = self.form(FormSlot::Panel).filter(|_| draft != Draft::default()) {
            panel.draft = draft;
        }
        vec![]
    }

    /// Opens the edit form with the source of the comment.
    pub(in crate::state) fn on_source_loaded(
        &mut self,
        id: CommentId,
        response: Result<Source, Failure>,
    ) -> Vec<Effect> {
        let Source { comment, text } = match response {
            Ok(source) => source,
            Err(failure) => return self.show_action_error(&id, failure),
        };
        // It is asked for once more when its form can stand.
        if self.is_panel_sending() {
            return self.on_comment_action(CommentAction::Edit, id);
        }
        let effects = self.open_panel(FormKind::Edit(id, Some(EditedAt(comment.edited_at))));
        if let Some(panel) = self.form(FormSlot::Panel) {
            panel.draft.text = text;
        }
        effects
    }

    pub(in crate::state) fn close(&mut self, form: FormSlot) -> Vec<Effect> {
        if form == FormSlot::Thread {
            let is_open = !matches!(self.composer.phase, Phase::Closed | Phase::Sending);
            return if is_open {
                self.composer.phase = Phase::Closed;
                vec![Effect::Focus(Focus::Add)]
            } else {
                vec![]
            };
        }
        let is_idle = self.panel().is_some_and(|panel| panel.phase != Phase::Sending);
        let Some(kind) = is_idle.then(|| self.take_panel()).flatten() else { return vec![] };
        let press = match kind {
            FormKind::Edit(..) => CommentAction::Edit,
            FormKind::Delete(_) => CommentAction::Delete,
            FormKind::Report(_) => CommentAction::Report,
            FormKind::Reply(_) | FormKind::Comment => CommentAction::Reply,
        };
        let id = kind.comment().unwrap_or_default().into();
        let focus = self.remove_panel_tombstone(&kind).unwrap_or(Focus::Control(press, id));
        vec![Effect::Focus(focus)]
    }
}
