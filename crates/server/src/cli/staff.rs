//! `dumka staff`: invites people to the newsroom and shuts them out, in a shell.

use std::io::Write;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use dumka_api::Timestamp;
use dumka_api::newsroom::{NewStaff, RoleChange, SiteRole, StaffRole};

use super::newsroom::{self, Newsroom};
use crate::commands::{
    Actor, Invited, end_staff_session, invitation_url, invite_staff, link_staff, list_staff, revoke_staff,
    set_staff_role, staff_named,
};
use crate::config::Flags;
use crate::domain::staff::EVERY_SITE;
use crate::storage::MemberRecord;

/// The action on members of staff.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// Invite a person, and print the link by which they make a passkey or a password
    Invite(NamedRole),
    /// List everybody with roles
    List(Flags),
    /// Give a person a role on a site, or take it away
    Role(RoleArgs),
    /// Print another link, for who lost every way to sign in
    Link(Named),
    /// Shut a person out: roles, sessions, links, passkeys and password go
    Revoke(Named),
    /// List a person's sessions, or end them
    Sessions(Sessions),
}

/// A name and its role on a site.
#[derive(Debug, clap::Args)]
pub(super) struct NamedRole {
    /// The name, of nobody else
    name: String,
    /// The role, which says what they may do
    #[arg(long, value_parser = PossibleValuesParser::new(StaffRole::ALL.iter().map(|role| role.as_str())).map(|word| role(&word)))]
    role: StaffRole,
    /// The site; * is every one
    #[arg(long, default_value = EVERY_SITE)]
    site: String,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// A person's role on a site, or none.
#[derive(Debug, clap::Args)]
pub(super) struct RoleArgs {
    /// The person
    name: String,
    /// The role; without it the one on the site is taken away
    #[arg(long, value_parser = PossibleValuesParser::new(StaffRole::ALL.iter().map(|role| role.as_str())).map(|word| role(&word)))]
    role: Option<StaffRole>,
    /// The site; * is every one
    #[arg(long, default_value = EVERY_SITE)]
    site: String,
    #[command(flatten)]
    flags: Flags,
}

/// A name.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// The name
    pub(super) name: String,
    #[command(flatten)]
    pub(super) flags: Flags,
}

/// A person whose sessions are listed or ended.
#[derive(Debug, clap::Args)]
pub(super) struct Sessions {
    /// The person
    name: String,
    /// End the session with this id
    #[arg(long, value_name = "ID")]
    end: Option<String>,
    /// End every one
    #[arg(long, conflicts_with = "end")]
    end_all: bool,
    #[command(flatten)]
    flags: Flags,
}

fn role(word: &str) -> StaffRole {
    StaffRole::from_word(word).expect("clap lets only words of roles through")
}

impl NamedRole {
    /// Returns what the commands take.
    pub(super) fn new_staff(&self) -> NewStaff {
        NewStaff { name: self.name.clone(), role: self.role, site: self.site.clone() }
    }
}

impl Action {
    fn flags(&self) -> &Flags {
        match self {
            Self::Invite(NamedRole { flags, .. })
            | Self::List(flags)
            | Self::Role(RoleArgs { flags, .. })
            | Self::Link(Named { flags, .. })
            | Self::Revoke(Named { flags, .. })
            | Self::Sessions(Sessions { flags, .. }) => flags,
        }
    }
}

/// Opens the database of the settings, which must be there, and does what is asked.
pub(super) fn main(action: &Action) -> anyhow::Result<()> {
    newsroom::with(action.flags(), async |newsroom| run(action, newsroom, &mut std::io::stdout()).await)
}

/// Does what is asked and tells `out`.
pub(super) async fn run(action: &Action, newsroom: &Newsroom, out: &mut impl Write) -> anyhow::Result<()> {
    let Newsroom { context, sites, .. } = newsroom;
    match action {
        Action::Invite(new) => {
            let invited = invite_staff(context, sites, &Actor::Shell, &new.new_staff()).await?;
            print_link(&invited, newsroom, out)
        }
        Action::List(_) => {
            let staff = list_staff(context, &Actor::Shell).await?;
            staff.iter().try_for_each(|member| Ok(writeln!(out, "{}", line(member))?))
        }
        Action::Role(change) => change_role(change, newsroom, out).await,
        Action::Link(Named { name, .. }) => {
            let id = staff_named(context, &Actor::Shell, name).await?.id;
            print_link(&link_staff(context, &Actor::Shell, &id).await?, newsroom, out)
        }
        Action::Revoke(Named { name, .. }) => {
            let member = staff_named(context, &Actor::Shell, name).await?;
            revoke_staff(context, &Actor::Shell, &member.id).await?;
            Ok(writeln!(out, "{} is shut out", member.name)?)
        }
        Action::Sessions(sessions) => list_or_end(sessions, newsroom, out).await,
    }
}

fn print_link(
    Invited { member, secret }: &Invited,
    newsroom: &Newsroom,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    writeln!(out, "{} opens this link, once and within 24 hours:", member.name)?;
    writeln!(out, "{}", invitation_url(&newsroom.address, secret))?;
    Ok(())
}

async fn change_role(change: &RoleArgs, newsroom: &Newsroom, out: &mut impl Write) -> anyhow::Result<()> {
    let Newsroom { context, sites, .. } = newsroom;
    let member = staff_named(context, &Actor::Shell, &change.name).await?;
    let role = RoleChange { site: change.site.clone(), role: change.role };
    let member = set_staff_role(context, sites, &Actor::Shell, (&member.id, &role)).await?;
    Ok(writeln!(out, "{}", line(&member))?)
}

async fn list_or_end(sessions: &Sessions, newsroom: &Newsroom, out: &mut impl Write) -> anyhow::Result<()> {
    let context = &newsroom.context;
    let member = staff_named(context, &Actor::Shell, &sessions.name).await?;
    if let Some(id) = &sessions.end {
        anyhow::ensure!(member.sessions.iter().any(|session| session.id == *id), "there is no such session");
    }
    for session in member.sessions {
        if sessions.end_all || sessions.end.as_deref() == Some(session.id.as_str()) {
            end_staff_session(context, &Actor::Shell, &session.id).await?;
            writeln!(out, "{} has ended", session.id)?;
        } else if sessions.end.is_none() {
            let (begun, seen) = (Timestamp::from(session.created_at), Timestamp::from(session.seen_at));
            let device = if session.device.is_empty() { "unknown device" } else { &session.device };
            writeln!(out, "{}  begun {}  seen {}  {device}", session.id, begun.0, seen.0)?;
        }
    }
    Ok(())
}

/// Describes a person on one line.
fn line(member: &MemberRecord) -> String {
    let of_site = |SiteRole { site, role }: &SiteRole| format!("{} on {site}", role.as_str());
    let roles = member.roles.iter().map(of_site).collect::<Vec<_>>().join(", ");
    let roles = if roles.is_empty() { "no role".into() } else { roles };
    let state = match (member.revoked_at, member.has_password || member.passkeys > 0) {
        (Some(_), _) => "shut out",
        (None, false) => "invited",
        (None, true) => "can sign in",
    };
    format!("{}  {roles}  {state}", member.name)
}

#[cfg(test)]
#[path = "staff_tests.rs"]
mod tests;
