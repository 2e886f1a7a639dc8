//! Decisions that a test makes beside the server.

use dumka_api::newsroom::{Act, ActorKind};
use dumka_server::domain::comment::{Status, UnixMillis};
use dumka_server::storage::{DecidedBy, Store};

/// Gives a comment the status that a moderator's decision leaves; fails where there is no such comment.
pub async fn decide(store: &dyn Store, id: &str, status: Status) {
    let act = match status {
        Status::Published => Act::Approve,
        Status::Pending => Act::Hold,
        Status::Rejected => Act::Reject,
        Status::Deleted => Act::Delete,
    };
    let by = DecidedBy::one(ActorKind::Shell);
    store.decide_one(id.parse().unwrap(), act, by, UnixMillis(0)).await.unwrap().unwrap();
}
