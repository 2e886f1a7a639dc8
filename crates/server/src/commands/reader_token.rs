//! Tokens of readers without JavaScript, which nobody but this server can make.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::Mac;

use super::Context;
use super::keyed_hash::keyed;

/// Makes a new token: random bytes, a dot, and the server's signature.
pub fn new_reader_token(context: &Context) -> String {
    let mut random = [0; 32];
    context.entropy.fill(&mut random);
    let random = BASE64_URL_SAFE_NO_PAD.encode(random);
    let signature = keyed(&context.secret, &[LABEL, random.as_bytes()]).finalize().into_bytes();
    [&random, ".", &BASE64_URL_SAFE_NO_PAD.encode(signature)].concat()
}

/// Tells whether this server, or one that shares its store, made the token.
pub fn is_reader_token(context: &Context, token: &str) -> bool {
    let Some((random, signature)) = token.split_once('.') else { return false };
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature);
    let mac = keyed(&context.secret, &[LABEL, random.as_bytes()]);
    signature.is_ok_and(|signature| mac.verify_slice(&signature).is_ok())
}

const LABEL: &[u8] = b"reader token\n";
