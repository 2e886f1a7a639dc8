//! Passkeys by `WebAuthn`: the ceremonies by which one is made and used.
//!
//! The challenges are drawn by webauthn-rs itself from the operating system.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::domain::token::TokenHash;

/// The name that browsers may show beside the host.
const NAME: &str = "Dumka";

/// This server, for which passkeys are made.
pub struct RelyingParty(Webauthn);

/// A ceremony that a browser has begun and not finished, as the database keeps it.
#[derive(Serialize, Deserialize)]
pub enum Ceremony {
    /// Makes a passkey by a link.
    Register {
        /// The hash of the link's secret.
        link: [u8; 32],
        /// The state of the ceremony.
        state: Box<PasskeyRegistration>,
    },
    /// Signs in by one.
    SignIn {
        /// The state of the ceremony.
        state: Box<DiscoverableAuthentication>,
    },
}

/// A passkey as the database keeps it.
#[derive(Debug, Clone)]
pub struct StoredPasskey {
    /// Its id, base64url.
    pub id: String,
    /// The public key with its counter, as JSON.
    pub credential: String,
}

/// A passkey or a ceremony that is not accepted. Its text is for the log of developers alone.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyRefused {
    /// A text is not the JSON that it should be.
    #[error("not the JSON of a passkey")]
    Malformed(#[from] serde_json::Error),
    /// Another origin, another challenge, a wrong signature and so on.
    #[error("{0}")]
    Wrong(#[from] WebauthnError),
    /// The ceremony was another one.
    #[error("the ceremony is another one")]
    OtherCeremony,
}

impl RelyingParty {
    /// The server at an origin; none where browsers make no passkey for it: an IP address names nobody, and a name is
    /// believed by HTTPS alone, but for this machine's own.
    pub fn at(origin: &str) -> Option<Self> {
        let url = Url::parse(origin).ok()?;
        let Some(Host::Domain(host)) = url.host() else { return None };
        let is_local = host == "localhost" || host.ends_with(".localhost");
        let builder =
            WebauthnBuilder::new(host, &url).ok().filter(|_| is_local || url.scheme() == "https")?;
        builder.rp_name(NAME).build().ok().map(Self)
    }

    /// Begins to make a passkey of a person, for another device than those that hold the passkeys `known`. Returns the
    /// browser's options and the state.
    pub fn begin_registration(
        &self,
        link: TokenHash,
        person: (Uuid, &str),
        known: &[String],
    ) -> Result<(String, Ceremony), PasskeyRefused> {
        let (id, name) = person;
        let known = known.iter().filter_map(|id| BASE64_URL_SAFE_NO_PAD.decode(id).ok());
        let known = known.collect();
        let (options, state) = self.0.start_passkey_registration(id, name, name, Some(known))?;
        let mut options = serde_json::to_value(options)?;
        // Signing in asks for no name, so the device has to know the person.
        let selection = &mut options["publicKey"]["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        Ok((options.to_string(), Ceremony::Register { link: link.0, state: Box::new(state) }))
    }

    /// Finishes a ceremony that was begun by a link.
    pub fn finish_registration(
        &self,
        link: TokenHash,
        ceremony: &str,
        credential: &str,
    ) -> Result<StoredPasskey, PasskeyRefused> {
        let Ceremony::Register { link: begun_by, state } = serde_json::from_str(ceremony)? else {
            return Err(PasskeyRefused::OtherCeremony);
        };
        if TokenHash(begun_by) != link {
            return Err(PasskeyRefused::OtherCeremony);
        }
        let credential: RegisterPublicKeyCredential = serde_json::from_str(credential)?;
        let passkey = self.0.finish_passkey_registration(&credential, &state)?;
        stored(&passkey)
    }

    /// Begins to sign in by whichever passkey the person chooses. Returns the browser's options and the state.
    pub fn begin_sign_in(&self) -> Result<(String, Ceremony), PasskeyRefused> {
        let (options, state) = self.0.start_discoverable_authentication()?;
        let mut options = serde_json::to_value(options)?;
        // The page says itself whether it asks at once or in a field's suggestions.
        if let Value::Object(fields) = &mut options {
            fields.remove("mediation");
        }
        Ok((options.to_string(), Ceremony::SignIn { state: Box::new(state) }))
    }

    /// Reads the person and the passkey that a browser names, not yet believed.
    pub fn claimed(&self, credential: &str) -> Result<(Uuid, String), PasskeyRefused> {
        let credential: PublicKeyCredential = serde_json::from_str(credential)?;
        let (person, id) = self.0.identify_discoverable_authentication(&credential)?;
        Ok((person, BASE64_URL_SAFE_NO_PAD.encode(id)))
    }

    /// Finishes to sign in by a passkey; returns it with its new counter.
    pub fn finish_sign_in(
        &self,
        ceremony: &str,
        credential: &str,
        passkey: &str,
    ) -> Result<StoredPasskey, PasskeyRefused> {
        let Ceremony::SignIn { state } = serde_json::from_str(ceremony)? else {
            return Err(PasskeyRefused::OtherCeremony);
        };
        let credential: PublicKeyCredential = serde_json::from_str(credential)?;
        let mut passkey: Passkey = serde_json::from_str(passkey)?;
        let used = self.0.finish_discoverable_authentication_v2(&credential, *state, &passkey)?;
        passkey.update_credential(&used);
        stored(&passkey)
    }
}

impl Ceremony {
    /// Returns the text that the database keeps.
    pub fn to_json(&self) -> Result<String, PasskeyRefused> {
        Ok(serde_json::to_string(self)?)
    }
}

fn stored(passkey: &Passkey) -> Result<StoredPasskey, PasskeyRefused> {
    let id = BASE64_URL_SAFE_NO_PAD.encode(passkey.cred_id());
    Ok(StoredPasskey { id, credential: serde_json::to_string(passkey)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_names_that_browsers_believe() {
        for origin in ["https://comments.example", "http://localhost:8080", "https://c.example:8443"] {
            assert!(RelyingParty::at(origin).is_some(), "{origin}");
        }
        for origin in
            ["http://127.0.0.1:8080", "http://[::1]:8080", "https://192.0.2.1", "http://c.example", ""]
        {
            assert!(RelyingParty::at(origin).is_none(), "{origin}");
        }
    }

    #[test]
    fn device_is_asked_to_know_the_person() {
        let here = RelyingParty::at("http://localhost:8080").unwrap();
        let known = [BASE64_URL_SAFE_NO_PAD.encode([7; 16])];
        let begun = here.begin_registration(TokenHash::of("link"), (Uuid::from_u128(7), "Olha"), &known);
        let options: Value = serde_json::from_str(&begun.unwrap().0).unwrap();
        let options = &options["publicKey"];
        assert_eq!(options["rp"]["id"], "localhost");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["excludeCredentials"][0]["id"], known[0].as_str());
    }

    #[test]
    fn sign_in_names_no_passkey_and_is_no_registration() {
        let here = RelyingParty::at("http://localhost:8080").unwrap();
        let (options, ceremony) = here.begin_sign_in().unwrap();
        let options: Value = serde_json::from_str(&options).unwrap();
        assert_eq!(options["publicKey"]["allowCredentials"], Value::Array(Vec::new()));
        assert_eq!(options["mediation"], Value::Null);
        let finished = here.finish_registration(TokenHash::of("l"), &ceremony.to_json().unwrap(), "{}");
        assert!(matches!(finished, Err(PasskeyRefused::OtherCeremony)));
    }
}
