//! The Dumka server: keeps, moderates and serves comments.

pub mod clock;
pub mod commands;
pub mod domain;
pub mod entropy;
pub mod moderation;
pub mod storage;
