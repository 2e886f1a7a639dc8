//! Reads the settings: `dumka.toml`, then the environment, then flags; the last one that has a value wins.
//!
//! `docs/operating.md` lists the keys; `dumka.example.toml` shows each with its default.

mod check;
mod database;
mod environment;
mod error;
mod hint;
mod load;
mod read;
mod section;
mod settings;

pub use error::ConfigError;
pub use hint::{hints, trusting};
pub use load::{Flags, database_of_flag, load};
pub use settings::{Limits, Log, LogFormat, LogLevel, Proxy, READS_PER_MINUTE, Settings, SiteSettings};
