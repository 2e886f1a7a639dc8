//! Input into forms, and previews.

use dumka_api::Body;

use super::composer::{Composer, Preview};
use crate::state::action::FormSlot;
use crate::state::effect::{Effect, Event};
use crate::state::{Failure, Field, State};

impl State {
    pub(in crate::state) fn on_input(&mut self, form: FormSlot, field: Field, value: String) -> Vec<Effect> {
        let Some(composer) = self.form(form) else { return vec![] };
        composer.set(field, value.clone());
        composer.preview = Preview::Closed;
        let effect = composer.save_draft();
        // Who writes is the same in every form that will be opened.
        match field {
            Field::Text => return effect.into_iter().collect(),
            Field::Name => self.composer.name = value,
            Field::Email => self.composer.email = value,
            Field::Reason => {}
        }
        if field == Field::Name { vec![Effect::SaveName] } else { vec![] }
    }

    pub(in crate::state) fn preview(&mut self, form: FormSlot) -> Vec<Effect> {
        let Some(composer) = self.form(form) else { return vec![] };
        let is_closed = composer.preview == Preview::Closed;
        composer.preview = if is_closed { Preview::Loading } else { Preview::Closed };
        let text = composer.draft.text.clone();
        if is_closed { vec![Effect::FetchPreview(form, text)] } else { vec![] }
    }

    /// Shows the preview of a form on a server.
    #[cfg(feature = "ssr")]
    pub fn show_preview(&mut self, form: FormSlot, body: Body) {
        if let Some(composer) = self.form(form) {
            composer.preview = Preview::Shown(body);
        }
    }

    /// Shows the preview. The preview of an outdated text is ignored.
    pub(in crate::state) fn on_preview_loaded(
        &mut self,
        form: FormSlot,
        text: &str,
        response: Result<Body, Failure>,
    ) -> Vec<Effect> {
        let awaits = |it: &&mut Composer| it.preview == Preview::Loading && it.draft.text == text;
        let Some(composer) = self.form(form).filter(awaits) else { return vec![] };
        let mut effects = Vec::new();
        composer.preview = match response {
            Ok(body) => Preview::Shown(body),
            Err(failure) => {
                effects.push(Effect::Emit(Event::Error(failure.clone())));
                Preview::Failed(failure)
            }
        };
        effects
    }
}
