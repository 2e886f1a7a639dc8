//! The staff of the demo: one person of each role, with a fresh link for everybody who cannot sign in yet.

use dumka_api::newsroom::{NewStaff, StaffRole};

use crate::commands::{Actor, Context, StaffError, invite_staff, link_staff, list_staff};
use crate::domain::staff::EVERY_SITE;
use crate::sites::Sites;
use crate::storage::MemberRecord;

/// The people, each with a role on every site.
const STAFF: [(&str, StaffRole); 4] = [
    ("Olena", StaffRole::Owner),
    ("Marko", StaffRole::Moderator),
    ("Iryna", StaffRole::Author),
    ("Taras", StaffRole::Observer),
];

/// A person of the demo and the secret of their link.
#[derive(Debug, Clone)]
pub struct DemoInvitation {
    /// The name.
    pub name: &'static str,
    /// The role.
    pub role: StaffRole,
    /// The secret of the link.
    pub secret: String,
}

/// Invites those who are not there yet, and makes a link for everybody without a way to sign in.
pub async fn invite(context: &Context, sites: &Sites) -> Result<Vec<DemoInvitation>, StaffError> {
    let known = list_staff(context, &Actor::Shell).await?;
    let mut invitations = Vec::new();
    for (name, role) in STAFF {
        let secret = match known.iter().find(|member| member.name == name) {
            None => {
                let new = NewStaff { name: name.into(), role, site: EVERY_SITE.into() };
                Some(invite_staff(context, sites, &Actor::Shell, &new).await?.secret)
            }
            Some(member) if can_sign_in(member) || member.revoked_at.is_some() => None,
            Some(member) => Some(link_staff(context, &Actor::Shell, &member.id).await?.secret),
        };
        invitations.extend(secret.map(|secret| DemoInvitation { name, role, secret }));
    }
    Ok(invitations)
}

fn can_sign_in(member: &MemberRecord) -> bool {
    member.has_password || member.passkeys > 0
}
