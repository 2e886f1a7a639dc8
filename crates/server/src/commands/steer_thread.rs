//! Changes a thread for a moderator: title, address, state, announcement.

use dumka_api::ProblemKind;
use dumka_api::newsroom::{NewsroomThread, ThreadChange};

use super::list_threads::{ThreadError, thread_seen};
use super::rename_thread::name_change;
use super::{Actor, Context, SitePolicy};
use crate::domain::staff::Right;
use crate::domain::submission::{Invalid, check_thread, check_title, check_url};
use crate::domain::thread_settings;
use crate::storage::{ThreadNames, ThreadSteering};

/// A thread, and the changes that are asked for.
#[derive(Debug, Clone, Copy)]
pub struct SteerThread<'a> {
    /// The thread's site.
    pub site: &'a str,
    /// The thread's page, in any spelling.
    pub page: &'a str,
    /// The changes.
    pub change: &'a ThreadChange,
}

/// Changes a thread, which is created where nobody wrote in it yet, and returns it. `Ok` means it is on disk.
pub async fn steer_thread(
    context: &Context,
    policy: &SitePolicy,
    actor: &Actor<'_>,
    steer: SteerThread<'_>,
) -> Result<NewsroomThread, ThreadError> {
    let thread = check_thread(steer.site, steer.page)?;
    actor.require(Right::SteerThreads, &thread.site)?;
    let at = context.clock.now();
    let names = names(policy, steer.change)?;
    let settings = thread_settings::check(steer.change, at)?;
    let steering = ThreadSteering { names, settings, fresh_id: context.new_id(at), at };
    context.store.steer_thread(thread.clone(), steering).await?;
    thread_seen(context, &thread).await
}

/// Checks the names; an address outside the site is no page's of it.
fn names(policy: &SitePolicy, change: &ThreadChange) -> Result<ThreadNames, ThreadError> {
    let title = name_change(change.title.as_deref(), |title| {
        check_title(title)?.ok_or_else(|| ThreadError::from(Invalid::new(ProblemKind::ValueInvalid, "title")))
    })?;
    let url = name_change(change.url.as_deref(), |url| {
        let url = check_url(url)?;
        let is_own = policy.is_own_page(&url);
        if is_own { Ok(url) } else { Err(Invalid::new(ProblemKind::UrlInvalid, "url")) }
    })?;
    Ok(ThreadNames { title, url })
}
