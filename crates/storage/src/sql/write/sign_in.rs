//! Writes ways to sign in: credentials, ceremonies, sessions.

use async_trait::async_trait;
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff_session::LiveSessions;
use dumka_domain::token::TokenHash;
use sqlx::AnyConnection;

use super::operation::Write;
use super::staff::lock_member;
use crate::error::StoreError;
use crate::sql;
use crate::sql::row;
use crate::staff::{CredentialOutcome, NewCredential, NewSession, PasskeyUse};

/// Stores a way to sign in by a link, and begins a session.
pub(crate) struct MakeCredential {
    /// The hash of the link's secret.
    pub(crate) link: TokenHash,
    /// The password or the passkey.
    pub(crate) credential: NewCredential,
    /// The session.
    pub(crate) session: NewSession,
}

#[async_trait]
impl Write for MakeCredential {
    type Outcome = CredentialOutcome;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<CredentialOutcome, StoreError> {
        let Some(member) = self.member(connection).await? else { return Ok(CredentialOutcome::LinkSpent) };
        // Whoever uses another link of the person at the same time waits here, and then finds it used.
        if !lock_member(connection, &member).await? || self.member(connection).await?.is_none() {
            return Ok(CredentialOutcome::LinkSpent);
        }
        if !self.insert(connection, &member).await? {
            return Ok(CredentialOutcome::PasskeyKnown);
        }
        let sql = "UPDATE staff_links SET used_at = $1 WHERE staff_id = $2 AND used_at IS NULL";
        sql::query(sql).bind(self.session.at.0).bind(&member).execute(&mut *connection).await?;
        insert_session(connection, &member, &self.session).await?;
        Ok(CredentialOutcome::Made)
    }
}

impl MakeCredential {
    /// Reads the person of the link, where it can still be used.
    async fn member(&self, connection: &mut AnyConnection) -> Result<Option<String>, StoreError> {
        let sql =
            "SELECT staff_id FROM staff_links WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
        let select = sql::query_scalar(sql).bind(row::encode_hash(&self.link.0)).bind(self.session.at.0);
        Ok(select.fetch_optional(connection).await?)
    }

    /// Stores the credential; false where the passkey is known already.
    async fn insert(&self, connection: &mut AnyConnection, member: &str) -> Result<bool, StoreError> {
        let stored = match &self.credential {
            NewCredential::Password(hash) => {
                let sql = "UPDATE staff SET password_hash = $1 WHERE id = $2";
                sql::query(sql).bind(hash).bind(member).execute(connection).await?
            }
            NewCredential::Passkey { id, credential } => {
                let sql = "INSERT INTO passkeys (id, staff_id, credential, created_at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (id) DO NOTHING";
                let insert = sql::query(sql).bind(id).bind(member).bind(credential);
                insert.bind(self.session.at.0).execute(connection).await?
            }
        };
        Ok(stored.rows_affected() == 1)
    }
}

/// Notes the use of a passkey, and begins a session.
pub(crate) struct UsePasskey {
    /// The passkey.
    pub(crate) passkey: PasskeyUse,
    /// The session.
    pub(crate) session: NewSession,
}

#[async_trait]
impl Write for UsePasskey {
    /// False where it is not there any more.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let PasskeyUse { id, credential } = &self.passkey;
        let sql = "UPDATE passkeys SET credential = $1, used_at = $2 WHERE id = $3 RETURNING staff_id";
        let update = sql::query_scalar(sql).bind(credential).bind(self.session.at.0).bind(id);
        let member: Option<String> = update.fetch_optional(&mut *connection).await?;
        let Some(member) = member else { return Ok(false) };
        begin_session(connection, &member, &self.session).await
    }
}

/// Begins a session of a person.
pub(crate) struct BeginSession {
    /// The person.
    pub(crate) member: String,
    /// The session.
    pub(crate) session: NewSession,
}

#[async_trait]
impl Write for BeginSession {
    /// False where there is no such person.
    type Outcome = bool;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        begin_session(connection, &self.member, &self.session).await
    }
}

async fn begin_session(
    connection: &mut AnyConnection,
    member: &str,
    session: &NewSession,
) -> Result<bool, StoreError> {
    let is_there = lock_member(connection, member).await?;
    if is_there {
        insert_session(connection, member, session).await?;
    }
    Ok(is_there)
}

async fn insert_session(
    connection: &mut AnyConnection,
    member: &str,
    session: &NewSession,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO staff_sessions (token_hash, id, staff_id, created_at, seen_at, device) \
               VALUES ($1, $2, $3, $4, $4, $5)";
    let insert = sql::query(sql).bind(row::encode_hash(&session.token_hash.0)).bind(&session.id);
    insert.bind(member).bind(session.at.0).bind(&session.device).execute(connection).await?;
    Ok(())
}

/// Keeps the state of a ceremony.
pub(crate) struct InsertCeremony {
    /// The hash of what names it.
    pub(crate) id: TokenHash,
    /// Its state.
    pub(crate) state: String,
    /// The time from which it cannot be finished.
    pub(crate) expires_at: UnixMillis,
}

#[async_trait]
impl Write for InsertCeremony {
    type Outcome = ();

    async fn apply(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let sql = "INSERT INTO passkey_ceremonies (id, state, expires_at) VALUES ($1, $2, $3)";
        let insert = sql::query(sql).bind(row::encode_hash(&self.id.0)).bind(&self.state);
        insert.bind(self.expires_at.0).execute(connection).await?;
        Ok(())
    }
}

/// Takes the state of a ceremony away.
pub(crate) struct TakeCeremony {
    /// The hash of what names it.
    pub(crate) id: TokenHash,
    /// The present time.
    pub(crate) now: UnixMillis,
}

#[async_trait]
impl Write for TakeCeremony {
    type Outcome = Option<String>;

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Option<String>, StoreError> {
        let sql = "DELETE FROM passkey_ceremonies WHERE id = $1 AND expires_at > $2 RETURNING state";
        let delete = sql::query_scalar(sql).bind(row::encode_hash(&self.id.0)).bind(self.now.0);
        Ok(delete.fetch_optional(connection).await?)
    }
}

/// Deletes sessions that are not alive, and links and ceremonies that have expired.
pub(crate) struct SweepSignIns {
    /// The sessions that stay.
    pub(crate) alive: LiveSessions,
    /// The present time.
    pub(crate) now: UnixMillis,
}

#[async_trait]
impl Write for SweepSignIns {
    type Outcome = ();

    async fn apply(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let sql = "DELETE FROM staff_sessions WHERE created_at <= $1 OR seen_at <= $2";
        let delete = sql::query(sql).bind(self.alive.begun_after.0).bind(self.alive.seen_after.0);
        delete.execute(&mut *connection).await?;
        for sql in [
            "DELETE FROM staff_links WHERE expires_at <= $1",
            "DELETE FROM passkey_ceremonies WHERE expires_at <= $1",
        ] {
            sql::query(sql).bind(self.now.0).execute(&mut *connection).await?;
        }
        Ok(())
    }
}
