//! Moves the focus.

use std::rc::Rc;

use dumka_api::CommentId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::host::WidgetContext;
use crate::scheduler;
use crate::state::{Focus, FormSlot};

/// Moves the focus to a target, if that is on the page.
pub fn to(context: &WidgetContext, focus: &Focus) {
    let selector = match focus {
        Focus::Field(form, field) => [form_selector(*form), " [name=", field.name(), "]"].concat(),
        Focus::Alert(form) => [form_selector(*form), " > .dumka-error"].concat(),
        Focus::Submit(form) => [form_selector(*form), " .dumka-submit"].concat(),
        Focus::Add => ".dumka-add".into(),
        Focus::ShowAll => ".dumka-all".into(),
        Focus::Stop => ".dumka-stop".into(),
        Focus::Comment(id) => comment_selector(id),
        // Where it is not there any more, the comment it was pressed on has the focus.
        Focus::Control(press, id) => {
            to(context, &Focus::Comment(id.clone()));
            [&comment_selector(id), " .", press.class()].concat()
        }
    };
    let found = context.root.query_selector(&selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // A hidden element refuses the focus without harm.
        let _ = element.focus();
    }
}

/// Moves the focus in the next frame, in which the page is laid out anyway.
pub fn in_next_frame(context: Rc<WidgetContext>, focus: Focus) {
    spawn_local(async move {
        scheduler::next_frame().await;
        to(&context, &focus);
    });
}

fn form_selector(form: FormSlot) -> &'static str {
    match form {
        FormSlot::Thread => ".dumka-composer .dumka-form",
        FormSlot::Panel => ".dumka-comment .dumka-form",
    }
}

/// Ids of a foreign endpoint may hold anything; a quoted attribute value may not hold these.
fn comment_selector(id: &CommentId) -> String {
    ["[id=\"comment-", &id.replace('\\', "\\\\").replace('"', "\\\""), "\"]"].concat()
}
