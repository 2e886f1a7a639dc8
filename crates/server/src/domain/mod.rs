//! What a comment is and which rules it obeys: pure, without HTTP, database or clock.

pub mod comment;
pub mod excerpt;
pub mod forest;
pub mod report;
pub mod submission;
pub mod thread;
