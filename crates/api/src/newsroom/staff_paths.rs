//! The paths of sign-in and staff.

/// The caller, with roles and sites.
pub const ME: &str = "/api/v1/newsroom/me";
/// A session: signs in by a password, and signs out.
pub const SESSION: &str = "/api/v1/newsroom/session";
/// The person whom a link invites.
pub const SESSION_INVITE: &str = "/api/v1/newsroom/session/invite";
/// A new password by a link.
pub const SESSION_PASSWORD: &str = "/api/v1/newsroom/session/password";
/// A new passkey by a link.
pub const SESSION_PASSKEY_REGISTER: &str = "/api/v1/newsroom/session/passkey/register";
/// Signing in by a passkey.
pub const SESSION_PASSKEY: &str = "/api/v1/newsroom/session/passkey";
/// The caller's own sessions.
pub const SESSIONS: &str = "/api/v1/newsroom/sessions";
/// One session.
pub const SESSIONS_ONE: &str = "/api/v1/newsroom/sessions/{id}";
/// Members of staff.
pub const STAFF: &str = "/api/v1/newsroom/staff";
/// One of them.
pub const STAFF_ONE: &str = "/api/v1/newsroom/staff/{id}";
/// Another link of a person.
pub const STAFF_LINK: &str = "/api/v1/newsroom/staff/{id}/link";
/// A person's roles.
pub const STAFF_ROLES: &str = "/api/v1/newsroom/staff/{id}/roles";
