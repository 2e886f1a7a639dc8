//! Passwords and passkeys of members of staff.

mod passkeys;
mod passwords;

pub use passkeys::{Ceremony, PasskeyRefused, RelyingParty, StoredPasskey};
pub use passwords::Passwords;
