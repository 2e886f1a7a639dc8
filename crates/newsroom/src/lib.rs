//! The moderators' program `/newsroom/`.
//!
//! `app` holds the state and runs its effects; `state` decides, `view` draws, `client` speaks to the server. Only `state` knows
//! what a newsroom is, and it knows neither the DOM nor the network.

mod app;
mod browser;
mod client;
pub mod i18n;
pub mod keys;
mod page;
mod preferences;
mod program;
mod route;
pub mod state;
mod view;

use wasm_bindgen::prelude::wasm_bindgen;
use yew::Renderer;

use browser::Passkeys;
use page::ProgramProps;
use program::Program;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Starts the program in the page's element `newsroom`. `base` is the path of the newsroom, without a slash at its end.
#[wasm_bindgen]
pub fn start(base: String, passkeys: Passkeys) {
    let invite = browser::take_invite();
    if let Some(place) = browser::element("newsroom") {
        let props = ProgramProps { base: base.into(), passkeys: passkeys.into(), invite };
        Renderer::<Program>::with_root_and_props(place, props).render();
    }
}
