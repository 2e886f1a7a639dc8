//! The traits through which the server knows people and programs of the newsroom.

use async_trait::async_trait;
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff_session::LiveSessions;
use dumka_domain::token::TokenHash;

use crate::error::StoreError;
use crate::staff::{
    CredentialOutcome, KeyRecord, LastOwner, LinkedMember, LiveSession, MemberChange, MemberRecord,
    NewCredential, NewKey, NewLink, NewMember, NewSession, PasskeyUse, RoleInput,
};

/// Stores members of staff, their roles and links.
#[async_trait]
pub trait StaffStore {
    /// Stores a person with a first role and a first link; `false` where somebody has the name. One who was shut out comes
    /// back under the former id, and keeps nothing else.
    async fn invite(&self, new: NewMember) -> Result<bool, StoreError>;
    /// Lists everybody by name, with the sessions that are alive.
    async fn staff(&self, alive: LiveSessions) -> Result<Vec<MemberRecord>, StoreError>;
    /// Stores another link of a person; `false` where there is no such person.
    async fn add_link(&self, member: &str, link: NewLink) -> Result<bool, StoreError>;
    /// Reads the person whom a link leads to, where it can still be used at `now`.
    async fn linked_member(
        &self,
        link: TokenHash,
        now: UnixMillis,
    ) -> Result<Option<LinkedMember>, StoreError>;
    /// Gives a person a role on a site, or takes it away.
    async fn set_role(&self, role: RoleInput) -> Result<MemberChange, StoreError>;
    /// Shuts a person out: the roles, sessions, links and credentials go.
    async fn revoke_member(
        &self,
        member: &str,
        last_owner: LastOwner,
        at: UnixMillis,
    ) -> Result<MemberChange, StoreError>;
}

/// Stores the ways to sign in.
#[async_trait]
pub trait SignInStore {
    /// Stores a way to sign in, uses up the link by which it is made, ends the person's other links, and begins a session.
    async fn make_credential(
        &self,
        link: TokenHash,
        credential: NewCredential,
        session: NewSession,
    ) -> Result<CredentialOutcome, StoreError>;
    /// Reads the id of the person with this name in small letters, and the hash of their password, where there is one.
    async fn password(&self, name_key: &str) -> Result<Option<(String, String)>, StoreError>;
    /// Reads a passkey: the id of its person, and the public key as JSON.
    async fn passkey(&self, id: &str) -> Result<Option<(String, String)>, StoreError>;
    /// Notes the use of a passkey, and begins a session of its person; `false` where it is not there any more.
    async fn use_passkey(&self, passkey: PasskeyUse, session: NewSession) -> Result<bool, StoreError>;
    /// Keeps the state of a ceremony until `expires_at`.
    async fn begin_ceremony(
        &self,
        id: TokenHash,
        state: String,
        expires_at: UnixMillis,
    ) -> Result<(), StoreError>;
    /// Takes the state of a ceremony away, where it is not too old at `now`.
    async fn take_ceremony(&self, id: TokenHash, now: UnixMillis) -> Result<Option<String>, StoreError>;
}

/// Stores sessions of members of staff.
#[async_trait]
pub trait SessionStore {
    /// Begins a session of a person; `false` where there is no such person.
    async fn begin_session(&self, member: &str, session: NewSession) -> Result<bool, StoreError>;
    /// Reads the session of a cookie, where it is alive, with the person's roles as they are now.
    async fn session(&self, token: TokenHash, alive: LiveSessions)
    -> Result<Option<LiveSession>, StoreError>;
    /// Notes the time of a request in a session.
    async fn note_session(&self, id: &str, at: UnixMillis) -> Result<(), StoreError>;
    /// Ends a session; `false` where there is none.
    async fn end_session(&self, id: &str) -> Result<bool, StoreError>;
    /// Deletes sessions that are not alive, and links and ceremonies that have expired at `now`.
    async fn sweep_sign_ins(&self, alive: LiveSessions, now: UnixMillis) -> Result<(), StoreError>;
}

/// Stores keys of programs.
#[async_trait]
pub trait KeyStore {
    /// Stores a key; `false` where a key with this name is in use.
    async fn add_key(&self, new: NewKey) -> Result<bool, StoreError>;
    /// Lists keys by name, those withdrawn too.
    async fn keys(&self) -> Result<Vec<KeyRecord>, StoreError>;
    /// Reads the key with this hash, where it was not withdrawn.
    async fn key(&self, token: TokenHash) -> Result<Option<KeyRecord>, StoreError>;
    /// Notes the time of a request with a key.
    async fn note_key(&self, id: &str, at: UnixMillis) -> Result<(), StoreError>;
    /// Withdraws the key with this name or id; `false` where there is none in use.
    async fn revoke_key(&self, name_or_id: &str, at: UnixMillis) -> Result<bool, StoreError>;
}
