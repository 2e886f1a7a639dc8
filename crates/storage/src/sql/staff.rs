//! Reads members of staff, their links and sessions.

use std::collections::HashMap;

use dumka_api::newsroom::{SiteRole, StaffRole};
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff::{Principal, PrincipalKind};
use dumka_domain::staff_session::LiveSessions;
use dumka_domain::token::TokenHash;
use sqlx::AnyConnection;

use super::row;
use crate::error::StoreError;
use crate::sql;
use crate::staff::{LinkedMember, LiveSession, MemberRecord, SessionRecord};

/// Id, name, time of the invitation, passkeys, passwords, time of the revocation.
type MemberRow = (String, String, i64, i64, i64, Option<i64>);

/// Lists everybody by name.
pub(crate) async fn staff(
    connection: &mut AnyConnection,
    alive: LiveSessions,
) -> Result<Vec<MemberRecord>, StoreError> {
    let sql = "SELECT m.id, m.name, m.created_at, (SELECT COUNT(*) FROM passkeys p WHERE p.staff_id = m.id), \
               (SELECT COUNT(*) FROM staff s WHERE s.id = m.id AND s.password_hash IS NOT NULL), m.revoked_at \
               FROM staff m ORDER BY m.name_key";
    let rows: Vec<MemberRow> = sql::query_as(sql).fetch_all(&mut *connection).await?;
    let mut roles = all_roles(connection).await?;
    let mut sessions = live_sessions(connection, alive).await?;
    rows.into_iter()
        .map(|(id, name, created_at, passkeys, passwords, revoked_at)| {
            Ok(MemberRecord {
                roles: roles.remove(&id).unwrap_or_default(),
                sessions: sessions.remove(&id).unwrap_or_default(),
                id,
                name,
                created_at: UnixMillis(created_at),
                passkeys: row::count(passkeys)?,
                has_password: passwords > 0,
                revoked_at: revoked_at.map(UnixMillis),
            })
        })
        .collect()
}

async fn all_roles(connection: &mut AnyConnection) -> Result<HashMap<String, Vec<SiteRole>>, StoreError> {
    let sql = "SELECT staff_id, site, role FROM staff_roles ORDER BY site";
    let rows: Vec<(String, String, String)> = sql::query_as(sql).fetch_all(connection).await?;
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for (member, site, role) in rows {
        roles.entry(member).or_default().push(site_role(site, &role)?);
    }
    Ok(roles)
}

async fn live_sessions(
    connection: &mut AnyConnection,
    alive: LiveSessions,
) -> Result<HashMap<String, Vec<SessionRecord>>, StoreError> {
    let sql = "SELECT staff_id, id, device, created_at, seen_at FROM staff_sessions \
               WHERE created_at > $1 AND seen_at > $2 ORDER BY created_at DESC, id";
    let select = sql::query_as(sql).bind(alive.begun_after.0).bind(alive.seen_after.0);
    let rows: Vec<(String, String, String, i64, i64)> = select.fetch_all(connection).await?;
    let mut sessions: HashMap<_, Vec<_>> = HashMap::new();
    for (member, id, device, created_at, seen_at) in rows {
        sessions.entry(member).or_default().push(session_record(id, device, created_at, seen_at));
    }
    Ok(sessions)
}

/// Reads the person whom a link leads to.
pub(crate) async fn linked_member(
    connection: &mut AnyConnection,
    link: TokenHash,
    now: UnixMillis,
) -> Result<Option<LinkedMember>, StoreError> {
    let sql = "SELECT m.id, m.name FROM staff_links l JOIN staff m ON m.id = l.staff_id \
               WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND m.revoked_at IS NULL";
    let select = sql::query_as(sql).bind(row::encode_hash(&link.0)).bind(now.0);
    let Some((id, name)): Option<(String, String)> = select.fetch_optional(&mut *connection).await? else {
        return Ok(None);
    };
    let passkeys = sql::query_scalar("SELECT id FROM passkeys WHERE staff_id = $1 ORDER BY id");
    let passkeys = passkeys.bind(&id).fetch_all(connection).await?;
    Ok(Some(LinkedMember { id, name, passkeys }))
}

