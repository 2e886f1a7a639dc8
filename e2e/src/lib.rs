//! The whole of Dumka in real browsers: what the stories in `tests/` stand on.
//!
//! `cargo xtask test` builds the server, finds the browser, and says where both are.

pub mod axe;
mod client;
mod driver;
pub mod keyboard;
pub mod packages;
mod program;
mod reader;
mod server;
mod site;
mod wait;

pub use crate::client::{Client, Made};
pub use crate::reader::Reader;
pub use crate::server::Server;
pub use crate::site::{Site, Trouble};
pub use crate::wait::until;
