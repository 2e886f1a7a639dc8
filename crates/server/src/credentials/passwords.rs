//! Hashes passwords and compares them, a few at a time: each takes 19 MiB of memory and some hundredths of a second.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Passwords worked on at once; others wait.
const AT_ONCE: usize = 2;

/// The hash that is compared where there is no other, so that a name that is not there takes as long as one that is. No
/// password has it: what a hash function makes would not count up.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Hashes and compares passwords by Argon2id, with the parameters that OWASP recommends (19 MiB, two passes). A clone
/// shares the bound.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// Hashes a password with a random salt, into the PHC string format.
    pub async fn hash(&self, password: &str, salt: [u8; 16]) -> String {
        let password = password.to_owned();
        self.run(move || {
            let hash: PasswordHash = Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .expect("the default parameters take every password and a salt of 16 bytes");
            hash.to_string()
        })
        .await
    }

    /// Tells whether a password has this hash. Without a hash it takes the same time, and none is right.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> bool {
        let password = password.to_owned();
        self.run(move || {
            let known = PasswordHash::new(hash.as_deref().unwrap_or(NOBODYS));
            let is_right = known
                .is_ok_and(|known| Argon2::default().verify_password(password.as_bytes(), &known).is_ok());
            is_right && hash.is_some()
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let working = tokio::task::spawn_blocking(move || {
            // Kept until the work is done, also where nobody waits for it any more.
            let _permit = permit;
            work()
        });
        working.await.expect("hashing neither panics nor is aborted")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn password_is_known_by_its_hash_alone() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse battery", [7; 16]).await;
        assert!(hash.starts_with("$argon2id$") && !hash.contains("horse"));
        assert!(passwords.verify("correct horse battery", Some(hash.clone())).await);
        assert!(!passwords.verify("Correct horse battery", Some(hash)).await);
        assert!(!passwords.verify("correct horse battery", None).await);
        assert!(!passwords.verify("correct horse battery", Some("nonsense".into())).await);
    }

    #[tokio::test]
    async fn hash_of_nobody_costs_as_much_as_any() {
        let fresh = Passwords::default().hash("correct horse battery", [7; 16]).await;
        let (fresh, nobodys) = (PasswordHash::new(&fresh).unwrap(), PasswordHash::new(NOBODYS).unwrap());
        assert_eq!(fresh.algorithm, nobodys.algorithm);
        assert_eq!(fresh.params, nobodys.params);
        assert_eq!(fresh.hash.map(|hash| hash.len()), nobodys.hash.map(|hash| hash.len()));
    }
}
