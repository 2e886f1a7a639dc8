//! People of the newsroom, their links and credentials, and the keys of programs.

use dumka_api::newsroom::SiteRole;
use dumka_domain::comment::UnixMillis;
use dumka_domain::staff::Principal;
use dumka_domain::token::TokenHash;

/// A link by which a person makes a way to sign in.
#[derive(Debug, Clone, Copy)]
pub struct NewLink {
    /// The hash of its secret.
    pub token_hash: TokenHash,
    /// The present time.
    pub created_at: UnixMillis,
    /// The time from which it cannot be used.
    pub expires_at: UnixMillis,
}

/// A person who is invited.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// The id.
    pub id: String,
    /// The name as it is shown.
    pub name: String,
    /// The name in small letters, of nobody else.
    pub name_key: String,
    /// The first role.
    pub role: SiteRole,
    /// The first link.
    pub link: NewLink,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRecord {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The roles, by site.
    pub roles: Vec<SiteRole>,
    /// The time of the invitation.
    pub created_at: UnixMillis,
    /// The number of passkeys.
    pub passkeys: u64,
    /// True where there is a password.
    pub has_password: bool,
    /// The sessions that are alive, newest first.
    pub sessions: Vec<SessionRecord>,
    /// The time at which the person was shut out.
    pub revoked_at: Option<UnixMillis>,
}

/// The protection of the last person who owns every site and can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastOwner {
    /// The change is refused where nobody else would own every site.
    Kept,
    /// The change is made all the same.
    Given,
}

/// A change of a person's role on a site.
#[derive(Debug, Clone)]
pub struct RoleInput {
    /// The person.
    pub member: String,
    /// The site, or `*`.
    pub site: String,
    /// The role as a word; none takes it away.
    pub role: Option<&'static str>,
    /// The protection of the last owner.
    pub last_owner: LastOwner,
}

/// The outcome of a change of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// It is made.
    Made,
    /// There is no such person, or the person was shut out.
    NotThere,
    /// Nobody else would own every site.
    LastOwner,
}

/// A way to sign in that is made by a link.
#[derive(Debug, Clone)]
pub enum NewCredential {
    /// A password, as its Argon2id hash in the PHC string format. It takes the place of the former one.
    Password(String),
    /// A passkey beside others.
    Passkey {
        /// The id, base64url.
        id: String,
        /// The public key with its counter, as JSON.
        credential: String,
    },
}

/// A session that begins.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The hash of its cookie.
    pub token_hash: TokenHash,
    /// Its id.
    pub id: String,
    /// The browser and the system in a few words.
    pub device: String,
    /// The present time.
    pub at: UnixMillis,
}

/// The outcome of making a way to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialOutcome {
    /// It is made, and the session has begun.
    Made,
    /// The link was used, withdrawn, or is too old.
    LinkSpent,
    /// The passkey is known already.
    PasskeyKnown,
}

/// A passkey that is used.
#[derive(Debug, Clone)]
pub struct PasskeyUse {
    /// Its id.
    pub id: String,
    /// The public key with its new counter, as JSON.
    pub credential: String,
}

/// A person whom a link or a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedMember {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The ids of the passkeys that are there, base64url.
    pub passkeys: Vec<String>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// Its id.
    pub id: String,
    /// The browser and the system in a few words.
    pub device: String,
    /// The time of the sign-in.
    pub created_at: UnixMillis,
    /// The time of the last request that was noted.
    pub seen_at: UnixMillis,
}

/// A session that is alive, with its person as they are at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// The session.
    pub session: SessionRecord,
    /// The person.
    pub principal: Principal,
}

/// A key of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The role on its site.
    pub role: SiteRole,
    /// The time at which it was made.
    pub created_at: UnixMillis,
    /// The time of the last request that was noted.
    pub used_at: Option<UnixMillis>,
    /// The time at which it was withdrawn.
    pub revoked_at: Option<UnixMillis>,
}

/// A key that is made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The hash of the key.
    pub token_hash: TokenHash,
    /// The role on its site.
    pub role: SiteRole,
    /// The present time.
    pub created_at: UnixMillis,
}
