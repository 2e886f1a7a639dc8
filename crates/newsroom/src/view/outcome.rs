//! The last outcome in words.

use yew::{Html, html};

use super::Ui;
use crate::i18n::{Key, PluralKey};
use crate::state::Outcome;

/// The last outcome in words; empty at first, so that the region is there before anything is said in it.
pub(super) fn outcome(ui: &Ui) -> Html {
    let Some((number, outcome)) = &ui.state.outcome else { return Html::default() };
    let words = ui.words;
    let text = match outcome {
        Outcome::Decided { act, count, failed } => {
            let not_done = words.count(PluralKey::NotDecided, *failed);
            let done = [words.named("done_", act.as_str()), ": ", &words.count(PluralKey::Comments, *count)]
                .concat();
            match (*count, *failed) {
                (_, 0) => done,
                (0, _) => not_done,
                _ => [&done, ". ", &not_done].concat(),
            }
        }
        Outcome::Undone(count) => words.count(PluralKey::Undone, *count),
        Outcome::NotUndone => words.text(Key::Superseded).into(),
        Outcome::Replied => words.text(Key::Replied).into(),
        Outcome::Saved => words.text(Key::Saved).into(),
        Outcome::Copied => words.text(Key::Copied).into(),
        Outcome::Failed(failure) => words.failure(failure),
    };
    html! { <span key={number.to_string()}>{ text }</span> }
}
