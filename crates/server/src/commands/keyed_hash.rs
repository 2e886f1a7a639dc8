//! Hashes under the server's secret: tokens that can be derived again, and addresses that cannot be read back.

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Secret;
use crate::client_address::rate_limit_key;
use crate::domain::comment::CommentId;
use crate::domain::thread::ThreadKey;
use crate::domain::token::TokenHash;

/// Computes the HMAC of `parts`, one after the other.
pub(super) fn keyed(secret: &Secret, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of every length");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// Hashes an address for one use of it on one comment, so that nothing else can be told from the hash.
pub(super) fn address_hash(secret: &Secret, label: &str, id: CommentId, address: IpAddr) -> [u8; 32] {
    let address = rate_limit_key(address).to_string();
    keyed(secret, &[label.as_bytes(), id.0.as_bytes(), address.as_bytes()]).finalize().into_bytes().into()
}

/// Names the requests of one kind from one address, so that servers which share a secret count them together.
pub(super) fn request_key(secret: &Secret, kind: &str, address: IpAddr) -> String {
    let address = rate_limit_key(address).to_string();
    let mac = keyed(secret, &[b"rate\n", kind.as_bytes(), b"\n", address.as_bytes()]);
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Hashes the address of an author in a slow thread, so that nothing can be told from it about any other thread.
pub(super) fn slow_author(secret: &Secret, thread: &ThreadKey, address: IpAddr) -> [u8; 32] {
    let address = rate_limit_key(address).to_string();
    let [site, page] = [&thread.site, &thread.page].map(String::as_bytes);
    let mac = keyed(secret, &[b"slow author\n", site, b"\n", page, b"\n", address.as_bytes()]);
    mac.finalize().into_bytes().into()
}

/// Derives the edit token of a comment, so that a retry gets the same one though only its hash is stored.
pub(super) fn edit_token(secret: &Secret, id: CommentId, author: &str) -> String {
    let mac = keyed(secret, &[id.0.as_bytes(), author.as_bytes()]);
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Names the author of a form, in the place of an idempotency key. It can be no key, since those have no line's end:
/// whoever learns a key has no right to what was sent under it.
pub(super) fn form_author(reader: &str) -> String {
    ["form\n", reader].concat()
}

/// Derives the hash of the edit token of a comment that `reader` sent by a form.
pub(super) fn form_edit_token(secret: &Secret, id: CommentId, reader: &str) -> TokenHash {
    TokenHash::of(&edit_token(secret, id, &form_author(reader)))
}

/// Derives the idempotency key of a form, which has none of its own, from its content and its sender's address.
pub(super) fn form_key(secret: &Secret, request_hash: &[u8; 32], address: IpAddr) -> String {
    let address = rate_limit_key(address).to_string();
    let mac = keyed(secret, &[b"form", address.as_bytes(), request_hash]);
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Derives the reader who reports by a form: one for each address.
pub(super) fn form_reporter(secret: &Secret, address: IpAddr) -> TokenHash {
    let address = rate_limit_key(address).to_string();
    TokenHash(keyed(secret, &[b"form reader", address.as_bytes()]).finalize().into_bytes().into())
}
