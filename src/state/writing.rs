//! Forms: what is typed, and what it would look like.

use dumka_api::Body;

use super::State;
use super::action::{Effect, Event, Form};
use super::composer::{Composer, Field, Preview};
use super::failure::Failure;

impl State {
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

    /// What another text than the one that stands there now would look like is passed over.
    pub(super) fn previewed(&mut self, form: Form, text: &str, answer: Result<Body, Failure>) -> Vec<Effect> {
        let awaits = |it: &&mut Composer| it.preview == Preview::Loading && it.draft.text == text;
        let Some(composer) = self.form(form).filter(awaits) else { return vec![] };
        let mut effects = Vec::new();
        composer.preview = match answer {
            Ok(body) => Preview::Shown(body),
            Err(failure) => {
                effects.push(Effect::Emit(Event::Error(failure.clone())));
                Preview::Failed(failure)
            }
        };
        self.settle(form);
        effects
    }
}

/// Keeps the draft of a form, where it has one.
pub(super) fn save(composer: &Composer) -> Option<Effect> {
    Some(Effect::SaveDraft(composer.purpose.draft_name()?, composer.draft.clone()))
}
