//! The traits of people and programs of the newsroom, over any engine.

use async_trait::async_trait;
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff_session::LiveSessions;
use dumka_domain::token::TokenHash;

use crate::engine::Engine;
use crate::error::StoreError;
use crate::sql::write::{
    BeginSession, CallerWrite, InsertCeremony, InsertLink, InsertMember, MakeCredential, RevokeMember,
    SetRole, SweepSignIns, TakeCeremony, UsePasskey,
};
use crate::sql::{keys, staff};
use crate::sql_store::SqlStore;
use crate::staff::{
    CredentialOutcome, KeyRecord, LastOwner, LinkedMember, LiveSession, MemberChange, MemberRecord,
    NewCredential, NewKey, NewLink, NewMember, NewSession, PasskeyUse, RoleInput,
};
use crate::staff_store::{KeyStore, SessionStore, SignInStore, StaffStore};

#[async_trait]
impl<E: Engine> StaffStore for SqlStore<E> {
    async fn invite(&self, new: NewMember) -> Result<bool, StoreError> {
        self.writer.run(InsertMember(new)).await
    }

    async fn staff(&self, alive: LiveSessions) -> Result<Vec<MemberRecord>, StoreError> {
        self.in_time(async { staff::staff(&mut *self.snapshot().await?, alive).await }).await
    }

    async fn add_link(&self, member: &str, link: NewLink) -> Result<bool, StoreError> {
        self.writer.run(InsertLink { member: member.into(), link }).await
    }

    async fn linked_member(
        &self,
        link: TokenHash,
        now: UnixMillis,
    ) -> Result<Option<LinkedMember>, StoreError> {
        self.in_time(async { staff::linked_member(&mut *self.snapshot().await?, link, now).await }).await
    }

    async fn set_role(&self, role: RoleInput) -> Result<MemberChange, StoreError> {
        self.writer.run(SetRole(role)).await
    }

    async fn revoke_member(
        &self,
        member: &str,
        last_owner: LastOwner,
        at: UnixMillis,
    ) -> Result<MemberChange, StoreError> {
        self.writer.run(RevokeMember { member: member.into(), last_owner, at }).await
    }
}

#[async_trait]
impl<E: Engine> SignInStore for SqlStore<E> {
    async fn make_credential(
        &self,
        link: TokenHash,
        credential: NewCredential,
        session: NewSession,
    ) -> Result<CredentialOutcome, StoreError> {
        self.writer.run(MakeCredential { link, credential, session }).await
    }

    async fn password(&self, name_key: &str) -> Result<Option<(String, String)>, StoreError> {
        self.in_time(async { staff::password(&mut *self.read().await?, name_key).await }).await
    }

    async fn passkey(&self, id: &str) -> Result<Option<(String, String)>, StoreError> {
        self.in_time(async { staff::passkey(&mut *self.read().await?, id).await }).await
    }

    async fn use_passkey(&self, passkey: PasskeyUse, session: NewSession) -> Result<bool, StoreError> {
        self.writer.run(UsePasskey { passkey, session }).await
    }

    async fn begin_ceremony(
        &self,
        id: TokenHash,
        state: String,
        expires_at: UnixMillis,
    ) -> Result<(), StoreError> {
        self.writer.run(InsertCeremony { id, state, expires_at }).await
    }

    async fn take_ceremony(&self, id: TokenHash, now: UnixMillis) -> Result<Option<String>, StoreError> {
        self.writer.run(TakeCeremony { id, now }).await
    }
}

#[async_trait]
impl<E: Engine> SessionStore for SqlStore<E> {
    async fn begin_session(&self, member: &str, session: NewSession) -> Result<bool, StoreError> {
        self.writer.run(BeginSession { member: member.into(), session }).await
    }

    async fn session(
        &self,
        token: TokenHash,
        alive: LiveSessions,
    ) -> Result<Option<LiveSession>, StoreError> {
        self.in_time(async { staff::session(&mut *self.snapshot().await?, token, alive).await }).await
    }

    async fn note_session(&self, id: &str, at: UnixMillis) -> Result<(), StoreError> {
        self.writer.run(CallerWrite::NoteSession(id.into(), at)).await.map(drop)
    }

    async fn end_session(&self, id: &str) -> Result<bool, StoreError> {
        self.writer.run(CallerWrite::EndSession(id.into())).await
    }

    async fn sweep_sign_ins(&self, alive: LiveSessions, now: UnixMillis) -> Result<(), StoreError> {
        // A commit wakes everybody who waits for changes; most of the time there is nothing to delete.
        let expired =
            self.in_time(async { staff::count_expired(&mut *self.read().await?, alive, now).await });
        if expired.await? > 0 {
            self.writer.run(SweepSignIns { alive, now }).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl<E: Engine> KeyStore for SqlStore<E> {
    async fn add_key(&self, new: NewKey) -> Result<bool, StoreError> {
        self.writer.run(CallerWrite::AddKey(new)).await
    }

    async fn keys(&self) -> Result<Vec<KeyRecord>, StoreError> {
        self.in_time(async { keys::keys(&mut *self.read().await?).await }).await
    }

    async fn key(&self, token: TokenHash) -> Result<Option<KeyRecord>, StoreError> {
        self.in_time(async { keys::key(&mut *self.read().await?, token).await }).await
    }

    async fn note_key(&self, id: &str, at: UnixMillis) -> Result<(), StoreError> {
        self.writer.run(CallerWrite::NoteKey(id.into(), at)).await.map(drop)
    }

    async fn revoke_key(&self, name_or_id: &str, at: UnixMillis) -> Result<bool, StoreError> {
        self.writer.run(CallerWrite::RevokeKey(name_or_id.into(), at)).await
    }
}
