//! The Dumka comments widget.
//!
//! `mount` is the door the loader knocks at; `app` holds the state and runs its
//! effects; `state` decides, `view` draws, `client` fetches. Only `state` knows what
//! a discussion is, and it knows neither the DOM nor the network.

mod app;
mod client;
pub mod config;
mod draft;
mod effects;
pub mod i18n;
mod json;
pub mod mount;
pub mod state;
mod view;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
