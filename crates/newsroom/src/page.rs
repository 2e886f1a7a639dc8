//! The parts that the page hands over to the program.

use yew::{AttrValue, Properties};

use crate::browser::Passkeys;

/// The parts that the page hands over.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ProgramProps {
    /// The path of the newsroom, without a slash at its end.
    pub base: AttrValue,
    /// The browser's passkeys.
    pub passkeys: Shared,
    /// The secret of an invitation.
    pub invite: Option<String>,
}

/// The browser's passkeys, by whichever component needs them.
#[derive(Clone, PartialEq)]
pub struct Shared(pub Passkeys);

impl From<Passkeys> for Shared {
    fn from(passkeys: Passkeys) -> Self {
        Self(passkeys)
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passkeys")
    }
}
