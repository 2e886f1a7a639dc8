//! Elements with one class and no listener, made by hand: `html!` would write out for each of them what stands here once.

use yew::virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Listeners, VTag};
use yew::{Html, NodeRef, html};

/// The attributes, in the order in which they are written.
const NAMES: &[&str] = &["class", "role"];

/// Draws an element of this class with these words in it.
pub(super) fn words(name: &'static str, class: &'static str, words: &str) -> Html {
    element(name, class, None, html! { { words } })
}

/// Draws an element of this class and ARIA role with this content.
pub(super) fn element(
    name: &'static str,
    class: &'static str,
    role: Option<&'static str>,
    content: Html,
) -> Html {
    let attribute = |value| AttributeOrProperty::Attribute(AttrValue::Static(value));
    let values = Box::new([Some(attribute(class)), role.map(attribute)]);
    let attributes = Attributes::Dynamic { keys: NAMES, values };
    tag(name, attributes, Listeners::None, content)
}

/// Makes an element by the function that `html!` calls: [`VTag::new`] looks at every name for what kind of element it is.
pub(super) fn tag(name: &'static str, attributes: Attributes, listeners: Listeners, content: Html) -> Html {
    VTag::__new_other(AttrValue::Static(name), NodeRef::default(), None, attributes, listeners, content)
        .into()
}
