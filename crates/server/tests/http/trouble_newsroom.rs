//! The store in trouble, as the newsroom asks it.

use async_trait::async_trait;
use dumka_server::domain::comment::UnixMillis;
use dumka_server::domain::staff_session::LiveSessions;
use dumka_server::domain::token::TokenHash;
use dumka_server::storage::{
    CredentialOutcome, KeyRecord, KeyStore, LastOwner, LinkedMember, LiveSession, MemberChange, MemberRecord,
    NewCredential, NewKey, NewLink, NewMember, NewSession, PasskeyUse, RoleInput, SessionStore, SignInStore,
    StaffStore, StoreError,
};

use crate::store_failures::Trouble;

#[async_trait]
impl StaffStore for Trouble {
    async fn invite(&self, _: NewMember) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn staff(&self, _: LiveSessions) -> Result<Vec<MemberRecord>, StoreError> {
        self.befall().await
    }
    async fn add_link(&self, _: &str, _: NewLink) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn linked_member(&self, _: TokenHash, _: UnixMillis) -> Result<Option<LinkedMember>, StoreError> {
        self.befall().await
    }
    async fn set_role(&self, _: RoleInput) -> Result<MemberChange, StoreError> {
        self.befall().await
    }
    async fn revoke_member(&self, _: &str, _: LastOwner, _: UnixMillis) -> Result<MemberChange, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl SignInStore for Trouble {
    async fn make_credential(
        &self,
        _: TokenHash,
        _: NewCredential,
        _: NewSession,
    ) -> Result<CredentialOutcome, StoreError> {
        self.befall().await
    }
    async fn password(&self, _: &str) -> Result<Option<(String, String)>, StoreError> {
        self.befall().await
    }
    async fn passkey(&self, _: &str) -> Result<Option<(String, String)>, StoreError> {
        self.befall().await
    }
    async fn use_passkey(&self, _: PasskeyUse, _: NewSession) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn begin_ceremony(&self, _: TokenHash, _: String, _: UnixMillis) -> Result<(), StoreError> {
        self.befall().await
    }
    async fn take_ceremony(&self, _: TokenHash, _: UnixMillis) -> Result<Option<String>, StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl SessionStore for Trouble {
    async fn begin_session(&self, _: &str, _: NewSession) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn session(&self, _: TokenHash, _: LiveSessions) -> Result<Option<LiveSession>, StoreError> {
        self.befall().await
    }
    async fn note_session(&self, _: &str, _: UnixMillis) -> Result<(), StoreError> {
        self.befall().await
    }
    async fn end_session(&self, _: &str) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn sweep_sign_ins(&self, _: LiveSessions, _: UnixMillis) -> Result<(), StoreError> {
        self.befall().await
    }
}

#[async_trait]
impl KeyStore for Trouble {
    async fn add_key(&self, _: NewKey) -> Result<bool, StoreError> {
        self.befall().await
    }
    async fn keys(&self) -> Result<Vec<KeyRecord>, StoreError> {
        self.befall().await
    }
    async fn key(&self, _: TokenHash) -> Result<Option<KeyRecord>, StoreError> {
        self.befall().await
    }
    async fn note_key(&self, _: &str, _: UnixMillis) -> Result<(), StoreError> {
        self.befall().await
    }
    async fn revoke_key(&self, _: &str, _: UnixMillis) -> Result<bool, StoreError> {
        self.befall().await
    }
}
