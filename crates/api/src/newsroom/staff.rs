//! People of the newsroom, their roles and sessions.

use serde::{Deserialize, Serialize};

use super::words::words;

use crate::Timestamp;

words! {
    /// A role, each with the rights of those after it, but for `author`, who does not decide and sees no queue but to answer.
    StaffRole {
        /// Everything.
        Owner = "owner",
        /// Decides on comments, and steers threads.
        Moderator = "moderator",
        /// Answers with the badge `staff`.
        Author = "author",
        /// Reads; nothing private.
        Observer = "observer",
    }
}

/// A role on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteRole {
    /// The site, or `*` for all.
    pub site: String,
    /// The role.
    pub role: StaffRole,
}

/// The answer to a `GET` of `me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The id of the member of staff or of the key.
    pub id: String,
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<SiteRole>,
    /// The sites that are seen, with the role on each.
    pub sites: Vec<SiteRole>,
    /// The end of the session at the latest; none for a key.
    #[serde(default)]
    pub session_until: Option<Timestamp>,
    /// The server's time.
    pub server_time: Timestamp,
}

/// A member of staff as an owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<SiteRole>,
    /// The time at which the person was invited.
    pub created_at: Timestamp,
    /// The number of passkeys.
    pub passkeys: u64,
    /// True where there is a password.
    pub has_password: bool,
    /// The sessions that are alive, newest first.
    pub sessions: Vec<Session>,
    /// The time at which the person was shut out.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Its id, which opens nothing.
    pub id: String,
    /// The browser and the system in a few words.
    pub device: String,
    /// The time of the sign-in.
    pub created_at: Timestamp,
    /// The time of the last request, to the minute.
    pub seen_at: Timestamp,
    /// True for the one that asks.
    #[serde(default)]
    pub current: bool,
}

/// The answer to a `GET` of `staff`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffList {
    /// Everybody, by name.
    pub staff: Vec<StaffMember>,
}

/// The body of a `POST` to `staff`: invites a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStaff {
    /// The name, 1–80 characters, of nobody else here.
    pub name: String,
    /// The role.
    pub role: StaffRole,
    /// The site, or `*` for all.
    pub site: String,
}

/// The body of a `PUT` of a person's role on a site; none takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleChange {
    /// The site, or `*` for all.
    pub site: String,
    /// The role.
    #[serde(default)]
    pub role: Option<StaffRole>,
}
