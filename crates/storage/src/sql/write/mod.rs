//! The writes: each a value that is applied inside the engine's write transaction.

mod erase_comment;
mod insert_comment;
mod insert_report;
mod open_reports;
mod operation;
mod rename_thread;
mod server;
mod set_marks;
mod set_status;
mod steer_thread;
mod thread_gate;
mod thread_metadata;
pub(super) mod thread_totals;
mod update_text;
mod upsert_vote;
mod visibility;

pub(crate) use erase_comment::EraseComment;
pub(crate) use insert_comment::InsertComment;
pub(crate) use insert_report::InsertReport;
pub(crate) use operation::Write;
pub(crate) use rename_thread::RenameThread;
pub(crate) use server::{InitSecret, Ping};
pub(crate) use set_marks::SetMarks;
pub(crate) use set_status::SetStatus;
pub(crate) use steer_thread::SteerThread;
pub(crate) use update_text::UpdateText;
pub(crate) use upsert_vote::UpsertVote;
