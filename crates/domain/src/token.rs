//! Bearer tokens, of which only hashes are stored.

use ctutils::CtEq;
use sha2::{Digest, Sha256};

/// SHA-256 of a token. Two are compared in constant time.
#[derive(Debug, Clone, Copy)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// Hashes `token`.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).to_bool()
    }
}

impl Eq for TokenHash {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_known_by_its_hash() {
        assert_eq!(TokenHash::of("one token"), TokenHash::of("one token"));
        assert_ne!(TokenHash::of("one token"), TokenHash::of("another token"));
    }
}
