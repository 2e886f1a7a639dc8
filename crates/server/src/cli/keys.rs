//! `dumka keys`: makes and withdraws keys of programs, in a shell.

use std::io::Write;

use dumka_api::Timestamp;

use super::newsroom::{self, Newsroom};
use super::staff::{Named, NamedRole};
use crate::commands::{Actor, add_key, list_keys, revoke_key};
use crate::config::Flags;
use crate::storage::KeyRecord;

/// The action on keys.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// Make a key, and print it: it is told once
    Add(NamedRole),
    /// List keys with their roles
    List(Flags),
    /// Withdraw a key by its name
    Revoke(Named),
}

impl Action {
    fn flags(&self) -> &Flags {
        match self {
            Self::Add(NamedRole { flags, .. }) | Self::List(flags) | Self::Revoke(Named { flags, .. }) => {
                flags
            }
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
        Action::Add(new) => {
            let key = add_key(context, sites, &Actor::Shell, &new.new_staff()).await?;
            Ok(writeln!(out, "{key}")?)
        }
        Action::List(_) => {
            let keys = list_keys(context, &Actor::Shell).await?;
            keys.iter().try_for_each(|key| Ok(writeln!(out, "{}", line(key))?))
        }
        Action::Revoke(Named { name, .. }) => {
            revoke_key(context, &Actor::Shell, name).await?;
            Ok(writeln!(out, "{name} is withdrawn")?)
        }
    }
}

/// Describes a key on one line.
fn line(key: &KeyRecord) -> String {
    let used = key.used_at.map_or("never used".into(), |at| format!("used {}", Timestamp::from(at).0));
    let state = if key.revoked_at.is_some() { "withdrawn" } else { &used };
    format!("{}  {} on {}  {state}", key.name, key.role.role.as_str(), key.role.site)
}
