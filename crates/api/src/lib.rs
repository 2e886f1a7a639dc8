//! The wire: everything that travels between a widget and a comments endpoint.
//!
//! Both sides compile these types, so they cannot drift apart; `tests/golden.rs`
//! pins the JSON. Fields that a minimal endpoint may leave out have defaults. `style_contract` is the other contract: the
//! names that a site's style sheet may use.

pub mod comment;
pub mod discussed;
pub mod edit;
pub mod ids;
pub mod latest;
pub mod limits;
pub mod live;
#[cfg(feature = "newsroom")]
pub mod newsroom;
#[cfg(feature = "canonical")]
pub mod page;
pub mod paths;
pub mod preview;
pub mod problem;
pub mod report;
#[cfg(feature = "openapi")]
pub mod schema;
#[cfg(feature = "canonical")]
pub mod site;
pub mod style_contract;
pub mod submission;
pub mod thread;
pub mod vote;

pub use comment::{Author, Badge, Comment, CommentState, Timestamp, Votes};
pub use discussed::{Discussed, DiscussedPage};
pub use dumka_markup::{Block, Body, List, Span};
pub use edit::{CommentEdit, EditedAt, SingleComment};
pub use ids::{CommentId, EditToken, ReaderToken};
pub use latest::{Latest, LatestComment};
pub use live::{LiveAlive, LiveComment, LiveDeleted, LiveThread, LiveVotes};
pub use preview::{NewPreview, Previewed};
pub use problem::{Problem, ProblemKind};
pub use report::{NewReport, ReportReason};
pub use submission::{NewAuthor, NewComment, Submitted};
pub use thread::{Feature, Listing, Sort, Thread, ThreadState};
pub use vote::{NewVote, Voted};
