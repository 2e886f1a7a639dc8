//! `dumka comments feature|unfeature|pin|unpin`: marks comments in a shell.

use std::io::Write;

use anyhow::Context as _;

use super::comments::Chosen;
use crate::commands::{Actor, mark};
use crate::storage::{MarksChange, Store};

/// Features a comment.
pub(super) const FEATURE: MarksChange = MarksChange { featured: Some(true), pinned: None };
/// Features it no longer.
pub(super) const UNFEATURE: MarksChange = MarksChange { featured: Some(false), pinned: None };
/// Pins a comment.
pub(super) const PIN: MarksChange = MarksChange { featured: None, pinned: Some(true) };
/// Pins it no longer.
pub(super) const UNPIN: MarksChange = MarksChange { featured: None, pinned: Some(false) };

/// Changes the marks of the chosen comments and tells `out`; fails at the first that cannot have them.
pub(super) async fn set(
    chosen: &Chosen,
    change: MarksChange,
    store: &dyn Store,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    for &id in &chosen.ids {
        mark(store, &Actor::Shell, id, change).await.with_context(|| id.to_string())?;
        writeln!(out, "{id} is marked")?;
    }
    Ok(())
}
