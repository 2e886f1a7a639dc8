//! The writes: each a value that is applied inside the engine's write transaction.

mod caller;
mod decide;
mod decided_comment;
mod erase_comment;
mod index_comments;
mod insert_comment;
mod insert_report;
mod open_reports;
mod operation;
mod record_decision;
mod rename_thread;
mod server;
mod sign_in;
mod staff;
mod steer_thread;
mod thread_gate;
mod thread_metadata;
mod thread_slot;
pub(super) mod thread_totals;
mod undo;
mod update_text;
mod upsert_vote;
mod visibility;

pub(crate) use caller::CallerWrite;
pub(crate) use decide::Decide;
pub(crate) use erase_comment::EraseComment;
pub(crate) use index_comments::IndexComments;
pub(crate) use insert_comment::InsertComment;
pub(crate) use insert_report::InsertReport;
pub(crate) use operation::Write;
pub(crate) use rename_thread::RenameThread;
pub(crate) use server::{InitSecret, Ping};
pub(crate) use sign_in::{
    BeginSession, InsertCeremony, MakeCredential, SweepSignIns, TakeCeremony, UsePasskey,
};
pub(crate) use staff::{InsertLink, InsertMember, RevokeMember, SetRole};
pub(crate) use steer_thread::SteerThread;
pub(crate) use undo::Undo;
pub(crate) use update_text::UpdateText;
pub(crate) use upsert_vote::UpsertVote;
