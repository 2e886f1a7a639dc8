//! Signing in: by a link, a passkey or a password.

use serde::{Deserialize, Serialize};

use super::StaffMember;

/// The body of a `POST` to `session`: a name and a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
}

/// The body of a `POST` to `session/invite`: the secret of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInLink {
    /// The secret.
    pub link: String,
}

/// The answer to a `POST` to `session/invite`: the person whom the link invites. The link stays unused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteSeen {
    /// The name.
    pub name: String,
    /// True where browsers make passkeys for the server's address.
    pub passkeys: bool,
}

/// The body of a `POST` to `session/password`: makes a password by a link, and signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    /// The secret of the link.
    pub link: String,
    /// The password, 12 characters or more.
    pub password: String,
}

/// The answer to a `POST` that begins a ceremony: `session/passkey/register` with a [`SignInLink`], `session/passkey` without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyChallenge {
    /// Names the ceremony.
    pub ceremony: String,
    /// The options of `navigator.credentials`, as the JSON of `WebAuthn`.
    pub options: String,
}

/// The body of a `PUT` that ends the ceremony at the same path, and signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyAnswer {
    /// The ceremony.
    pub ceremony: String,
    /// The browser's credential, as the JSON of `WebAuthn`.
    pub credential: String,
    /// The secret of the link, where a passkey is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The answer to a `POST` to `staff` and to `staff/{id}/link`: a link that works once within 24 hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffLink {
    /// The person.
    pub member: StaffMember,
    /// The address to open.
    pub link: String,
}
