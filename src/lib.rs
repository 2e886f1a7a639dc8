//! The Dumka comments widget.
//!
//! `mount` has the functions that the loader calls; `app` holds the state and runs its
//! effects; `state` decides, `view` draws, `client` fetches. Only `state` knows what
//! a discussion is, and it knows neither the DOM nor the network.
//!
//! The feature `csr`, on by default, is the widget in a browser. The feature `ssr` is `render`:
//! the same state drawn by the same view, on a server.

#[cfg(feature = "csr")]
mod app;
#[cfg(feature = "csr")]
mod client;
pub mod config;
#[cfg(feature = "csr")]
mod focus;
#[cfg(feature = "csr")]
pub mod host;
pub mod i18n;
#[cfg(feature = "csr")]
mod json;
#[cfg(feature = "csr")]
mod local_storage;
#[cfg(feature = "csr")]
pub mod mount;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "csr")]
mod scheduler;
pub mod state;
#[cfg(feature = "csr")]
mod times;
mod view;

#[cfg(all(target_arch = "wasm32", feature = "csr"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
