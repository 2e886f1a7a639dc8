//! Invites people to the newsroom, gives them roles, and shuts them out.

use dumka_api::newsroom::{NewStaff, RoleChange, SiteRole, StaffRole};
use dumka_api::paths;

use super::actor::Refused;
use super::{Actor, Context};
use crate::domain::comment::UnixMillis;
use crate::domain::staff::{EVERY_SITE, Right};
use crate::domain::staff_input::{check_role_site, check_staff_name};
use crate::domain::staff_session::{LINK_SECS, LiveSessions};
use crate::domain::submission::Invalid;
use crate::domain::token::TokenHash;
use crate::sites::Sites;
use crate::storage::{
    LastOwner, MemberChange, MemberRecord, NewLink, NewMember, RoleInput, SessionRecord, StoreError,
};

/// The reason that a person was not invited or changed.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// The actor may not do this, or may not know of it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A field breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The site is not one of those configured.
    #[error("the site {0} is not configured; see [[sites]]")]
    SiteUnknown(String),
    /// Somebody has the name.
    #[error("somebody is called so already")]
    NameTaken,
    /// Nobody else would own every site.
    #[error("nobody else who can sign in owns every site")]
    LastOwner,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A person, and the secret of a link by which they make a way to sign in.
#[derive(Debug)]
pub struct Invited {
    /// The person.
    pub member: MemberRecord,
    /// The secret.
    pub secret: String,
}

/// Invites a person. `Ok` means it is on disk.
pub async fn invite_staff(
    context: &Context,
    sites: &Sites,
    actor: &Actor<'_>,
    new: &NewStaff,
) -> Result<Invited, StaffError> {
    let site = role_site(sites, actor, &new.site)?;
    let name = check_staff_name(&new.name)?;
    let now = context.clock.now();
    let (secret, link) = new_link(context, now);
    let role = SiteRole { site, role: new.role };
    let id = context.new_id(now).to_string();
    let member = NewMember { id, name: name.shown.clone(), name_key: name.key, role, link };
    if !context.store.invite(member).await? {
        return Err(StaffError::NameTaken);
    }
    let is_invited = |member: &MemberRecord| member.name == name.shown;
    let member = everybody(context).await?.into_iter().find(is_invited).ok_or(Refused::NotFound)?;
    Ok(Invited { member, secret })
}

/// Lists the people whom the actor manages on some site, by name. Of those with roles elsewhere too, only the roles there
/// are told.
pub async fn list_staff(context: &Context, actor: &Actor<'_>) -> Result<Vec<MemberRecord>, StaffError> {
    actor.require_somewhere(Right::ManageStaff)?;
    let staff = everybody(context).await?.into_iter();
    Ok(staff.filter(|member| is_seen(actor, member)).map(|member| as_seen(actor, member)).collect())
}

/// Makes another link of a person. `Ok` means it is on disk.
pub async fn link_staff(context: &Context, actor: &Actor<'_>, id: &str) -> Result<Invited, StaffError> {
    let member = managed_member(context, actor, id).await?;
    let (secret, link) = new_link(context, context.clock.now());
    if !context.store.add_link(id, link).await? {
        return Err(Refused::NotFound.into());
    }
    Ok(Invited { member, secret })
}

/// Gives a person a role on a site, or takes it away; returns the person as they are now.
pub async fn set_staff_role(
    context: &Context,
    sites: &Sites,
    actor: &Actor<'_>,
    (id, change): (&str, &RoleChange),
) -> Result<MemberRecord, StaffError> {
    let site = role_site(sites, actor, &change.site)?;
    seen_member(context, actor, id).await?;
    let role = change.role.map(StaffRole::as_str);
    let input = RoleInput { member: id.into(), site, role, last_owner: last_owner(actor) };
    made(context.store.set_role(input).await?)?;
    let member = everybody(context).await?.into_iter().find(|member| member.id == id);
    Ok(as_seen(actor, member.ok_or(Refused::NotFound)?))
}

/// Shuts a person out: the roles, sessions, links and credentials go.
pub async fn revoke_staff(context: &Context, actor: &Actor<'_>, id: &str) -> Result<(), StaffError> {
    managed_member(context, actor, id).await?;
    made(context.store.revoke_member(id, last_owner(actor), context.clock.now()).await?)
}

/// Ends a session of a person whom the actor manages.
pub async fn end_staff_session(
    context: &Context,
    actor: &Actor<'_>,
    session: &str,
) -> Result<(), StaffError> {
    actor.require_somewhere(Right::ManageStaff)?;
    let has_it = |member: &MemberRecord| member.sessions.iter().any(|one| one.id == session);
    let member = everybody(context).await?.into_iter().find(has_it);
    let member = member.filter(|member| is_seen(actor, member)).ok_or(Refused::NotFound)?;
    if !is_managed(actor, &member) {
        return Err(Refused::NotAllowed.into());
    }
    context.store.end_session(session).await?;
    Ok(())
}

