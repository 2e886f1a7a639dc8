//! Who may see and change threads as a moderator.

use crate::domain::staff::{EVERY_SITE, Principal, Right};

/// A person or a program that moderates threads.
#[derive(Debug, Clone, Copy)]
pub enum ThreadAuthority<'a> {
    /// A person in a shell of the server's machine, who may do everything.
    Shell,
    /// A member of staff, or a program with a key.
    Principal(&'a Principal),
}

impl ThreadAuthority<'_> {
    /// Tells whether it has a right on a site.
    pub fn may(self, right: Right, site: &str) -> bool {
        match self {
            Self::Shell => true,
            Self::Principal(principal) => principal.may(right, site),
        }
    }

    /// Returns the sites whose threads it may read.
    pub(super) fn readable(self) -> Readable {
        let Self::Principal(principal) = self else { return Readable::All };
        if principal.may_everywhere(Right::Read) {
            return Readable::All;
        }
        let sites = principal.roles.iter().map(|role| role.site.clone());
        Readable::Sites(sites.filter(|site| site != EVERY_SITE && principal.may(Right::Read, site)).collect())
    }
}

/// The sites whose threads somebody may read.
pub(super) enum Readable {
    /// Every site.
    All,
    /// These.
    Sites(Vec<String>),
}
