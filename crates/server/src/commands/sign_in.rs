//! Signs members of staff in, by a link, a password or a passkey.

use dumka_api::limits::PASSWORD_MAX_BYTES;
use dumka_api::newsroom::{Credentials, PasskeyAnswer, PasskeyChallenge};

use super::Context;
use crate::credentials::{Ceremony, PasskeyRefused, Passwords, RelyingParty};
use crate::domain::comment::UnixMillis;
use crate::domain::staff_input::{check_password, check_staff_name};
use crate::domain::staff_session::CEREMONY_SECS;
use crate::domain::submission::Invalid;
use crate::domain::token::TokenHash;
use crate::storage::{CredentialOutcome, LinkedMember, NewCredential, NewSession, PasskeyUse, StoreError};

/// The reason that nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The name or the password is not right.
    #[error("the name or the password is not right")]
    Failed,
    /// The link was used, withdrawn, or is too old.
    #[error("the link can no longer be used")]
    LinkSpent,
    /// A new password breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The passkey is not accepted.
    #[error("the passkey is not accepted")]
    PasskeyInvalid,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PasskeyRefused> for SignInError {
    fn from(refused: PasskeyRefused) -> Self {
        tracing::info!(%refused, "a passkey was not accepted");
        Self::PasskeyInvalid
    }
}

/// The token of a session that has begun, for its cookie alone.
pub struct SessionToken(pub String);

/// Returns the name by which the attempts to sign in under `name` are counted and by which its password is found.
pub fn sign_in_name(name: &str) -> String {
    // What cannot be a name is nobody's.
    check_staff_name(name).map(|name| name.key).unwrap_or_default()
}

/// Signs in by a name and a password. For a name that is not there it answers the same, after the same time.
pub async fn sign_in(
    context: &Context,
    passwords: &Passwords,
    Credentials { name, password }: &Credentials,
    device: &str,
) -> Result<SessionToken, SignInError> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Err(SignInError::Failed);
    }
    let found = context.store.password(&sign_in_name(name)).await?;
    let (member, hash) = found.unzip();
    let is_right = passwords.verify(password, hash).await;
    let member = member.filter(|_| is_right).ok_or(SignInError::Failed)?;
    let (token, session) = new_session(context, device);
    if context.store.begin_session(&member, session).await? { Ok(token) } else { Err(SignInError::Failed) }
}

/// Reads the person whom a link leads to. The link stays unused.
pub async fn linked_member(context: &Context, link: &str) -> Result<LinkedMember, SignInError> {
    let found = context.store.linked_member(TokenHash::of(link), context.clock.now()).await?;
    found.ok_or(SignInError::LinkSpent)
}

/// Makes a password by a link, and signs in.
pub async fn make_password(
    context: &Context,
    passwords: &Passwords,
    (link, password): (&str, &str),
    device: &str,
) -> Result<SessionToken, SignInError> {
    check_password(password)?;
    // Hashing is for those who have a link.
    linked_member(context, link).await?;
    let mut salt = [0; 16];
    context.entropy.fill(&mut salt);
    let hash = passwords.hash(password, salt).await;
    make_credential(context, link, NewCredential::Password(hash), device).await
}

/// Begins to make a passkey by a link.
pub async fn begin_passkey(
    context: &Context,
    here: &RelyingParty,
    link: &str,
) -> Result<PasskeyChallenge, SignInError> {
    let member = linked_member(context, link).await?;
    let id = member.id.parse().map_err(|_| StoreError::Corrupt("the id of a person".into()))?;
    let link = TokenHash::of(link);
    let (options, ceremony) = here.begin_registration(link, (id, &member.name), &member.passkeys)?;
    challenge(context, options, &ceremony).await
}

/// Makes a passkey by a link, and signs in.
pub async fn make_passkey(
    context: &Context,
    here: &RelyingParty,
    answer: &PasskeyAnswer,
    device: &str,
) -> Result<SessionToken, SignInError> {
    let link = answer.link.as_deref().ok_or(SignInError::LinkSpent)?;
    linked_member(context, link).await?;
    let ceremony = take_ceremony(context, answer).await?;
    let made = here.finish_registration(TokenHash::of(link), &ceremony, &answer.credential)?;
    let credential = NewCredential::Passkey { id: made.id, credential: made.credential };
    make_credential(context, link, credential, device).await
}

/// Begins to sign in by a passkey.
pub async fn begin_passkey_sign_in(
    context: &Context,
    here: &RelyingParty,
) -> Result<PasskeyChallenge, SignInError> {
    let (options, ceremony) = here.begin_sign_in()?;
    challenge(context, options, &ceremony).await
}

/// Signs in by a passkey.
pub async fn sign_in_by_passkey(
    context: &Context,
    here: &RelyingParty,
    answer: &PasskeyAnswer,
    device: &str,
) -> Result<SessionToken, SignInError> {
    let ceremony = take_ceremony(context, answer).await?;
    let (person, id) = here.claimed(&answer.credential)?;
    let (member, stored) = context.store.passkey(&id).await?.ok_or(SignInError::PasskeyInvalid)?;
    if member != person.to_string() {
        return Err(SignInError::PasskeyInvalid);
    }
    let used = here.finish_sign_in(&ceremony, &answer.credential, &stored)?;
    let (token, session) = new_session(context, device);
    let used = PasskeyUse { id: used.id, credential: used.credential };
    let is_there = context.store.use_passkey(used, session).await?;
    if is_there { Ok(token) } else { Err(SignInError::PasskeyInvalid) }
}

async fn make_credential(
    context: &Context,
    link: &str,
    credential: NewCredential,
    device: &str,
) -> Result<SessionToken, SignInError> {
    let (token, session) = new_session(context, device);
    match context.store.make_credential(TokenHash::of(link), credential, session).await? {
        CredentialOutcome::Made => Ok(token),
        CredentialOutcome::LinkSpent => Err(SignInError::LinkSpent),
        CredentialOutcome::PasskeyKnown => Err(SignInError::PasskeyInvalid),
    }
}

async fn challenge(
    context: &Context,
    options: String,
    ceremony: &Ceremony,
) -> Result<PasskeyChallenge, SignInError> {
    let id = context.new_secret();
    let expires_at = context.clock.now().plus_secs(CEREMONY_SECS);
    context.store.begin_ceremony(TokenHash::of(&id), ceremony.to_json()?, expires_at).await?;
    Ok(PasskeyChallenge { ceremony: id, options })
}

/// Takes a ceremony away: it is finished once, whatever comes of it.
async fn take_ceremony(context: &Context, answer: &PasskeyAnswer) -> Result<String, SignInError> {
    let id = TokenHash::of(&answer.ceremony);
    let state = context.store.take_ceremony(id, context.clock.now()).await?;
    state.ok_or(SignInError::PasskeyInvalid)
}

fn new_session(context: &Context, device: &str) -> (SessionToken, NewSession) {
    let token = context.new_secret();
    let at: UnixMillis = context.clock.now();
    let id = context.new_id(at).to_string();
    let session = NewSession { token_hash: TokenHash::of(&token), id, device: device.into(), at };
    (SessionToken(token), session)
}
