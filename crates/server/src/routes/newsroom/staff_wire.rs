//! People and sessions as they are sent.

use dumka_api::newsroom::{Session, StaffMember};

use crate::storage::{MemberRecord, SessionRecord};

/// Describes a person; `current` is the session that asks.
pub(super) fn member(record: MemberRecord, current: Option<&str>) -> StaffMember {
    StaffMember {
        id: record.id,
        name: record.name,
        roles: record.roles,
        created_at: record.created_at.into(),
        passkeys: record.passkeys,
        has_password: record.has_password,
        sessions: record.sessions.into_iter().map(|one| session(one, current)).collect(),
        revoked_at: record.revoked_at.map(Into::into),
    }
}

/// Describes a session; `current` is the one that asks.
pub(super) fn session(record: SessionRecord, current: Option<&str>) -> Session {
    Session {
        current: current == Some(record.id.as_str()),
        id: record.id,
        device: record.device,
        created_at: record.created_at.into(),
        seen_at: record.seen_at.into(),
    }
}
