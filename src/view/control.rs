//! Controls: buttons, and links that also work without scripts.

use std::rc::Rc;

use web_sys::{Event, MouseEvent};
use yew::html::onclick;
use yew::virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Listeners};
use yew::{Callback, Html, html};

use super::element;
use crate::state::Action;

/// The attributes, in the order in which `html!` writes them elsewhere.
const NAMES: &[&str] =
    &["type", "href", "aria-label", "aria-expanded", "aria-pressed", "aria-current", "aria-busy", "class"];

/// A button or a link, made by hand: `html!` would write out for each of them what stands here once, and bring
/// the machinery of sets of classes along for a class that is no literal. Two kilobytes of the bundle.
#[derive(Default)]
pub(super) struct Control {
    /// Its one class.
    pub(super) class: &'static str,
    /// The target of a link; a button has none.
    pub(super) href: Option<AttrValue>,
    /// Its accessible name, if its words are not enough.
    pub(super) label: Option<AttrValue>,
    /// `aria-expanded`.
    pub(super) expanded: Option<bool>,
    /// `aria-pressed`.
    pub(super) pressed: Option<bool>,
    /// Its state.
    pub(super) state: ControlState,
    /// The value that it submits with its form, without scripts.
    #[cfg(feature = "ssr")]
    pub(super) sent: Option<AttrValue>,
    /// Its own listener; clicks on others are delegated to the list.
    pub(super) onclick: Option<Callback<MouseEvent>>,
}

/// The state of a control.
#[derive(Default, PartialEq)]
pub(super) enum ControlState {
    /// It can be used.
    #[default]
    Idle,
    /// It is the current one of several.
    Current,
    /// Its request is under way.
    Busy,
}

impl Control {
    /// Creates a plain control of this class.
    pub(super) fn of(class: &'static str) -> Self {
        Self { class, ..Self::default() }
    }

    /// Draws it with these words on it.
    pub(super) fn draw(self, words: &str) -> Html {
        let (name, kind) = if self.href.is_some() { ("a", None) } else { ("button", Some("button".into())) };
        let values: [Option<AttrValue>; NAMES.len()] = [
            kind,
            self.href,
            self.label,
            self.expanded.map(answer),
            self.pressed.map(answer),
            (self.state == ControlState::Current).then(|| answer(true)),
            (self.state == ControlState::Busy).then(|| answer(true)),
            Some(self.class.into()),
        ];
        let values = values.map(|value| value.map(AttributeOrProperty::Attribute));
        let attributes = Attributes::Dynamic { keys: NAMES, values: Box::new(values) };
        let listeners = match self.onclick {
            Some(onclick) => Listeners::Pending(Box::new([Some(Rc::new(onclick::Wrapper::new(onclick)))])),
            None => Listeners::None,
        };
        let control = element::tag(name, attributes, listeners, html! { { words } });
        #[cfg(feature = "ssr")]
        let control = sent(control, self.sent);
        control
    }
}

/// Makes a control send a value with its form.
#[cfg(feature = "ssr")]
fn sent(mut control: Html, value: Option<AttrValue>) -> Html {
    if let (Html::VTag(tag), Some(value)) = (&mut control, value) {
        let tag = Rc::make_mut(tag);
        for (name, value) in [("type", "submit".into()), ("name", "value".into()), ("value", value)] {
            tag.add_attribute(name, value);
        }
    }
    control
}

fn answer(answer: bool) -> AttrValue {
    AttrValue::Static(if answer { "true" } else { "false" })
}

/// Stops the default action and the propagation of an event: pages follow links, disable buttons and listen to keys.
pub(super) fn consume(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

/// Dispatches an action instead of the default one of the browser.
pub(super) fn on_click(
    dispatch: &Callback<Action>,
    action: impl Fn() -> Action + 'static,
) -> Callback<MouseEvent> {
    dispatch.reform(move |event: MouseEvent| {
        consume(&event);
        action()
    })
}
