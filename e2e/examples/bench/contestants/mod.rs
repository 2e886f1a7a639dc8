//! Starts the contestants: each is a way to have comments under the same article.

mod article;
mod dumka;
mod floor;
mod isso;

use std::path::Path;

use anyhow::Result;

use crate::contestant::Contestant;
use crate::plan::Plan;

/// Starts those that the plan names and fills their threads.
pub(crate) async fn start(plan: &Plan, folder: &Path) -> Result<Vec<Contestant>> {
    let (mut contestants, sizes) = (Vec::new(), plan.threads());
    if plan.wants("article") {
        contestants.push(article::start().await?);
    }
    if plan.wants("floor") {
        contestants.push(floor::start(&sizes, plan.texts).await?);
    }
    if plan.wants("dumka") {
        contestants.extend(dumka::start(&sizes, plan.texts).await?);
    }
    if plan.wants("postgres") && (plan.wants("load") || plan.wants("burning")) {
        contestants.extend(dumka::start_on_postgres(plan.texts).await?);
    }
    if plan.wants("isso") {
        contestants.extend(isso::start(&sizes, plan.texts, folder).await?);
    }
    Ok(contestants)
}
