//! Tokens of readers without scripts, which nobody but this server can make.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Context;

/// A new token: chance, a dot, and the server's signature.
pub fn new_reader_token(context: &Context) -> String {
    let mut chance = [0; 32];
    context.entropy.fill(&mut chance);
    let chance = BASE64_URL_SAFE_NO_PAD.encode(chance);
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac(context, &chance).finalize().into_bytes());
    [&chance, ".", &signature].concat()
}

/// Whether this server, or one that shares its store, made the token.
pub fn is_reader_token(context: &Context, token: &str) -> bool {
    let Some((chance, signature)) = token.split_once('.') else { return false };
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature);
    signature.is_ok_and(|signature| mac(context, chance).verify_slice(&signature).is_ok())
}

fn mac(context: &Context, chance: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&context.secret).expect("HMAC takes keys of every length");
    mac.update(b"reader token\n");
    mac.update(chance.as_bytes());
    mac
}
