//! The store's contract, kept by every engine, and each engine's own troubles.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod contract;
mod fixture;
mod move_database;
mod postgres;
mod sqlite;
