//! Comments, threads and their rules: pure, without HTTP, database, runtime or clock.
//!
//! Time, random bytes and whatever is known of an author come in as arguments.

pub mod article;
pub mod comment;
pub mod decision;
pub mod edit;
pub mod excerpt;
pub mod invalid;
pub mod moderation;
pub mod report;
pub mod score;
pub mod search;
pub mod site_policy;
pub mod staff;
pub mod staff_input;
pub mod staff_session;
pub mod submission;
mod text;
pub mod thread;
pub mod thread_head;
pub mod thread_settings;
pub mod thread_tree;
pub mod token;
pub mod vote;