/// Lists the sessions of one person that are alive, newest first.
pub async fn sessions_of(context: &Context, member: &str) -> Result<Vec<SessionRecord>, StoreError> {
    let member = everybody(context).await?.into_iter().find(|one| one.id == member);
    Ok(member.map(|member| member.sessions).unwrap_or_default())
}

/// Finds a person by name; one who was shut out counts as none.
pub async fn staff_named(
    context: &Context,
    actor: &Actor<'_>,
    name: &str,
) -> Result<MemberRecord, StaffError> {
    let key = check_staff_name(name)?.key;
    let staff = list_staff(context, actor).await?;
    let is_named = |member: &MemberRecord| member.name.to_lowercase() == key && member.revoked_at.is_none();
    Ok(staff.into_iter().find(is_named).ok_or(Refused::NotFound)?)
}

/// Writes the address of a link. The secret stands in the fragment, which browsers send to nobody, so that it is in no log.
pub fn invitation_url(server: &str, secret: &str) -> String {
    format!("{server}{}#invite={secret}", paths::NEWSROOM)
}

async fn everybody(context: &Context) -> Result<Vec<MemberRecord>, StoreError> {
    context.store.staff(LiveSessions::at(context.clock.now())).await
}

/// Draws the secret of a link.
fn new_link(context: &Context, now: UnixMillis) -> (String, NewLink) {
    let secret = context.new_secret();
    let token_hash = TokenHash::of(&secret);
    (secret, NewLink { token_hash, created_at: now, expires_at: now.plus_secs(LINK_SECS) })
}

/// Checks the site of a role that the actor would give.
pub(super) fn role_site(sites: &Sites, actor: &Actor<'_>, site: &str) -> Result<String, StaffError> {
    let site = check_role_site(site)?;
    actor.require(Right::ManageStaff, &site)?;
    if site != EVERY_SITE && !sites.serves(&site) {
        return Err(StaffError::SiteUnknown(site));
    }
    Ok(site)
}

/// Finds a person of whom the actor may know.
async fn seen_member(context: &Context, actor: &Actor<'_>, id: &str) -> Result<MemberRecord, StaffError> {
    actor.require_somewhere(Right::ManageStaff)?;
    let member = everybody(context).await?.into_iter().find(|member| member.id == id);
    let member = member.filter(|member| member.revoked_at.is_none() && is_seen(actor, member));
    Ok(member.ok_or(Refused::NotFound)?)
}

/// Finds a person whom the actor manages everywhere. Whoever gets a link of theirs gets all that they may.
async fn managed_member(context: &Context, actor: &Actor<'_>, id: &str) -> Result<MemberRecord, StaffError> {
    let member = seen_member(context, actor, id).await?;
    if is_managed(actor, &member) { Ok(member) } else { Err(Refused::NotAllowed.into()) }
}

fn is_seen(actor: &Actor<'_>, member: &MemberRecord) -> bool {
    let manages_there = |given: &SiteRole| actor.may(Right::ManageStaff, &given.site);
    actor.may(Right::ManageStaff, EVERY_SITE) || member.roles.iter().any(manages_there)
}

fn is_managed(actor: &Actor<'_>, member: &MemberRecord) -> bool {
    let manages_there = |given: &SiteRole| actor.may(Right::ManageStaff, &given.site);
    let is_of_nowhere = member.roles.is_empty() && !actor.may(Right::ManageStaff, EVERY_SITE);
    !is_of_nowhere && member.roles.iter().all(manages_there)
}

/// Leaves out what is not the actor's to know.
fn as_seen(actor: &Actor<'_>, mut member: MemberRecord) -> MemberRecord {
    if !is_managed(actor, &member) {
        member.sessions.clear();
    }
    if !actor.may(Right::ManageStaff, EVERY_SITE) {
        member.roles.retain(|given| actor.may(Right::ManageStaff, &given.site));
    }
    member
}

/// The newsroom keeps its last owner; whoever has the shell can give the role again.
fn last_owner(actor: &Actor<'_>) -> LastOwner {
    if matches!(actor, Actor::Shell) { LastOwner::Given } else { LastOwner::Kept }
}

fn made(change: MemberChange) -> Result<(), StaffError> {
    match change {
        MemberChange::Made => Ok(()),
        MemberChange::NotThere => Err(Refused::NotFound.into()),
        MemberChange::LastOwner => Err(StaffError::LastOwner),
    }
}
