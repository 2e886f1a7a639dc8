//! The whole of Dumka in real browsers: what the stories in `tests/` stand on.
//!
//! `cargo xtask test` builds the server, finds the browsers, and says which of them a run is for and where everything is.

pub mod around;
pub mod axe;
mod broken_answers;
mod click;
mod client;
pub mod conversation;
mod display;
mod driver;
mod engine;
pub mod host_page;
pub mod inside;
pub mod keyboard;
pub mod meddling;
pub mod news;
pub mod packages;
mod program;
mod reader;
pub mod reading;
mod server;
pub mod single_page;
mod site;
pub mod story;
pub mod stumbling;
mod using;
mod view;
mod visit;
mod wait;

pub use crate::broken_answers::Breach;
pub use crate::client::{Client, Made};
pub use crate::reader::Reader;
pub use crate::server::Server;
pub use crate::site::{Site, Trouble};
pub use crate::visit::{Stage, Visit};
pub use crate::wait::until;
