//! The Dumka server: keeps, moderates and serves comments.

pub mod domain;
pub mod storage;
