//! Forms: opened, closed, and put back as they were.

use std::rc::Rc;

use dumka_api::{CommentId, CommentState, EditedAt};

use super::State;
use super::action::{Effect, Focus, Form, Press, Source};
use super::composer::{Composer, Field, Phase, Purpose};
use super::draft::{Draft, Written};
use super::failure::Failure;
use super::writing::save;

impl State {
    /// What is drawn beside the page is like what stands there; what only its author sees comes after that.
    pub(super) fn adopt(&mut self, written: Option<Written>) -> Vec<Effect> {
        let mut effects = self.ask_for_held();
        let Some(written) = written else { return effects };
        let is_kept = written.text == self.composer.draft.text && written.name == self.composer.name;
        self.composer.adopt(written);
        if !is_kept {
            effects.extend(save(&self.composer).into_iter().chain([Effect::SaveName]));
        }
        effects
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

    /// Whether the form under a comment keeps its place until its answer comes.
    pub(super) fn is_panel_on_its_way(&self) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.phase == Phase::Sending)
    }

    /// Does what was pressed while the form under a comment was on its way, now that it was taken.
    pub(super) fn press_next(&mut self) -> Vec<Effect> {
        let Some((press, id)) = self.next_press.take() else { return vec![] };
        let stands = self.loaded().is_some_and(|loaded| loaded.list.holds(&id));
        if stands { self.press(press, id) } else { vec![] }
    }

    /// Opens a form under a comment in the place of whichever is open.
    pub(super) fn open_panel(&mut self, purpose: Purpose) -> Vec<Effect> {
        let focus = match purpose {
            Purpose::Delete(_) => Focus::Submit(Form::Panel),
            Purpose::Report(_) => Focus::Field(Form::Panel, Field::Reason),
            _ => Focus::Field(Form::Panel, Field::Text),
        };
        let recall = purpose.draft_name().map(Effect::RecallDraft);
        let mut panel = Composer::new(purpose, Draft::default(), self.composer.name.clone());
        panel.email.clone_from(&self.composer.email);
        panel.phase = Phase::Open;
        let left = self.take_panel();
        self.panel = Some(panel);
        self.settle(Form::Panel);
        if let Some(left) = left {
            self.sweep(&left.purpose);
        }
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

    /// Puts into a form what it holds, and why it came back, where it did.
    pub fn fill(&mut self, form: Form, fields: Vec<(Field, String)>, failure: Option<Failure>) {
        if let Some(composer) = self.form(form) {
            for (field, value) in fields {
                composer.set(field, value);
            }
            if let Some(failure) = failure {
                composer.phase = Phase::Rejected(failure);
            }
        }
        self.settle(form);
    }

    /// Takes the form under a comment away.
    pub(super) fn take_panel(&mut self) -> Option<Composer> {
        let panel = self.panel.take()?;
        let id = panel.purpose.comment()?.to_owned();
        if let Some(loaded) = self.loaded_mut() {
            loaded.list.change(&id, &mut |node| node.panel = None);
        }
        Some(panel)
    }

    /// Takes off the mark that stood in the place of a comment for the form under it alone; where the focus goes
    /// then.
    pub(super) fn sweep(&mut self, purpose: &Purpose) -> Option<Focus> {
        let id = purpose.comment()?;
        let is_mark = self.loaded()?.list.node(id)?.comment.state == CommentState::Deleted;
        let focus = is_mark.then(|| self.take_off(id, |loaded, id| loaded.list.remove(id)));
        focus.filter(|focus| *focus != Focus::Comment(id.into()))
    }

    /// Gives the comment under which a form stands what the form holds now.
    pub(super) fn settle(&mut self, form: Form) {
        let (Form::Panel, Some(panel)) = (form, self.panel.clone()) else { return };
        let Some(id) = panel.purpose.comment().map(ToOwned::to_owned) else { return };
        let panel = Rc::new(panel);
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
    pub(super) fn source_came(&mut self, id: CommentId, answer: Result<Source, Failure>) -> Vec<Effect> {
        let Source { comment, text } = match answer {
            Ok(source) => source,
            Err(failure) => return self.has_trouble(&id, failure),
        };
        // It is asked for once more when its form can stand.
        if self.is_panel_on_its_way() {
            return self.press(Press::Edit, id);
        }
        let effects = self.open_panel(Purpose::Edit(id, Some(EditedAt(comment.edited_at))));
        if let Some(panel) = &mut self.panel {
            panel.draft.text = text;
            self.settle(Form::Panel);
        }
        effects
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
        let id = panel.purpose.comment().unwrap_or_default().into();
        let focus = self.sweep(&panel.purpose).unwrap_or(Focus::Pressed(press, id));
        vec![Effect::Focus(focus)]
    }
}
