//! Refreshes the relative times on the screen.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::host::WidgetContext;
use crate::scheduler;

/// Refreshes the relative times, some at a time.
pub fn refresh(context: Rc<WidgetContext>) {
    const AT_ONCE: u32 = 50;
    spawn_local(async move {
        let Ok(times) = context.root.query_selector_all("time") else { return };
        for index in 0..times.length() {
            if index % AT_ONCE == AT_ONCE - 1 {
                scheduler::yield_task().await;
            }
            let time = times.get(index).and_then(|time| time.dyn_into::<Element>().ok());
            if let Some(time) = time {
                refresh_time(&context, &time);
            }
        }
    });
}

fn refresh_time(context: &WidgetContext, time: &Element) {
    let (Some(moment), Some(text)) = (time.get_attribute("datetime"), time.first_child()) else { return };
    let words = context.locale.format_date(&moment).words;
    if text.node_value().as_ref() != Some(&words) {
        text.set_node_value(Some(&words));
    }
}