/// Session, device, time of the sign-in, time of the last request, person, name.
type SessionRow = (String, String, i64, i64, String, String);

/// Reads the session of a cookie, with the person's roles.
pub(crate) async fn session(
    connection: &mut AnyConnection,
    token: TokenHash,
    alive: LiveSessions,
) -> Result<Option<LiveSession>, StoreError> {
    let sql = "SELECT s.id, s.device, s.created_at, s.seen_at, m.id, m.name FROM staff_sessions s \
               JOIN staff m ON m.id = s.staff_id \
               WHERE s.token_hash = $1 AND s.created_at > $2 AND s.seen_at > $3 AND m.revoked_at IS NULL";
    let select = sql::query_as(sql).bind(row::encode_hash(&token.0));
    let select = select.bind(alive.begun_after.0).bind(alive.seen_after.0);
    let found: Option<SessionRow> = select.fetch_optional(&mut *connection).await?;
    let Some((id, device, created_at, seen_at, member, name)) = found else { return Ok(None) };
    let roles = roles_of(connection, &member).await?;
    let principal = Principal { kind: PrincipalKind::Member, id: member, name, roles };
    Ok(Some(LiveSession { session: session_record(id, device, created_at, seen_at), principal }))
}

async fn roles_of(connection: &mut AnyConnection, member: &str) -> Result<Vec<SiteRole>, StoreError> {
    let sql = "SELECT site, role FROM staff_roles WHERE staff_id = $1 ORDER BY site";
    let rows: Vec<(String, String)> = sql::query_as(sql).bind(member).fetch_all(connection).await?;
    rows.into_iter().map(|(site, role)| site_role(site, &role)).collect()
}

/// Reads the hash of a person's password.
pub(crate) async fn password(
    connection: &mut AnyConnection,
    name_key: &str,
) -> Result<Option<(String, String)>, StoreError> {
    let sql = "SELECT id, password_hash FROM staff \
               WHERE name_key = $1 AND password_hash IS NOT NULL AND revoked_at IS NULL";
    Ok(sql::query_as(sql).bind(name_key).fetch_optional(connection).await?)
}

/// Reads a passkey.
pub(crate) async fn passkey(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Option<(String, String)>, StoreError> {
    let sql = "SELECT staff_id, credential FROM passkeys WHERE id = $1";
    Ok(sql::query_as(sql).bind(id).fetch_optional(connection).await?)
}

/// Counts what a sweep would delete.
pub(crate) async fn count_expired(
    connection: &mut AnyConnection,
    alive: LiveSessions,
    now: UnixMillis,
) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT COUNT(*) FROM staff_sessions WHERE created_at <= $1 OR seen_at <= $2) \
               + (SELECT COUNT(*) FROM staff_links WHERE expires_at <= $3) \
               + (SELECT COUNT(*) FROM passkey_ceremonies WHERE expires_at <= $3)";
    let select = sql::query_scalar(sql).bind(alive.begun_after.0).bind(alive.seen_after.0).bind(now.0);
    row::count(select.fetch_one(connection).await?)
}

/// Decodes a role on a site.
pub(super) fn site_role(site: String, role: &str) -> Result<SiteRole, StoreError> {
    let known = StaffRole::from_word(role);
    let role = known.ok_or_else(|| StoreError::Corrupt(format!("role of staff: {role}")))?;
    Ok(SiteRole { site, role })
}

fn session_record(id: String, device: String, created_at: i64, seen_at: i64) -> SessionRecord {
    SessionRecord { id, device, created_at: UnixMillis(created_at), seen_at: UnixMillis(seen_at) }
}
