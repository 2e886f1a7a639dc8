//! Helpers of the stories in `tests/`, which run the whole of Dumka in real browsers.
//!
//! `cargo xtask test` builds the server, finds the browsers, and says which of them a run is for and where everything is.

pub mod axe;
mod binaries;
mod broken_answers;
mod case;
mod click;
mod client;
mod driver;
pub mod early_story;
mod engine;
pub mod host_page;
pub mod hostile_page;
pub mod keyboard;
pub mod meddling;
pub mod newsroom;
pub mod packages;
pub mod program_crash;
mod reader;
mod reader_actions;
pub mod reader_steps;
pub mod sample_thread;
mod script_actions;
mod server;
mod server_shell;
pub mod shadow_dom;
pub mod single_page;
mod site;
pub mod story;
pub mod story_thread;
pub mod swapping_site;
mod viewport;
mod virtual_display;
mod visit;
mod wait;

pub use crate::broken_answers::Breach;
pub use crate::client::{Client, Made};
pub use crate::reader::Reader;
pub use crate::server::Server;
pub use crate::site::{Site, Trouble};
pub use crate::visit::{Stage, Visit};
pub use crate::wait::until;
