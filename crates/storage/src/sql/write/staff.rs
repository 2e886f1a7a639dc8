//! Writes members of staff: invitations, links, roles, revocations.

use async_trait::async_trait;
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff::EVERY_SITE;
use sqlx::AnyConnection;

use super::operation::Write;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;
use crate::staff::{LastOwner, MemberChange, NewLink, NewMember, RoleInput};

/// Stores a person with a first role and a first link.
pub(crate) struct InsertMember(pub(crate) NewMember);

#[async_trait]
impl Write for InsertMember {
    /// False where somebody has the name.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let NewMember { role, link, .. } = &self.0;
        let Some(id) = self.insert_or_restore(connection).await? else { return Ok(false) };
        upsert_role(connection, &id, &role.site, role.role.as_str()).await?;
        insert_link(connection, &id, link).await?;
        Ok(true)
    }
}

impl InsertMember {
    /// Inserts the row, or takes one whose person was shut out; returns its id.
    async fn insert_or_restore(&self, connection: &mut AnyConnection) -> Result<Option<String>, StoreError> {
        let NewMember { id, name, name_key, link, .. } = &self.0;
        let sql = "INSERT INTO staff (id, name, name_key, created_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (name_key) DO UPDATE SET name = $2, created_at = $4, revoked_at = NULL \
                   WHERE staff.revoked_at IS NOT NULL RETURNING id";
        let inserted = sql::query_scalar(sql).bind(id).bind(name).bind(name_key).bind(link.created_at.0);
        Ok(inserted.fetch_optional(connection).await?)
    }
}

/// Stores another link of a person.
pub(crate) struct InsertLink {
    /// The person.
    pub(crate) member: String,
    /// The link.
    pub(crate) link: NewLink,
}

#[async_trait]
impl Write for InsertLink {
    /// False where there is no such person.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        if !lock_member(connection, &self.member).await? {
            return Ok(false);
        }
        insert_link(connection, &self.member, &self.link).await?;
        Ok(true)
    }
}

async fn insert_link(connection: &mut AnyConnection, member: &str, link: &NewLink) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO staff_links (token_hash, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    let insert = sql::query(sql).bind(row::encode_hash(&link.token_hash.0)).bind(member);
    insert.bind(link.created_at.0).bind(link.expires_at.0).execute(connection).await?;
    Ok(())
}

/// Gives a person a role on a site, or takes it away.
pub(crate) struct SetRole(pub(crate) RoleInput);

#[async_trait]
impl Write for SetRole {
    type Outcome = MemberChange;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<MemberChange, StoreError> {
        let RoleInput { member, site, role, last_owner } = &self.0;
        lock_owners(connection).await?;
        if !lock_member(connection, member).await? {
            return Ok(MemberChange::NotThere);
        }
        let stays_owner = site != EVERY_SITE || *role == Some("owner");
        if !stays_owner && *last_owner == LastOwner::Kept && is_last_owner(connection, member).await? {
            return Ok(MemberChange::LastOwner);
        }
        match role {
            Some(role) => upsert_role(connection, member, site, role).await?,
            None => delete_role(connection, member, site).await?,
        }
        Ok(MemberChange::Made)
    }
}

async fn upsert_role(
    connection: &mut AnyConnection,
    member: &str,
    site: &str,
    role: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO staff_roles (staff_id, site, role) VALUES ($1, $2, $3) \
               ON CONFLICT (staff_id, site) DO UPDATE SET role = $3";
    sql::query(sql).bind(member).bind(site).bind(role).execute(connection).await?;
    Ok(())
}

async fn delete_role(connection: &mut AnyConnection, member: &str, site: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM staff_roles WHERE staff_id = $1 AND site = $2";
    sql::query(sql).bind(member).bind(site).execute(connection).await?;
    Ok(())
}

/// Shuts a person out.
pub(crate) struct RevokeMember {
    /// The person.
    pub(crate) member: String,
    /// The protection of the last owner.
    pub(crate) last_owner: LastOwner,
    /// The present time.
    pub(crate) at: UnixMillis,
}

#[async_trait]
impl Write for RevokeMember {
    type Outcome = MemberChange;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<MemberChange, StoreError> {
        lock_owners(connection).await?;
        if self.last_owner == LastOwner::Kept && is_last_owner(connection, &self.member).await? {
            return Ok(MemberChange::LastOwner);
        }
        let sql =
            "UPDATE staff SET revoked_at = $1, password_hash = NULL WHERE id = $2 AND revoked_at IS NULL";
        let revoked = sql::query(sql).bind(self.at.0).bind(&self.member).execute(&mut *connection).await?;
        if revoked.rows_affected() == 0 {
            return Ok(MemberChange::NotThere);
        }
        for sql in [
            "DELETE FROM staff_roles WHERE staff_id = $1",
            "DELETE FROM staff_sessions WHERE staff_id = $1",
            "DELETE FROM staff_links WHERE staff_id = $1",
            "DELETE FROM passkeys WHERE staff_id = $1",
        ] {
            sql::query(sql).bind(&self.member).execute(&mut *connection).await?;
        }
        Ok(MemberChange::Made)
    }
}

/// Lets nobody else change owners until the commit, so that two of them cannot take the role from each other at once. The
/// row is one that is always there; locking it is the same on every engine.
async fn lock_owners(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sql::query("UPDATE meta SET value = value WHERE name = 'secret'").execute(connection).await?;
    Ok(())
}

/// Lets nobody else shut the person out until the commit; false where there is no such person.
pub(super) async fn lock_member(connection: &mut AnyConnection, member: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE staff SET name = name WHERE id = $1 AND revoked_at IS NULL";
    Ok(sql::query(sql).bind(member).execute(connection).await?.rows_affected() == 1)
}

/// Tells whether a person owns every site, and nobody else does who can sign in.
async fn is_last_owner(connection: &mut AnyConnection, member: &str) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM staff_roles r WHERE r.staff_id = $1 AND r.site = '*' AND r.role = 'owner' \
               AND NOT EXISTS (SELECT 1 FROM staff_roles o JOIN staff m ON m.id = o.staff_id \
               WHERE o.site = '*' AND o.role = 'owner' AND m.id <> $1 AND m.revoked_at IS NULL \
               AND (m.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys p WHERE p.staff_id = m.id)))";
    let last: i64 = sql::query_scalar(sql).bind(member).fetch_one(connection).await?;
    Ok(last > 0)
}
