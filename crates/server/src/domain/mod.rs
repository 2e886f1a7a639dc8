//! What a comment is and which rules it obeys: pure, without HTTP, database or clock.

pub mod article;
pub mod comment;
pub mod edit;
pub mod excerpt;
pub mod forest;
pub mod report;
pub mod score;
pub mod submission;
pub mod thread;
pub mod token;
pub mod vote;
