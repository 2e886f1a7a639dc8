//! The newsroom's wire: everything that travels between the server and the moderators' program.

mod comment;
mod decide;
mod decision;
mod live;
pub mod paths;
mod session;
mod staff;
pub mod staff_paths;
mod thread;
mod words;

pub use comment::{
    AuthorNumbers, CommentAuthor, CommentDetail, Counters, EmailHint, NewStaffReply, NewsroomComment,
    NewsroomListing, Queue, QueueQuery, QueueSort, ReportSeen, SiteCounters,
};
pub use decide::{CommentRef, DecisionOutcome, DecisionsMade, NewDecisions, UndoSet};
pub use decision::{Act, Actor, ActorKind, Decision, DecisionLog, DecisionReason, Status};
pub use live::{CommentChanged, LiveHello};
pub use session::{
    Credentials, InviteSeen, NewPassword, PasskeyAnswer, PasskeyChallenge, SignInLink, StaffLink,
};
pub use staff::{Me, NewStaff, RoleChange, Session, SiteRole, StaffList, StaffMember, StaffRole};
pub use thread::{NewsroomThread, ThreadChange, ThreadList, ThreadMode};
