//! People and programs of a newsroom: who may do what on which site.

use dumka_api::newsroom::{SiteRole, StaffRole};

/// The word for every site.
pub const EVERY_SITE: &str = "*";

/// Something that a role allows on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Reads queues, comments and the log.
    Read,
    /// Sees that there is an e-mail address, and its domain; private notes; reports' words.
    ReadPrivate,
    /// Answers comments with a badge.
    Reply,
    /// Decides on comments, and takes decisions back.
    Decide,
    /// Changes threads: title, address, state, announcement.
    SteerThreads,
    /// Invites people, gives roles, ends sessions.
    ManageStaff,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::ReadPrivate, Self::Reply, Self::Decide, Self::SteerThreads, Self::ManageStaff];

    /// Tells whether a role has the right.
    pub const fn is_of(self, role: StaffRole) -> bool {
        match role {
            StaffRole::Owner => true,
            StaffRole::Moderator => !matches!(self, Self::ManageStaff),
            StaffRole::Author => matches!(self, Self::Read | Self::Reply),
            StaffRole::Observer => matches!(self, Self::Read),
        }
    }
}

/// The kind of a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalKind {
    /// A member of staff, signed in.
    Member,
    /// A program with a key.
    Key,
}

/// A member of staff or a program, known beyond doubt, with its roles as they are at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The kind.
    pub kind: PrincipalKind,
    /// The id of the member or of the key.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The roles, at most one for each site and one for all.
    pub roles: Vec<SiteRole>,
}

impl Principal {
    /// Returns the role on a site: the one given there, or else the one given for all.
    pub fn role_on(&self, site: &str) -> Option<StaffRole> {
        let given = |scope: &str| self.roles.iter().find(|given| given.site == scope).map(|given| given.role);
        given(site).or_else(|| given(EVERY_SITE))
    }

    /// Tells whether this right is there on a site.
    pub fn may(&self, right: Right, site: &str) -> bool {
        self.role_on(site).is_some_and(|role| right.is_of(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(roles: &[(&str, StaffRole)]) -> Principal {
        let roles = roles.iter().map(|&(site, role)| SiteRole { site: site.into(), role }).collect();
        Principal { kind: PrincipalKind::Member, id: "1".into(), name: "Olha".into(), roles }
    }

    #[test]
    fn role_of_a_site_comes_before_the_one_for_all() {
        let both = principal(&[("*", StaffRole::Moderator), ("a.example", StaffRole::Observer)]);
        assert_eq!(both.role_on("a.example"), Some(StaffRole::Observer));
        assert_eq!(both.role_on("b.example"), Some(StaffRole::Moderator));
        assert!(both.may(Right::Decide, "b.example") && !both.may(Right::Decide, "a.example"));
    }

    #[test]
    fn who_has_no_role_on_a_site_has_no_right_there() {
        let elsewhere = principal(&[("a.example", StaffRole::Owner)]);
        for right in Right::ALL {
            assert!(!elsewhere.may(right, "b.example"), "{right:?}");
            assert!(!elsewhere.may(right, "*"), "{right:?}");
            assert!(elsewhere.may(right, "a.example"), "{right:?}");
        }
    }
}
