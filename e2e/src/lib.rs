//! The whole of Dumka in real browsers: what the stories in `tests/` stand on.
//!
//! `cargo xtask test` builds the server, finds the browser, and says where both are.

mod client;
pub mod conversation;
mod driver;
pub mod host_page;
pub mod packages;
mod program;
mod reader;
mod server;
mod site;
mod visit;
mod wait;

pub use crate::client::{Client, Made};
pub use crate::reader::Reader;
pub use crate::server::Server;
pub use crate::site::{Site, Trouble};
pub use crate::visit::{Stage, Visit};
pub use crate::wait::until;
