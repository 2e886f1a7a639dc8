//! Makes and withdraws keys of programs.

use dumka_api::newsroom::{NewStaff, SiteRole};

use super::actor::Refused;
use super::staff::{StaffError, role_site};
use super::{Actor, Context};
use crate::domain::staff::{EVERY_SITE, Right};
use crate::domain::staff_input::check_staff_name;
use crate::domain::token::TokenHash;
use crate::sites::Sites;
use crate::storage::{KeyRecord, NewKey};

/// The letters with which every key begins, so that one is known where it leaks.
pub const KEY_PREFIX: &str = "dk_";

/// Makes a key; returns it, which is told once. `Ok` means its hash is on disk.
pub async fn add_key(
    context: &Context,
    sites: &Sites,
    actor: &Actor<'_>,
    new: &NewStaff,
) -> Result<String, StaffError> {
    let site = role_site(sites, actor, &new.site)?;
    let name = check_staff_name(&new.name)?.shown;
    let key = [KEY_PREFIX, &context.new_secret()].concat();
    let now = context.clock.now();
    let id = context.new_id(now).to_string();
    let role = SiteRole { site, role: new.role };
    let stored = NewKey { id, name, token_hash: TokenHash::of(&key), role, created_at: now };
    if context.store.add_key(stored).await? { Ok(key) } else { Err(StaffError::NameTaken) }
}

/// Lists keys by name.
pub async fn list_keys(context: &Context, actor: &Actor<'_>) -> Result<Vec<KeyRecord>, StaffError> {
    actor.require(Right::ManageStaff, EVERY_SITE)?;
    Ok(context.store.keys().await?)
}

/// Withdraws the key with this name or id.
pub async fn revoke_key(context: &Context, actor: &Actor<'_>, name_or_id: &str) -> Result<(), StaffError> {
    actor.require(Right::ManageStaff, EVERY_SITE)?;
    let is_there = context.store.revoke_key(name_or_id, context.clock.now()).await?;
    if is_there { Ok(()) } else { Err(Refused::NotFound.into()) }
}
